package io.jitapproval.examples.refunddesk;

import io.jitapproval.Grant;
import io.jitapproval.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one request.
 *
 * @param asked      the request
 * @param way        whether it went through an annotated method or through an attempt
 * @param decision   allow, deny or pending
 * @param reason     why
 * @param rules      the rules that decided
 * @param because    what those rules say to people; may be empty
 * @param requestId  the approval request
 * @param people     who was asked
 * @param votes      who answered what, refused votes included
 * @param approvedBy who approved, people or {@code rule:<id>}
 * @param grant      the grant as it is after the use
 * @param use        which use of the grant it was; 0 without a grant
 * @param earlier    whether the grant had been given for an earlier request
 * @param outcome    succeeded, failed or not-run
 * @param entry      the line of the ledger that it wrote
 * @param detail     what else is to be said; may be empty
 * @param uncovered  earlier grants for the same subject, action and resource that did not cover it, in words
 * @param startedAt  when it was made
 */
record Result(
        Asked asked,
        Way way,
        String decision,
        Reason reason,
        List<String> rules,
        String because,
        Optional<String> requestId,
        List<String> people,
        List<Answered> votes,
        List<String> approvedBy,
        Optional<Grant> grant,
        int use,
        boolean earlier,
        String outcome,
        Optional<Integer> entry,
        String detail,
        List<String> uncovered,
        Instant startedAt) {

    static final String ALLOW = "allow";
    static final String DENY = "deny";
    static final String PENDING = "pending";

    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String NOT_RUN = "not-run";

    /** The two ways through the guard. */
    enum Way {
        ANNOTATION,
        ATTEMPT
    }

    /**
     * One person's answer.
     *
     * @param by      the voter
     * @param verdict approve, deny or abstain
     * @param why     the voter's words; may be empty
     * @param terms   the narrower terms; may be empty
     * @param result  {@link Reason#VOTE_COUNTED}, or why it does not count
     * @param at      when
     */
    record Answered(String by, String verdict, String why, String terms, Reason result, Instant at) {

        boolean counted() {
            return result == Reason.VOTE_COUNTED;
        }
    }
}
