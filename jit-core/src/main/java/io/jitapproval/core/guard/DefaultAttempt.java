package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Decision;
import io.jitapproval.GuardedCall;
import io.jitapproval.GuardedRun;
import io.jitapproval.JitApprovalException;
import io.jitapproval.RequestHandle;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.guard.Freezing.Given;
import java.time.Duration;
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
    private @Nullable Duration waitAtMost;
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
        return argument(name, value, true, false);
    }

    @Override
    public Attempt withSensitive(String name, @Nullable Object value) {
        return argument(name, value, true, true);
    }

    @Override
    public Attempt withUnbound(String name, @Nullable Object value) {
        return argument(name, value, false, false);
    }

    private Attempt argument(String name, @Nullable Object value, boolean bound, boolean hidden) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an argument's name must not be blank");
        }
        if (arguments.stream().anyMatch(given -> given.name().equals(name))) {
            throw new IllegalStateException("there is an argument '" + name + "' already");
        }
        arguments.add(new Given(name, value, Object.class, bound, hidden));
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
    public Decision decide() {
        return guard.decide(freeze().request);
    }

    @Override
    public Optional<ApprovalRequest> submit() {
        return guard.engine().submit(freeze());
    }

    @Override
    public RequestHandle replay() {
        return guard.request(guard.replays().submit(freeze()));
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(GuardedCall<T, X> body) throws X {
        requireNonNull(body, "action");
        return guard.execution().run(freeze(), body);
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
        Call call;
        try {
            call = freeze();
        } catch (JitApprovalException refused) {
            return CompletableFuture.failedStage(refused);
        }
        return guard.execution().<T>runAsync(call, body::get);
    }

    private Call freeze() {
        return freeze("");
    }

    boolean isOf(DefaultGuard other) {
        return guard == other;
    }

    String action() {
        return action;
    }

    Resource resource() {
        return Optional.ofNullable(resource).orElse(Resource.NONE);
    }

    /** @param bundle the bundle that the call belongs to, and its place there; empty for none */
    Call freeze(String bundle) {
        Call call = guard.calls()
                .freeze(
                        subject,
                        actors,
                        action,
                        resource(),
                        context,
                        arguments,
                        false,
                        new Grounds(
                                Optional.ofNullable(reason).orElse(""),
                                Optional.ofNullable(ticket).orElse("")),
                        waitAtMost);
        call.wishes = new Wishes(Optional.ofNullable(key).orElse(""), bundle, "");
        return call;
    }

    private static void requireUnset(@Nullable Object before, String name) {
        if (before != null) {
            throw new IllegalStateException(name + " was already called");
        }
    }
}
