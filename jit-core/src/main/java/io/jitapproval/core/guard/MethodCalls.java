package io.jitapproval.core.guard;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the calls of annotated methods. The method runs with the frozen copies, never with the caller's objects. */
final class MethodCalls implements MethodCallGuard {

    private final CallFactory calls;
    private final Execution execution;
    private final Modes modes;
    private final CallFactory quiet;
    private final Observing observing;

    MethodCalls(CallFactory calls, Execution execution, Modes modes, CallFactory quiet, Observing observing) {
        this.calls = calls;
        this.execution = execution;
        this.modes = modes;
        this.quiet = quiet;
        this.observing = observing;
    }

    @Override
    @SuppressWarnings({"FutureReturnValueIgnored", "NullAway"}) // the future is what the method returns; T may be null
    public @Nullable Object invoke(GuardedMethod method, @Nullable Object[] args, Proceed proceed) throws Throwable {
        if (!modes.enforces(method.action())) {
            return unenforced(method, args, proceed);
        }
        if (method.returnKind() == GuardedMethod.ReturnKind.VALUE) {
            Call call = freeze(method, args, calls);
            return run(call, proceed);
        }
        Call call;
        try {
            call = freeze(method, args, calls);
        } catch (JitApprovalException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return execution.<@Nullable Object>runAsync(call, () -> stage(call, proceed));
    }

    @SuppressWarnings("NullAway") // T may be null
    private @Nullable Object run(Call call, Proceed proceed) throws Throwable {
        try {
            return execution.<@Nullable Object, Exception>run(call, () -> proceeding(call, proceed));
        } catch (Carried carried) {
            throw carried.throwable;
        }
    }

    /** With the frozen copies as ever, or with the caller's own arguments where they cannot be frozen. */
    @SuppressWarnings({"FutureReturnValueIgnored", "NullAway", "unchecked"}) // as above
    private @Nullable Object unenforced(GuardedMethod method, @Nullable Object[] args, Proceed proceed)
            throws Throwable {
        Supplier<Call> freeze = () -> freeze(method, args, quiet);
        if (method.returnKind() != GuardedMethod.ReturnKind.VALUE) {
            return observing.<@Nullable Object>runAsync(method.action(), freeze, call ->
                    (CompletionStage<@Nullable Object>) proceeding(call, args, proceed));
        }
        try {
            return observing.<@Nullable Object, Exception>run(
                    method.action(), freeze, call -> proceeding(call, args, proceed));
        } catch (Carried carried) {
            throw carried.throwable;
        }
    }

    private static @Nullable Object proceeding(@Nullable Call call, @Nullable Object[] args, Proceed proceed)
            throws Exception {
        if (call != null) {
            return proceeding(call, proceed);
        }
        try {
            return proceed.proceed(args);
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new Carried(failure);
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

    private static Call freeze(GuardedMethod method, @Nullable Object[] args, CallFactory calls) {
        List<Parameter> parameters = method.parameters();
        List<Given> given = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            given.add(new Given(
                    parameter.name(),
                    args[i],
                    parameter.raw(),
                    !parameter.unbound(),
                    parameter.sensitive(),
                    parameter.lowerable()));
        }
        @Nullable Object[] copies = calls.copies(method.action(), given);
        String[] names = new String[copies.length];
        for (int i = 0; i < copies.length; i++) {
            Given one = given.get(i);
            given.set(i, one.with(copies[i]));
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
        return calls.freeze(
                null,
                List.of(),
                method.action(),
                resource,
                Map.of(),
                given,
                true,
                grounds,
                method.continuation() == Continuation.WAIT ? method.waitAtMost() : null);
    }
}
