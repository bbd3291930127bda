package io.jitapproval.core.intercept;

import io.jitapproval.core.intercept.MethodGroup.Member;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AsyncReturnType.Bridge;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How a method gives its result, and whether the guard can answer in the same way. */
final class ReturnTypes {

    private static final Set<String> REACTIVE = Set.of(
            "org.reactivestreams.Publisher",
            "java.util.concurrent.Flow$Publisher",
            "kotlinx.coroutines.flow.Flow",
            "kotlinx.coroutines.Deferred",
            "io.smallrye.mutiny.Uni",
            "io.reactivex.rxjava3.core.SingleSource",
            "io.reactivex.rxjava3.core.MaybeSource",
            "io.reactivex.rxjava3.core.ObservableSource",
            "io.reactivex.rxjava3.core.CompletableSource",
            "io.reactivex.SingleSource",
            "io.reactivex.MaybeSource",
            "io.reactivex.ObservableSource",
            "io.reactivex.CompletableSource",
            "io.vertx.core.Future",
            "scala.concurrent.Future");

    private static final String COROUTINE = "kotlin.coroutines.Continuation";

    private final List<AsyncReturnType> known;
    private final Problems problems;
    private final String where;

    ReturnTypes(List<AsyncReturnType> known, Problems problems, String where) {
        this.known = known;
        this.problems = problems;
        this.where = where;
    }

    /**
     * How the calls of a method are answered; null where they return a value, or where a problem was found.
     *
     * @param reached the declarations through which callers reach it: what they declare is what they must be given
     */
    @Nullable
    Bridge check(MethodGroup group, List<Member> reached) {
        Member inside = narrowest(group.members());
        Member outside = reached.isEmpty() ? inside : narrowest(reached);
        boolean suspends = group.parameterCount() > 0
                && group.members().stream().anyMatch(member -> isNamed(last(member), COROUTINE));
        boolean same = inside.returnType() == outside.returnType();
        for (Member member : same ? List.of(outside) : List.of(outside, inside)) {
            Bridge bridge = bridge(member, suspends);
            if (bridge != null) {
                return !suspends || fits(outcome(outside)) ? bridge : null;
            }
            if (!suspends && !fits(member.returnType())) {
                return null;
            }
        }
        if (suspends) {
            problems.add(
                    Problems.COROUTINE,
                    where,
                    "is a Kotlin suspend function, which gives its result to a Continuation, past the guard. In a bean of "
                            + "Spring, put kotlinx-coroutines-reactor and kotlin-reflect on the class path; elsewhere guard a "
                            + "blocking function, or use JitGuard.attempt inside");
        }
        return null;
    }

    private @Nullable Bridge bridge(Member member, boolean suspends) {
        for (AsyncReturnType type : known) {
            Bridge bridge = type.forMethod(member.method(), member.returnType()).orElse(null);
            if (bridge != null && (!suspends || bridge.outcomeGoesToLastParameter())) {
                return bridge;
            }
        }
        return null;
    }

    /** What a suspend function returns to Kotlin: {@code T} of its {@code Continuation<? super T>}. */
    private static Class<?> outcome(Member member) {
        Type[] parameters = member.method().getGenericParameterTypes();
        return parameters[parameters.length - 1] instanceof ParameterizedType continuation
                        && continuation.getActualTypeArguments()[0] instanceof WildcardType wildcard
                        && wildcard.getLowerBounds().length > 0
                ? Types.erase(wildcard.getLowerBounds()[0], member.level().bindings())
                : Object.class;
    }

    private boolean fits(Class<?> type) {
        String reactive = reactiveAncestor(type);
        if (reactive != null) {
            problems.add(
                    Problems.REACTIVE,
                    where,
                    "returns " + type.getTypeName()
                            + (reactive.equals(type.getTypeName()) ? "" : ", a " + reactive)
                            + ": it would run when somebody subscribes, outside the "
                            + "guard. Return a value or a CompletionStage, register an AsyncReturnType for it, or guard what "
                            + "the subscription calls");
            return false;
        }
        if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
            problems.add(
                    Problems.FUTURE,
                    where,
                    "returns " + type.getTypeName()
                            + ", as which a refusal cannot be delivered. Return exactly CompletionStage "
                            + "or CompletableFuture, or register an AsyncReturnType for it");
            return false;
        }
        return true;
    }

    private static Member narrowest(List<Member> members) {
        Member best = members.get(0);
        for (Member member : members) {
            if (best.returnType() != member.returnType() && best.returnType().isAssignableFrom(member.returnType())) {
                best = member;
            }
        }
        return best;
    }

    private static Class<?> last(Member member) {
        Class<?>[] parameters = member.method().getParameterTypes();
        return parameters[parameters.length - 1];
    }

    private static boolean isNamed(Class<?> type, String name) {
        return type.getName().equals(name);
    }

    private static @Nullable String reactiveAncestor(Class<?> type) {
        Set<Class<?>> seen = new HashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            Class<?> next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (REACTIVE.contains(next.getName())) {
                return next.getTypeName();
            }
            open.addAll(List.of(next.getInterfaces()));
            if (next.getSuperclass() != null) {
                open.add(next.getSuperclass());
            }
        }
        return null;
    }
}
