package io.jitapproval.core.feedback.insight;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.util.Set;

/**
 * Whose approvals say too little to be learnt from. No penalty follows from it: their votes count as ever where they are cast.
 *
 * @param excluded the people
 */
public record RubberStamps(Set<Ref> excluded) {

    /** Nobody. */
    public static final RubberStamps NONE = new RubberStamps(Set.of());

    /**
     * Copies the set.
     *
     * @param excluded as above
     */
    public RubberStamps {
        excluded = Set.copyOf(excluded);
    }

    /**
     * Whether a decision is no evidence: it was approved, and nobody else approved it. Their denials count.
     *
     * @param decision the decision
     * @return true if it should not be learnt from
     */
    public boolean excludes(PastDecision decision) {
        if (!decision.isApproved() || decision.voices().isEmpty()) {
            return false;
        }
        for (Voice voice : decision.voices()) {
            if (voice.approved() && !excluded.contains(voice.person())) {
                return false;
            }
        }
        return true;
    }
}
