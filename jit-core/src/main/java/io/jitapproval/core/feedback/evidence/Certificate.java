package io.jitapproval.core.feedback.evidence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What is proved of a threshold: with {@code confidence}, of the requests that it lets through at most {@code maxWrong} are such that
 * people would have denied, provided that requests come as they came in the decisions it was checked on. By the exact bound of Clopper
 * and Pearson (Biometrika 26, 1934) on decisions that it was not learnt from, corrected by Bonferroni for every threshold tried (Learn
 * then Test: Angelopoulos, Bates, Candès, Jordan and Lei, 2021).
 *
 * @param how        on which decisions it was checked
 * @param action     the action it holds for
 * @param maxWrong   ε, the largest share of wrong approvals that was to be proved
 * @param confidence 1 − δ, of all actions together
 * @param thresholds how many thresholds were tried; the error that is left was shared among them
 * @param level      the confidence that each of them was tested with
 * @param learnt     how many decisions it was learnt from
 * @param checked    how many decisions it was checked on
 * @param covered    how many of these it lets through
 * @param wrong      how many of those people had denied
 * @param bound      the upper bound of the share of wrong ones, at {@code level}
 * @param needed     how many more decisions are needed if nothing passed, as far as that can be told; 0 if something passed
 * @param worst      the stratum with the largest share of wrong ones; empty if none is large enough to tell
 * @param notes      what was not checked, or does not hold
 */
public record Certificate(
        How how,
        String action,
        double maxWrong,
        double confidence,
        int thresholds,
        double level,
        int learnt,
        int checked,
        int covered,
        int wrong,
        double bound,
        long needed,
        Optional<Stratum> worst,
        List<String> notes) {

    /** On which decisions a threshold is checked. */
    public enum How {
        /** On the newest decisions, from which nothing was learnt. */
        SPLIT,
        /**
         * On all decisions, each by what was learnt from the others. Needs fewer decisions, and takes for granted that the model of all
         * is no worse than those of the parts.
         */
        CROSSFIT
    }

    /**
     * A part of what was checked.
     *
     * @param name    the value that its requests have in common
     * @param covered how many of them are let through
     * @param wrong   how many of those people had denied
     * @param bound   the upper bound of the share of wrong ones, at 95 %, of this stratum alone
     */
    public record Stratum(String name, int covered, int wrong, double bound) {}

    /**
     * Checks that everything is there.
     *
     * @param how        as above
     * @param action     as above
     * @param maxWrong   as above
     * @param confidence as above
     * @param thresholds as above
     * @param level      as above
     * @param learnt     as above
     * @param checked    as above
     * @param covered    as above
     * @param wrong      as above
     * @param bound      as above
     * @param needed     as above
     * @param worst      as above
     * @param notes      as above
     */
    public Certificate {
        requireNonNull(how, "how");
        requireNonNull(action, "action");
        requireNonNull(worst, "worst");
        notes = List.copyOf(notes);
    }

    /** {@return the share of the checked decisions that it lets through} */
    public double coverage() {
        return checked == 0 ? 0 : (double) covered / checked;
    }
}
