package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.approval.Joining;
import io.jitapproval.core.binding.CanonicalJson;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.EntryChange;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells calls that are equal from those that only bear the same key, beside what the store does by a request's name. */
final class EqualCalls {

    private final GrantStore store;
    private final Journal journal;

    EqualCalls(GrantStore store, Journal journal) {
        this.store = store;
        this.journal = journal;
    }

    /** A pending request that has become equal to this call by a change, or was made beside one that is not equal any more. */
    Optional<ApprovalRequest> pending(Call call, Requirement required) {
        Wishes wishes = call.wishes;
        String place = Joining.place(
                call.matchKey(),
                wishes.key(),
                call.ahead().startsAt(),
                call.ahead().ancestry());
        return store.changeEntry(Joining.ELSEWHERE, place, (current, at) -> Step.nothing(current), journal)
                .flatMap(Joining::requestOf)
                .flatMap(store::request)
                .filter(request -> request.stateAt(store.now()) == ApprovalRequest.State.PENDING
                        && request.matchKey().equals(call.matchKey())
                        && request.requirement().equals(required)
                        && request.key().orElse("").equals(wishes.key())
                        && request.bundle().isEmpty()
                        && wishes.bundle().isEmpty()
                        && !request.replay()
                        && wishes.replay().isEmpty()
                        && request.startsAt().equals(call.ahead().startsAt())
                        && request.ancestry().equals(call.ahead().ancestry()));
    }

    /** Claimed before anything is asked: whoever comes later with other content is refused. Who may not ask leaves no claim behind. */
    void claimKey(Call call, Requirement required, Decision decision, boolean mayAsk) {
        String key = call.wishes.key();
        if (key.isEmpty()) {
            return;
        }
        String name = Digests.sha256Hex(CanonicalJson.bytes(List.of(call.subject.type(), call.subject.id(), key)));
        String content = call.matchKey() + (call.wishes.replay().isEmpty() ? "" : ".replay");
        Duration lasts = required.decideWithin().multipliedBy(2).plus(required.useWithin());
        EntryChange<Boolean> change = mayAsk ? Joining.claim(name, content, lasts) : Joining.isFree(content);
        if (!store.changeEntry(Joining.KEY, name, change, journal)) {
            throw Refusals.denied(
                    call,
                    Reason.KEY_TAKEN,
                    decision,
                    "the same subject used it for a call with other content",
                    "Take a new key for a new call, or send the same call again.");
        }
    }
}
