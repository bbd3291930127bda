package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import java.util.function.Consumer;

/** Looks for findings of a few kinds. Goes through the decisions of the window twice, in whatever order the history has. */
interface Detector {

    /** Counts. */
    void see(PastDecision decision);

    /** Between both readings. */
    default void conclude() {}

    /** Looks again, knowing what was concluded. */
    default void again(PastDecision decision) {}

    /** Says what was found, and what could not be judged. */
    void report(Consumer<Insight> insights, Consumer<Silence> silences);
}
