package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.BreakGlass;
import io.jitapproval.Decision;
import io.jitapproval.GuardedCall;
import io.jitapproval.GuardedRun;
import io.jitapproval.GuardedUse;
import io.jitapproval.GuardedUseCall;
import io.jitapproval.JitApprovalException;
import io.jitapproval.RequestHandle;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.guard.Freezing.Given;
import io.jitapproval.core.intercept.Stages;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A guarded call without an annotation. */
final class DefaultAttempt implements Attempt {

    private final DefaultGuard guard;
    private final String action;
    private final List<Subject> actors = new ArrayList<>();
    private final List<Given> arguments = new ArrayList<>();
    private final Map<String, @Nullable Object> context = new LinkedHashMap<>();
    private @Nullable Subject subject;
    private @Nullable Resource resource;
    private @Nullable String reason;
    private @Nullable String ticket;
    private @Nullable String emergency;
    private @Nullable Duration waitAtMost;
    private @Nullable String changing;
    private @Nullable Ahead ahead;
    private @Nullable String key;

    DefaultAttempt(DefaultGuard guard, String action) {
        if (action.isBlank()) {
            throw new IllegalArgumentException("action must not be blank");
        }
        this.guard = guard;
        this.action = action;
    }

    @Override
    public Attempt by(Subject who) {
        requireUnset(subject, "by");
        subject = requireNonNull(who, "subject");
        return this;
    }

    @Override
    public Attempt through(Subject actor) {
        actors.add(requireNonNull(actor, "actor"));
        return this;
    }

    @Override
    public Attempt on(Resource what) {
        requireUnset(resource, "on");
        resource = requireNonNull(what, "resource");
        return this;
    }

    @Override
    public Attempt with(String name, @Nullable Object value) {
        return argument(name, value, true, false, false);
    }

    @Override
    public Attempt withSensitive(String name, @Nullable Object value) {
        return argument(name, value, true, true, false);
    }

    @Override
    public Attempt withUnbound(String name, @Nullable Object value) {
        return argument(name, value, false, false, false);
    }

    @Override
    public Attempt withCeiling(String name, Number value) {
        if (!(value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof BigDecimal)) {
            throw new IllegalArgumentException(
                    "only an Integer, Long, BigInteger or BigDecimal can have a ceiling, and '" + name + "' is a "
                            + value.getClass().getSimpleName());
        }
        return argument(name, value, true, false, true);
    }

    private Attempt argument(String name, @Nullable Object value, boolean bound, boolean hidden, boolean lowerable) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an argument's name must not be blank");
        }
        if (arguments.stream().anyMatch(given -> given.name().equals(name))) {
            throw new IllegalStateException("there is an argument '" + name + "' already");
        }
        arguments.add(new Given(name, value, Object.class, bound, hidden, lowerable));
        return this;
    }

    @Override
    public Attempt inContext(String name, @Nullable Object value) {
        if (context.containsKey(name)) {
            throw new IllegalStateException("there is a circumstance '" + name + "' already");
        }
        context.put(name, value);
        return this;
    }

    @Override
    public Attempt because(String why) {
        requireUnset(reason, "because");
        reason = requireNonNull(why, "reason");
        return this;
    }

    @Override
    public Attempt ticket(String name) {
        requireUnset(ticket, "ticket");
        ticket = requireNonNull(name, "ticket");
        return this;
    }

    @Override
    public Attempt breakGlass(String why) {
        requireUnset(emergency, "breakGlass");
        String said = why.strip();
        if (said.length() < BreakGlass.SHORTEST_REASON) {
            throw new IllegalArgumentException("the reason of an emergency has at least " + BreakGlass.SHORTEST_REASON
                    + " characters, but this one has " + said.length());
        }
        emergency = said;
        return this;
    }

    @Override
    public Attempt key(String name) {
        requireUnset(key, "key");
        if (name.isBlank() || name.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "a key must not be blank and have at most " + LONGEST_KEY + " characters, but was '" + name + "'");
        }
        key = name;
        return this;
    }

    @Override
    public Attempt waitAtMost(Duration limit) {
        requireUnset(waitAtMost, "waitAtMost");
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("waitAtMost must be positive, but was " + limit);
        }
        if (limit.compareTo(Requirement.LONGEST_DECIDE_WITHIN) > 0) {
            throw new IllegalArgumentException(
                    "waitAtMost must be at most " + Requirement.LONGEST_DECIDE_WITHIN + ", but was " + limit);
        }
        waitAtMost = limit;
        return this;
    }

    @Override
    public Attempt changing(String requestId) {
        requireUnset(changing, "changing");
        changing = requireNonNull(requestId, "requestId");
        return this;
    }

    @Override
    public Attempt startingAt(Instant start) {
        requireUnset(ahead, "startingAt or extending");
        ahead = Ahead.from(requireNonNull(start, "start"));
        return this;
    }

    @Override
    public Attempt extending(String grantId) {
        requireUnset(ahead, "startingAt or extending");
        ahead = Ahead.extending(requireNonNull(grantId, "grantId"));
        return this;
    }

    @Override
    public Decision decide() {
        return guard.decide(freeze().request);
    }

    @Override
    public Optional<ApprovalRequest> submit() {
        requireNoEmergency();
        String changed = changing;
        if (changed != null && (ahead != null || key != null)) {
            throw new IllegalStateException("changing(…) goes with none of startingAt(…), extending(…) and key(…)");
        }
        if (observed()) {
            return Optional.empty();
        }
        Call call = freeze();
        return changed == null
                ? guard.engine().submit(call)
                : Optional.of(guard.engine().change(call, changed));
    }

    private void requireNoEmergency() {
        if (emergency != null) {
            throw new IllegalStateException(
                    "there is no emergency ahead of time: run the action with call(…), or submit it without breakGlass");
        }
    }

    @Override
    public RequestHandle replay() {
        requireNoEmergency();
        requireUnchanging();
        requireNotAhead();
        return guard.request(guard.replays().submit(freeze()));
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(GuardedCall<T, X> body) throws X {
        requireNonNull(body, "action");
        requireUnchanging();
        requireNotAhead();
        if (!guard.enforces(action)) {
            return guard.observing().run(action, this::frozenAnyway, call -> body.call());
        }
        return guard.execution().run(freeze(), body);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(GuardedUseCall<T, X> body) throws X {
        requireNonNull(body, "action");
        requireUnchanging();
        requireNotAhead();
        if (!guard.enforces(action)) {
            return guard.observing()
                    .run(action, this::frozenAnyway, call -> body.call(call == null ? asGiven() : call.use()));
        }
        Call call = freeze();
        call.allowance().take();
        return guard.execution().run(call, () -> body.call(call.use()));
    }

    private void requireNotAhead() {
        if (ahead != null) {
            throw new IllegalStateException("startingAt and extending are for submit: nothing can run ahead of time");
        }
    }

    @Override
    @SuppressWarnings("NullAway") // T may be null
    public <X extends Exception> void run(GuardedRun<X> body) throws X {
        requireNonNull(body, "action");
        this.<@Nullable Object, X>call(() -> {
            body.run();
            return null;
        });
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> body) {
        requireNonNull(body, "action");
        requireUnchanging();
        requireNotAhead();
        if (!guard.enforces(action)) {
            return Stages.answer(
                    listener -> guard.observing().later(action, this::frozenAnyway, call -> body.get(), listener));
        }
        Call call;
        try {
            call = freeze();
        } catch (JitApprovalException refused) {
            return CompletableFuture.failedStage(refused);
        }
        return Stages.answer(listener -> guard.execution().later(call, body::get, listener));
    }

    /** What can be used of a call that could not be frozen, and runs all the same. */
    private GuardedUse asGiven() {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        for (Given given : arguments) {
            if (given.lowerable() && given.value() != null) {
                numbers.put(given.name(), new BigDecimal(given.value().toString()));
            }
        }
        return new GuardedUse(action, Optional.empty(), numbers);
    }

    private Call frozenAnyway() {
        return freeze(guard.quietCalls(), "");
    }

    private Call freeze() {
        return freeze(guard.calls(), "");
    }

    /** @param bundle the bundle that the call belongs to, and its place there; empty for none */
    Call freeze(String bundle) {
        return freeze(guard.calls(), bundle);
    }

    /** Whether the action is not enforced; then what would be asked ahead of time is on record. */
    boolean observed() {
        if (guard.enforces(action)) {
            return false;
        }
        guard.observing().ahead(action, this::frozenAnyway);
        return true;
    }

    boolean isOf(DefaultGuard other) {
        return guard == other;
    }

    /** Whether it asks for a new request and nothing else. */
    boolean onlyAsks() {
        return emergency == null && changing == null;
    }

    String action() {
        return action;
    }

    Resource resource() {
        return Optional.ofNullable(resource).orElse(Resource.NONE);
    }

    private Call freeze(CallFactory calls, String bundle) {
        Call call = calls.freeze(
                subject,
                actors,
                action,
                resource(),
                context,
                arguments,
                false,
                new Grounds(
                        Optional.ofNullable(reason)
                                .or(() -> Optional.ofNullable(emergency))
                                .orElse(""),
                        Optional.ofNullable(ticket).orElse(""),
                        Optional.ofNullable(emergency).orElse("")),
                waitAtMost);
        call.wishes = new Wishes(Optional.ofNullable(key).orElse(""), bundle, "");
        call.ahead(Optional.ofNullable(ahead).orElse(Ahead.NONE));
        return call;
    }

    private void requireUnchanging() {
        if (changing != null) {
            throw new IllegalStateException("changing(…) goes with submit() alone: nothing runs by changing a request");
        }
    }

    private static void requireUnset(@Nullable Object before, String name) {
        if (before != null) {
            throw new IllegalStateException(name + " was already called");
        }
    }
}
