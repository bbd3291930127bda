package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Ref;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.Proposal;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store says of a suggestion.
 *
 * @param id       the suggestion
 * @param state    as it was written down; see {@link #stateAt}
 * @param proposal the digest of what is suggested, or was accepted
 * @param renewal  the digest of what would renew it; empty if there is nothing
 * @param by       who brought it here; null for nobody
 * @param person   the canonical id of the one who accepted it; empty if nobody did
 * @param why      what they said
 * @param since    since when
 * @param until    until when it is in force or stays away; null otherwise
 * @param covered  how many decisions it covered when it was sent away
 * @param bound    what was proved then
 */
record Filed(
        String id,
        State state,
        String proposal,
        String renewal,
        @Nullable Ref by,
        String person,
        String why,
        Instant since,
        @Nullable Instant until,
        int covered,
        double bound) {

    static final String KIND = "suggestion";

    /** No store may forget one; a hundred years stand for that. */
    private static final Duration KEPT = Duration.ofDays(36_525);

    /** So much more evidence is another one. */
    private static final int TWICE = 2;

    static Filed of(StoreEntry entry) {
        Map<String, String> data = entry.data();
        String by = Lines.of(data, "by");
        String until = Lines.of(data, "until");
        return new Filed(
                entry.key(),
                State.valueOf(Lines.of(data, "state")),
                Lines.of(data, "proposal"),
                Lines.of(data, "renewal"),
                by.isEmpty() ? null : Ref.parse(by),
                Lines.of(data, "person"),
                Lines.of(data, "why"),
                Instant.parse(Lines.of(data, "since")),
                until.isEmpty() ? null : Instant.parse(until),
                Lines.count(data, "covered"),
                Lines.number(data, "bound"));
    }

    StoreEntry entry() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("state", state.name());
        data.put("proposal", proposal);
        data.put("renewal", renewal);
        data.put("by", by == null ? "" : by.toString());
        data.put("person", person);
        data.put("why", why);
        data.put("since", since.toString());
        data.put("until", until == null ? "" : until.toString());
        data.put("covered", String.valueOf(covered));
        data.put("bound", String.valueOf(bound));
        return new StoreEntry(KIND, id, data, since.plus(KEPT));
    }

    /** Its state at an instant: at {@code until} it is in force no more, without anybody writing that down. */
    State stateAt(Instant now) {
        return state == State.IN_FORCE && isOver(now) ? State.EXPIRED : state;
    }

    boolean isInForce(Instant now) {
        return stateAt(now) == State.IN_FORCE;
    }

    private boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** Whether it was sent away, and this evidence does not bring it back: neither twice as much of it, nor half the bound. */
    boolean staysAway(Proposal fresh, Instant now) {
        boolean away = state == State.DISMISSED || state == State.ROLLED_BACK;
        boolean other = fresh.covered() >= Math.max(1, covered) * TWICE || fresh.bound() * TWICE <= bound;
        return away && !isOver(now) && !other;
    }

    /** What is watched since when: whatever was seen in another state, or of other evidence, does not count. */
    String phase() {
        return state + " " + proposal + " " + since;
    }

    static Filed proposed(Proposal proposal, Instant now) {
        return new Filed(proposal.id(), State.PROPOSED, proposal.digest(), "", null, "", "", now, null, 0, 0);
    }

    Filed renewedBy(String digest) {
        return new Filed(id, state, proposal, digest, by, person, why, since, until, covered, bound);
    }

    Filed inShadow(@Nullable Ref who, String said, Instant now) {
        return new Filed(id, State.SHADOW, proposal, "", who, "", said, now, null, 0, 0);
    }

    Filed accepted(String digest, Ref who, String whoIs, String said, Instant now, Instant end) {
        return new Filed(id, State.IN_FORCE, digest, "", who, whoIs, said, now, end, 0, 0);
    }

    Filed away(State to, Ref who, String said, Instant now, Instant end, Optional<Proposal> what) {
        return new Filed(
                id,
                to,
                proposal,
                "",
                who,
                "",
                said,
                now,
                end,
                what.map(Proposal::covered).orElse(0),
                what.map(Proposal::bound).orElse(0.0));
    }
}
