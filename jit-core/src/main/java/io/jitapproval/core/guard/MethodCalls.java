package io.jitapproval.core.guard;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Continuation;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.core.guard.Freezing.Given;
import io.jitapproval.core.intercept.GuardedMethod;
import io.jitapproval.core.intercept.GuardedMethod.Parameter;
import io.jitapproval.core.intercept.MethodCallGuard;
import io.jitapproval.core.intercept.Proceed;
import io.jitapproval.core.intercept.UnresolvedTemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes the calls of annotated methods. The method runs with the frozen copies, never with the caller's objects. */
final class MethodCalls implements MethodCallGuard {

    private final CallFactory calls;
    private final Execution execution;
    private final Replays replays;

    MethodCalls(CallFactory calls, Execution execution, Replays replays) {
        this.calls = calls;
        this.execution = execution;
        this.replays = replays;
    }

    @Override
    @SuppressWarnings({"FutureReturnValueIgnored", "NullAway"}) // the future is what the method returns; T may be null
    public @Nullable Object invoke(GuardedMethod method, @Nullable Object[] args, Proceed proceed) throws Throwable {
        if (method.returnKind() == GuardedMethod.ReturnKind.VALUE) {
            Call call = freeze(method, args);
            return method.continuation() == Continuation.REPLAY ? runOrKeep(call, proceed) : run(call, proceed);
        }
        Call call;
        try {
            call = freeze(method, args);
        } catch (JitApprovalException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<@Nullable Object> result =
                execution.<@Nullable Object>runAsync(call, () -> stage(call, proceed));
        return method.continuation() == Continuation.REPLAY ? orWhenRun(call, proceed, result) : result;
    }

    /** Runs now what may run now; keeps what people have to approve. */
    @SuppressWarnings("NullAway") // T may be null
    private @Nullable Object runOrKeep(Call call, Proceed proceed) throws Throwable {
        try {
            return run(call, proceed);
        } catch (ApprovalPendingException pending) {
            if (isOf(pending, call)) {
                replays.take(pending.request().id(), call, () -> proceeding(call, proceed), null);
            }
            throw pending;
        }
    }

    @SuppressWarnings({"FutureReturnValueIgnored", "NullAway"}) // the callback ends in the result; T may be null
    private CompletableFuture<@Nullable Object> orWhenRun(
            Call call, Proceed proceed, CompletableFuture<@Nullable Object> now) {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        now.whenComplete((value, failure) -> {
            if (failure instanceof ApprovalPendingException pending && isOf(pending, call)) {
                replays.take(pending.request().id(), call, () -> stage(call, proceed), result);
            } else if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value);
            }
        });
        return result;
    }

    /** The action may itself call something that is pending. */
    private static boolean isOf(ApprovalPendingException pending, Call call) {
        return pending.request().replay() && pending.request().matchKey().equals(call.matchKey());
    }

    @SuppressWarnings("NullAway") // T may be null
    private @Nullable Object run(Call call, Proceed proceed) throws Throwable {
        try {
            return execution.<@Nullable Object, Exception>run(call, () -> proceeding(call, proceed));
        } catch (Carried carried) {
            throw carried.throwable;
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable CompletionStage<@Nullable Object> stage(Call call, Proceed proceed) throws Exception {
        return (CompletionStage<@Nullable Object>) proceeding(call, proceed);
    }

    private static @Nullable Object proceeding(Call call, Proceed proceed) throws Exception {
        try {
            return proceed.proceed(call.frozenArguments());
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new Carried(failure);
        }
    }

    /** Carries a throwable that is neither an exception nor an error, which Java allows a method to declare. */
    private static final class Carried extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Throwable throwable;

        Carried(Throwable throwable) {
            super(throwable);
            this.throwable = throwable;
        }
    }

    private Call freeze(GuardedMethod method, @Nullable Object[] args) {
        List<Parameter> parameters = method.parameters();
        List<Given> given = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            given.add(
                    new Given(parameter.name(), args[i], parameter.raw(), !parameter.unbound(), parameter.sensitive()));
        }
        @Nullable Object[] copies = calls.copies(method.action(), given);
        String[] names = new String[copies.length];
        for (int i = 0; i < copies.length; i++) {
            Given one = given.get(i);
            given.set(i, new Given(one.name(), copies[i], one.declared(), one.bound(), one.hidden()));
            names[i] = one.name();
        }
        Map<String, @Nullable Object> byName = new NamedValues(names, copies, names.length);
        Resource resource;
        Grounds grounds;
        try {
            resource = method.resource().resolve(byName);
            grounds =
                    new Grounds(method.reason().render(byName), method.ticket().render(byName));
        } catch (UnresolvedTemplateException e) {
            throw calls.refuse(
                    method.action(),
                    new Ref("unknown", "unknown"),
                    Resource.NONE.ref(),
                    Reason.RESOURCE_UNRESOLVED,
                    String.valueOf(e.getMessage()),
                    "Pass a value for everything that the annotation's templates name.");
        }
        Call call = calls.freeze(
                null,
                List.of(),
                method.action(),
                resource,
                Map.of(),
                given,
                true,
                grounds,
                method.continuation() == Continuation.WAIT ? method.waitAtMost() : null);
        if (method.continuation() == Continuation.REPLAY) {
            replays.keep(call);
        }
        return call;
    }
}
