package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Decision;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.core.grant.Coverage;
import io.jitapproval.spi.GrantStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settles when a grant that is asked for would begin, and after which others. */
final class Starts {

    private final GrantStore store;

    Starts(GrantStore store) {
        this.store = store;
    }

    /**
     * Settles it.
     *
     * @throws io.jitapproval.ActionDeniedException if it cannot be so
     */
    Ahead settle(Call call, Coverage coverage, Decision decision, Instant now) {
        Ahead asked = call.ahead();
        if (!asked.ancestry().isEmpty()) {
            return extension(asked.ancestry().get(0), call, coverage, decision, now);
        }
        Instant start = asked.startsAt().orElse(now);
        if (start.isBefore(now) || start.isAfter(now.plus(Attempt.LONGEST_AHEAD))) {
            throw Refusals.denied(
                    call,
                    Reason.START_UNFIT,
                    decision,
                    "asked for " + start + ", and it is " + now,
                    "Name an instant that is not over, and at most " + Attempt.LONGEST_AHEAD.toDays() + " days ahead.");
        }
        return asked;
    }

    private Ahead extension(String grantId, Call call, Coverage coverage, Decision decision, Instant now) {
        Grant grant = store.grant(grantId)
                .filter(coverage::fits)
                .orElseThrow(() ->
                        unfit(call, decision, "there is no grant of that id that this call holds and that covers it"));
        Grant.State state = grant.stateAt(now);
        if (state == Grant.State.REVOKED || state == Grant.State.RETURNED) {
            throw unfit(call, decision, "it was " + state.word());
        }
        Instant end = grant.lastsUntil();
        if (!now.isBefore(end.plus(grant.terms().within()))) {
            throw unfit(call, decision, "it has been over for longer than it lasted");
        }
        if (end.isAfter(now.plus(Attempt.LONGEST_AHEAD))) {
            throw unfit(call, decision, "it ends more than " + Attempt.LONGEST_AHEAD.toDays() + " days ahead");
        }
        List<String> ancestry = new ArrayList<>(List.of(grantId));
        ancestry.addAll(store.request(grant.requestId())
                .map(ApprovalRequest::ancestry)
                .orElseThrow(() -> unfit(call, decision, "the store no longer keeps how it came about")));
        if (ancestry.size() > Attempt.MOST_EXTENSIONS) {
            throw unfit(call, decision, "it was extended " + Attempt.MOST_EXTENSIONS + " times in a row");
        }
        boolean goesOn = state == Grant.State.ACTIVE && end.isAfter(now);
        return new Ahead(goesOn ? Optional.of(end) : Optional.empty(), ancestry);
    }

    private static RuntimeException unfit(Call call, Decision decision, String detail) {
        return Refusals.denied(call, Reason.EXTENSION_UNFIT, decision, detail, "Ask without extending it.");
    }
}
