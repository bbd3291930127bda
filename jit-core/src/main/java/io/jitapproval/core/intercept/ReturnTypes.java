package io.jitapproval.core.intercept;

import io.jitapproval.core.intercept.GuardedMethod.ReturnKind;
import io.jitapproval.core.intercept.MethodGroup.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

    private final Problems problems;
    private final String where;

    ReturnTypes(Problems problems, String where) {
        this.problems = problems;
        this.where = where;
    }

    /**
     * The kind of a method.
     *
     * @param reached the declarations through which callers reach it: what they declare is what they must be given
     */
    ReturnKind check(MethodGroup group, List<Member> reached) {
        if (group.parameterCount() > 0
                && group.members().stream().anyMatch(member -> isNamed(last(member), COROUTINE))) {
            problems.add(
                    Problems.COROUTINE,
                    where,
                    "a Kotlin suspend function gives its result to a Continuation, past the guard. Guard a blocking function, "
                            + "or use JitGuard.attempt inside");
            return ReturnKind.VALUE;
        }
        Class<?> inside = narrowest(group.members());
        Class<?> outside = reached.isEmpty() ? inside : narrowest(reached);
        for (Class<?> type : inside == outside ? List.of(inside) : List.of(outside, inside)) {
            if (isStage(type)) {
                return ReturnKind.STAGE;
            }
            if (!fits(type)) {
                return ReturnKind.VALUE;
            }
        }
        return ReturnKind.VALUE;
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
                            + "guard. Return a value or a CompletionStage, or guard what the subscription calls");
            return false;
        }
        if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
            problems.add(
                    Problems.FUTURE,
                    where,
                    "returns " + type.getTypeName()
                            + ", as which a refusal cannot be delivered. Return exactly CompletionStage "
                            + "or CompletableFuture");
            return false;
        }
        return true;
    }

    private static Class<?> narrowest(List<Member> members) {
        Class<?> best = members.get(0).returnType();
        for (Member member : members) {
            Class<?> type = member.returnType();
            if (best.isAssignableFrom(type)) {
                best = type;
            }
        }
        return best;
    }

    private static boolean isStage(Class<?> type) {
        return type == CompletionStage.class || type == CompletableFuture.class;
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
