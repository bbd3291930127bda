package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.Replay;
import io.jitapproval.Replay.State;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.core.binding.KeptValues;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may become of a kept call: it waits, one guard claims it, it runs, it ends; or it is refused. A claim is given back only by who has it,
 * and only if no use began. Pure functions.
 */
final class ReplayLife {

    static final String KIND = "replay";

    private static final String STATE = "state";
    private static final String CLAIMED = "claimed";
    private static final String CALL = "call";
    private static final String DIGEST = "digest";
    private static final String MATCH = "match";
    private static final String ACTION = "action";
    private static final String REQUEST = "request";
    private static final String BY = "by";
    private static final String RESULT = "result";
    private static final String FAILURE = "failure";
    private static final String REASON = "reason";

    private ReplayLife() {}

    /** @param request the id of its request; empty if it needs none */
    static StoreEntry waiting(String id, Call call, String request, Instant until) {
        String kept = call.wishes.replay();
        return new StoreEntry(
                KIND,
                id,
                Map.of(
                        STATE, State.WAITING.word(),
                        CALL, kept,
                        DIGEST, digest(kept),
                        MATCH, call.matchKey(),
                        ACTION, call.action(),
                        REQUEST, request),
                until);
    }

    static StoreEntry waiting(ApprovalRequest request, Call call) {
        return waiting(
                request.id(),
                call,
                request.id(),
                request.lastsUntil().plus(request.requirement().useWithin()).plus(Replay.KEPT));
    }

    static String digest(String kept) {
        return Digests.sha256Hex(kept.getBytes(StandardCharsets.UTF_8));
    }

    /** A guard takes it, so that no other runs it; empty if it does not wait. */
    static EntryChange<Optional<StoreEntry>> claim(String by) {
        return (current, now) -> {
            if (current.isEmpty() || !waits(current.get())) {
                return Step.nothing(Optional.empty());
            }
            StoreEntry claimed = with(current.get(), current.get().until(), data -> {
                data.put(STATE, CLAIMED);
                data.put(BY, by);
                return data;
            });
            return Step.to(claimed, Optional.of(claimed));
        };
    }

    /** The guard that has it leaves it to others; nothing happens if it began to run. */
    static EntryChange<Boolean> giveBack(String by) {
        return change(
                by,
                entry -> with(entry, entry.until(), data -> {
                    data.put(STATE, State.WAITING.word());
                    data.remove(BY);
                    return data;
                }));
    }

    /** The guard that has it will not run it, and nobody will. */
    static EntryChange<Boolean> refuse(String by, Reason reason) {
        return change(
                by,
                entry -> with(entry, entry.until(), data -> {
                    data.put(STATE, State.REFUSED.word());
                    data.put(REASON, reason.name());
                    return data;
                }));
    }

    private static EntryChange<Boolean> change(String by, UnaryOperator<StoreEntry> change) {
        return (current, now) -> current.filter(
                        entry -> CLAIMED.equals(entry.data().get(STATE))
                                && by.equals(entry.data().get(BY)))
                .map(entry -> Step.to(change.apply(entry), true))
                .orElseGet(() -> Step.nothing(false));
    }

    static StoreEntry running(StoreEntry claimed, Instant now) {
        return with(claimed, later(claimed, now), data -> {
            data.put(STATE, State.RUNNING.word());
            return data;
        });
    }

    static StoreEntry done(StoreEntry claimed, @Nullable String result, Instant now) {
        return with(claimed, now.plus(Replay.KEPT), data -> {
            data.put(STATE, State.DONE.word());
            data.remove(CALL);
            if (result != null) {
                data.put(RESULT, result);
            }
            return data;
        });
    }

    static StoreEntry failed(StoreEntry claimed, Throwable failure, Instant now) {
        return with(claimed, now.plus(Replay.KEPT), data -> {
            data.put(STATE, State.FAILED.word());
            data.remove(CALL);
            data.put(FAILURE, failure.getClass().getName());
            return data;
        });
    }

    static StoreEntry notRun(StoreEntry claimed, Reason reason, Instant now) {
        return with(claimed, now.plus(Replay.KEPT), data -> {
            data.put(STATE, State.REFUSED.word());
            data.put(REASON, reason.name());
            return data;
        });
    }

    private static Instant later(StoreEntry entry, Instant now) {
        Instant kept = now.plus(Replay.KEPT);
        return kept.isAfter(entry.until()) ? kept : entry.until();
    }

    private static StoreEntry with(StoreEntry entry, Instant until, UnaryOperator<Map<String, String>> change) {
        return new StoreEntry(entry.kind(), entry.key(), change.apply(new LinkedHashMap<>(entry.data())), until);
    }

    static boolean waits(StoreEntry entry) {
        return State.WAITING.word().equals(entry.data().get(STATE));
    }

    /** Whether a guard has or had it. */
    static boolean isOf(StoreEntry entry, String by) {
        return by.equals(entry.data().get(BY));
    }

    static String action(StoreEntry entry) {
        return entry.data().getOrDefault(ACTION, "");
    }

    /** The id of its request; empty if it needs none. */
    static String request(StoreEntry entry) {
        return entry.data().getOrDefault(REQUEST, "");
    }

    static String match(StoreEntry entry) {
        return entry.data().getOrDefault(MATCH, "");
    }

    static String call(StoreEntry entry) {
        return entry.data().getOrDefault(CALL, "");
    }

    /** Whether what is kept is what was kept for this request. */
    static boolean isWhole(StoreEntry entry, @Nullable ApprovalRequest request) {
        return digest(call(entry)).equals(entry.data().get(DIGEST))
                && (request == null || (request.replay() && request.matchKey().equals(match(entry))));
    }

    /** What a caller is told of it. */
    static Replay told(StoreEntry entry, Optional<ApprovalRequest> request, Optional<Grant> grant, Instant now) {
        String word = entry.data().getOrDefault(STATE, "");
        Optional<Reason> over = word.equals(State.WAITING.word())
                ? request.flatMap(asked -> over(asked, grant, now))
                : Optional.empty();
        State state = over.isPresent() ? State.REFUSED : State.RUNNING;
        if (over.isEmpty()) {
            for (State one : State.values()) {
                state = one.word().equals(word) ? one : state;
            }
        }
        return new Replay(
                entry.key(),
                state,
                over.or(() -> Optional.ofNullable(entry.data().get(REASON)).map(Reason::valueOf)),
                Optional.ofNullable(entry.data().get(RESULT)).map(KeptValues::read),
                entry.data().getOrDefault(FAILURE, ""));
    }

    /** Why one that waits waits in vain. */
    private static Optional<Reason> over(ApprovalRequest request, Optional<Grant> grant, Instant now) {
        return switch (request.stateAt(now)) {
            case PENDING -> Optional.empty();
            case APPROVED ->
                grant.flatMap(given -> switch (given.stateAt(now)) {
                    case ACTIVE -> Optional.empty();
                    case EXHAUSTED -> Optional.of(Reason.GRANT_EXHAUSTED);
                    case REVOKED -> Optional.of(Reason.GRANT_REVOKED);
                    case RETURNED -> Optional.of(Reason.GRANT_RETURNED);
                    case EXPIRED -> Optional.of(given.uses() == 0 ? Reason.APPROVAL_UNUSED : Reason.GRANT_EXPIRED);
                });
            case EXPIRED -> Optional.of(request.outcome().orElse(Reason.APPROVAL_EXPIRED));
            case DENIED, CANCELLED, FAILED -> Optional.of(request.outcome().orElse(Reason.APPROVAL_DENIED));
        };
    }
}
