package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Continuation;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Rollout;
import io.jitapproval.core.guard.Freezing.Given;
import io.jitapproval.core.intercept.GuardedMethod;
import io.jitapproval.core.intercept.GuardedMethod.Parameter;
import io.jitapproval.core.intercept.MethodCallGuard;
import io.jitapproval.core.intercept.Proceed;
import io.jitapproval.core.intercept.UnresolvedTemplateException;
import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType.Bridge;
import io.jitapproval.spi.AsyncReturnType.Invocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the calls of annotated methods. The method runs with the frozen copies, never with the caller's objects. */
final class MethodCalls implements MethodCallGuard {

    /** The call of an action that has run already, and whose use has ended. */
    private static final AsyncCall OVER = new AsyncCall() {

        @Override
        public void start() {}

        @Override
        public boolean abandon() {
            return true;
        }

        @Override
        public void succeeded() {}

        @Override
        public void failed(Throwable failure) {}

        @Override
        public void cancelled() {}
    };

    private final CallFactory calls;
    private final Execution execution;
    private final Replays replays;
    private final Modes modes;
    private final CallFactory quiet;
    private final Observing observing;

    MethodCalls(
            CallFactory calls,
            Execution execution,
            Replays replays,
            Modes modes,
            CallFactory quiet,
            Observing observing) {
        this.calls = calls;
        this.execution = execution;
        this.replays = replays;
        this.modes = modes;
        this.quiet = quiet;
        this.observing = observing;
    }

    @Override
    public @Nullable Object invoke(GuardedMethod method, @Nullable Object[] args, Proceed proceed) throws Throwable {
        Bridge bridge = method.bridge();
        if (!modes.enforces(method.action())) {
            return unenforced(method, bridge, args, proceed);
        }
        if (bridge == null) {
            Call call = freeze(method, args, calls);
            return method.continuation() == Continuation.REPLAY ? runOrKeep(call, proceed) : run(call, proceed);
        }
        try {
            boolean lastTakesOutcome = method.parameters().size() < args.length;
            return requireNonNull(bridge.answer(captured(method, args, proceed, lastTakesOutcome)), "the answer");
        } catch (Throwable failure) {
            throw calls.failed(method.action(), failure);
        }
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

    /** Hears of a call that is kept only when it has run, or will not. */
    private final class WhenRun implements AsyncCall.Listener {

        private final Call call;
        private final Proceed proceed;
        private final AsyncCall.Listener caller;

        WhenRun(Call call, Proceed proceed, AsyncCall.Listener caller) {
            this.call = call;
            this.proceed = proceed;
            this.caller = caller;
        }

        @Override
        public void started(AsyncCall now, Object returned) {
            caller.started(now, returned);
        }

        @Override
        @SuppressWarnings({"FutureReturnValueIgnored", "NullAway"}) // it ends in the caller; a result may be null
        public void failed(Throwable failure) {
            if (failure instanceof ApprovalPendingException pending && isOf(pending, call)) {
                CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
                result.whenComplete((value, failed) -> {
                    if (failed == null) {
                        caller.started(OVER, CompletableFuture.completedFuture(value));
                    } else {
                        caller.failed(failed);
                    }
                });
                replays.take(pending.request().id(), call, () -> proceeding(call, proceed), result);
            } else {
                caller.failed(failure);
            }
        }
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

    /** With the frozen copies as ever, or with the caller's own arguments where they cannot be frozen. */
    @SuppressWarnings("NullAway") // T may be null
    private @Nullable Object unenforced(
            GuardedMethod method, @Nullable Bridge bridge, @Nullable Object[] args, Proceed proceed) throws Throwable {
        if (bridge == null) {
            return observing.<@Nullable Object, Throwable>run(
                    method.action(),
                    () -> freeze(method, args, quiet),
                    call -> proceed.proceed(call == null ? args : call.frozenArguments()));
        }
        boolean lastTakesOutcome = method.parameters().size() < args.length;
        Supplier<Call> captured = capturedOnce(method, args);
        return bridge.answer(listener -> observing.later(
                method.action(),
                captured,
                call -> proceed.proceed(
                        call == null
                                ? args
                                : lastTakesOutcome ? withLast(call, args[args.length - 1]) : call.frozenArguments()),
                listener));
    }

    /** Subject and arguments as they are now, for each call anew; or why they cannot be captured. */
    private Supplier<Call> capturedOnce(GuardedMethod method, @Nullable Object[] args) {
        if (modes.of(method.action()) == Rollout.OFF) {
            return () -> freeze(method, args, quiet);
        }
        try {
            Call captured = freeze(method, args, quiet);
            return captured::anew;
        } catch (RuntimeException | Error failure) {
            Failures.keepInterrupt(failure);
            return () -> {
                throw failure;
            };
        }
    }

    /** Subject and arguments as they are now; what cannot be captured fails the calls, and not this method. */
    private Invocation captured(
            GuardedMethod method, @Nullable Object[] args, Proceed proceed, boolean lastTakesOutcome) {
        Call captured;
        try {
            captured = freeze(method, args, calls);
        } catch (JitApprovalException refused) {
            return listener -> new RefusedCall(refused, listener);
        }
        return listener -> {
            Call call;
            try {
                call = captured.anew();
            } catch (Throwable failure) {
                return new RefusedCall(execution.failed(captured, failure), listener);
            }
            return execution.later(
                    call,
                    () -> proceed.proceed(
                            lastTakesOutcome ? withLast(call, args[args.length - 1]) : call.frozenArguments()),
                    method.continuation() == Continuation.REPLAY ? new WhenRun(call, proceed, listener) : listener);
        };
    }

    private static @Nullable Object[] withLast(Call call, @Nullable Object last) {
        @Nullable Object[] frozen = call.frozenArguments();
        @Nullable Object[] all = Arrays.copyOf(frozen, frozen.length + 1);
        all[frozen.length] = last;
        return all;
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

    private Call freeze(GuardedMethod method, @Nullable Object[] args, CallFactory by) {
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
        @Nullable Object[] copies = by.copies(method.action(), given);
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
            throw by.refuse(
                    method.action(),
                    new Ref("unknown", "unknown"),
                    Resource.NONE.ref(),
                    Reason.RESOURCE_UNRESOLVED,
                    String.valueOf(e.getMessage()),
                    "Pass a value for everything that the annotation's templates name.");
        }
        Call call = by.freeze(
                null,
                List.of(),
                method.action(),
                resource,
                Map.of(),
                given,
                true,
                grounds,
                method.continuation() == Continuation.WAIT ? method.waitAtMost() : null);
        if (by == calls && method.continuation() == Continuation.REPLAY) {
            replays.keep(call);
        }
        return call;
    }
}
