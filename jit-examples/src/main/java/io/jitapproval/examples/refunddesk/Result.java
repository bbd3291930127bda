package io.jitapproval.examples.refunddesk;

import io.jitapproval.Bundle;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one request.
 *
 * @param asked      the request
 * @param way        which way it went through the guard
 * @param decision   allow, deny or pending
 * @param reason     why
 * @param rules      the rules that decided
 * @param because    what those rules say to people; may be empty
 * @param requestId  the approval request
 * @param people     who was asked
 * @param course     what happened on the way, votes and refused votes included
 * @param stages     how many stages follow one another; 1 without an approval
 * @param approvedBy who approved, people or {@code rule:<id>}
 * @param grant      the grant as it is after the use
 * @param use        which use of the grant it was; 0 without a grant
 * @param earlier    whether the grant had been given for an earlier request
 * @param outcome    succeeded, failed or not-run
 * @param entry      the line of the ledger that it wrote
 * @param ranWith    numbers that it ran with instead of those that were asked
 * @param bundle     the bundle that it was asked in, as that is once all of it is decided
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
        List<Step> course,
        int stages,
        List<String> approvedBy,
        Optional<Grant> grant,
        int use,
        boolean earlier,
        String outcome,
        Optional<Integer> entry,
        Map<String, BigDecimal> ranWith,
        Optional<Bundle> bundle,
        String detail,
        List<String> uncovered,
        Instant startedAt) {

    static final String ALLOW = "allow";
    static final String DENY = "deny";
    static final String PENDING = "pending";

    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String NOT_RUN = "not-run";

    /** Who answered what, refused votes included. */
    List<Answered> votes() {
        return course.stream().flatMap(step -> step.vote().stream()).toList();
    }

    Result withCourse(List<Step> steps) {
        return with(steps, bundle);
    }

    Result in(Bundle whole) {
        return with(course, Optional.of(whole));
    }

    private Result with(List<Step> steps, Optional<Bundle> whole) {
        return new Result(
                asked,
                way,
                decision,
                reason,
                rules,
                because,
                requestId,
                people,
                steps,
                stages,
                approvedBy,
                grant,
                use,
                earlier,
                outcome,
                entry,
                ranWith,
                whole,
                detail,
                uncovered,
                startedAt);
    }

    boolean has(String step) {
        return course.stream().anyMatch(each -> each.what().equals(step));
    }

    /** The ways through the guard. */
    enum Way {
        ANNOTATION,
        ATTEMPT,
        REPLAY,
        BUNDLE,
        BREAK_GLASS;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One person's answer.
     *
     * @param by        the voter
     * @param standsFor in whose place; may be empty
     * @param verdict   approve, deny or abstain
     * @param why       the voter's words; may be empty
     * @param terms     the narrower terms; may be empty
     * @param result    {@link Reason#VOTE_COUNTED}, or why it does not count
     * @param at        when
     */
    record Answered(String by, String standsFor, String verdict, String why, String terms, Reason result, Instant at) {

        boolean counted() {
            return result == Reason.VOTE_COUNTED;
        }
    }
}
