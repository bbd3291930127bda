package io.jitapproval.core.feedback.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A change of policy that the record supports, or the answer that it supports none. A person accepts it, never the machine.
 *
 * @param id          the same for the same change, whatever the evidence: what was dismissed is known by it
 * @param form        what the change looks like
 * @param action      the action that it is for
 * @param passed      whether it is suggested; if not, {@link #refusals} say why
 * @param title       what is suggested, in one line
 * @param rules       the rules that it adds to a policy, as they stand in a document; empty if nothing is suggested
 * @param certificate what is proved of it
 * @param novel       what was found of requests with values that were never seen; empty if these all go to people
 * @param evidence    who stands behind it
 * @param why         the explanation, a sentence a line
 * @param against     the ids of held-out decisions that it would approve and people denied, at most twenty
 * @param notCovered  what it leaves to people
 * @param refusals    why it is not suggested
 * @param curve       how many wrong ones there are at which coverage, best scores first
 * @param expires     until when it may be in force if it is accepted
 */
public record Suggestion(
        String id,
        Form form,
        String action,
        boolean passed,
        String title,
        List<Map<String, Object>> rules,
        Certificate certificate,
        Optional<Certificate.Stratum> novel,
        Support evidence,
        List<String> why,
        List<String> against,
        List<String> notCovered,
        List<String> refusals,
        List<Point> curve,
        Instant expires) {

    /** What the change looks like. */
    public enum Form {
        /** One rule on a score that a model gives. */
        SCORE,
        /** Rules with exceptions that can be read. */
        RULES
    }

    /**
     * Who stands behind what would be let through.
     *
     * @param decisions  how many decisions are like it
     * @param approved   how many of them people approved
     * @param subjects   by how many subjects; 0 if the history does not name them
     * @param deciders   decided by how many people; 0 if the history does not name them
     * @param days       on how many days
     * @param from       the oldest
     * @param to         the newest
     * @param perWeek    how many approvals a week it would save
     * @param medianWait how long these waited, in seconds, at the median; empty if the history does not say
     */
    public record Support(
            int decisions,
            int approved,
            int subjects,
            int deciders,
            int days,
            Instant from,
            Instant to,
            double perWeek,
            OptionalDouble medianWait) {}

    /**
     * A point of the curve of risk over coverage.
     *
     * @param coverage  the share that is let through
     * @param wrong     the share of these that people denied
     * @param bound     its upper bound, at the certificate's level
     * @param threshold the threshold
     */
    public record Point(double coverage, double wrong, double bound, double threshold) {}

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param id          as above
     * @param form        as above
     * @param action      as above
     * @param passed      as above
     * @param title       as above
     * @param rules       as above
     * @param certificate as above
     * @param novel       as above
     * @param evidence    as above
     * @param why         as above
     * @param against     as above
     * @param notCovered  as above
     * @param refusals    as above
     * @param curve       as above
     * @param expires     as above
     */
    public Suggestion {
        requireNonNull(id, "id");
        requireNonNull(form, "form");
        requireNonNull(certificate, "certificate");
        rules = List.copyOf(rules);
        why = List.copyOf(why);
        against = List.copyOf(against);
        notCovered = List.copyOf(notCovered);
        refusals = List.copyOf(refusals);
        curve = List.copyOf(curve);
    }
}
