package io.jitapproval.core.feedback;

import java.util.function.Consumer;

/**
 * Decisions of the past, which can be gone through as often as wanted and are never held in memory all at once.
 *
 * <p>Implementations need not be thread-safe, but give the same decisions in the same order each time as long as nothing is appended.
 */
public interface DecisionHistory {

    /**
     * Goes through all of them in the order of the history, which need not be that of time.
     *
     * @param each takes one at a time
     * @throws io.jitapproval.JitConfigurationException if the history cannot be read or holds what cannot be understood; nothing that
     *     was handed over before is to be trusted then
     */
    void each(Consumer<PastDecision> each);

    /**
     * What the history is called in reports.
     *
     * @return a short name, such as that of the file
     */
    String name();
}
