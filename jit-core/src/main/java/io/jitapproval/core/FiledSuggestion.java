package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A suggestion at the desk.
 *
 * @param proposal what is suggested; while it is in force, what was accepted
 * @param state    what has become of it
 * @param by       who brought it there; empty if nobody did
 * @param why      what they said; may be empty
 * @param since    since when
 * @param until    until when it is in force or stays away; empty in other states
 * @param renewal  what would renew it, with fresh evidence; empty if nothing would
 * @param watched  what was seen of it in this state
 */
public record FiledSuggestion(
        Proposal proposal,
        State state,
        Optional<Ref> by,
        String why,
        Instant since,
        Optional<Instant> until,
        Optional<Proposal> renewal,
        Watched watched) {

    /** What has become of a suggestion. */
    public enum State {
        /** It waits for somebody to look at it. */
        PROPOSED,
        /** Its rules say beside the people what they would answer, and do not count. */
        SHADOW,
        /** A person accepted it, and its rules count. */
        IN_FORCE,
        /** Its time is over; its rules do not count. */
        EXPIRED,
        /** Somebody said no to it. */
        DISMISSED,
        /** It was in force, and somebody took it back. */
        ROLLED_BACK
    }

    /**
     * What was seen of a suggestion since it is in its state.
     *
     * @param shadowed      how many requests people decided that its shadow rules would have approved
     * @param shadowWrong   how many of these people denied
     * @param audited       how many blind samples people answered
     * @param auditedWrong  how many of these they denied
     * @param atLeastWrong  what the share of wrong approvals is at least, by the samples, however often one looks
     * @param uses          how many calls its rules answered
     * @param reportedWrong how many of these the application reported as reversed or as an incident
     * @param unanswered    how many samples or shadowed requests ended without an answer
     * @param suspended     why the monitor suspended its rules; empty if it did not, or a person resumed them
     * @param differed      the ids of the requests where people said no to it, the newest fifty
     */
    public record Watched(
            long shadowed,
            long shadowWrong,
            long audited,
            long auditedWrong,
            double atLeastWrong,
            long uses,
            long reportedWrong,
            long unanswered,
            Optional<String> suspended,
            List<String> differed) {

        /**
         * Copies the lists.
         *
         * @param shadowed      as above
         * @param shadowWrong   as above
         * @param audited       as above
         * @param auditedWrong  as above
         * @param atLeastWrong  as above
         * @param uses          as above
         * @param reportedWrong as above
         * @param unanswered    as above
         * @param suspended     as above
         * @param differed      as above
         */
        public Watched {
            requireNonNull(suspended, "suspended");
            differed = List.copyOf(differed);
        }
    }

    /**
     * Checks that everything is there.
     *
     * @param proposal as above
     * @param state    as above
     * @param by       as above
     * @param why      as above
     * @param since    as above
     * @param until    as above
     * @param renewal  as above
     * @param watched  as above
     */
    public FiledSuggestion {
        requireNonNull(proposal, "proposal");
        requireNonNull(state, "state");
        requireNonNull(by, "by");
        requireNonNull(why, "why");
        requireNonNull(since, "since");
        requireNonNull(until, "until");
        requireNonNull(renewal, "renewal");
        requireNonNull(watched, "watched");
    }

    /** {@return its id} */
    public String id() {
        return proposal.id();
    }
}
