package io.jitapproval.core.analysis;

import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How two answers to one request compare. The order, from easy to hard: a standing permit; a permit by an automatic grant;
 * approval by people; denial. Among automatic grants, and among approvals, one is at least as hard as another if it asks for
 * all that the other asks for and gives no more: if {@linkplain Requirement#merge merging} both gives the first. To have more
 * obligations is harder, but for a denial. Answers of which neither is at least as hard are each harder in something: such a
 * change counts as both.
 */
public enum Ease {
    /** Neither asks for more. */
    SAME,
    /** The later answer asks for less. */
    EASIER,
    /** The later answer asks for more. */
    HARDER,
    /** The later answer asks for less in something and for more in something else. */
    BOTH;

    private static final int DENIED = 3;

    /**
     * Compares two answers to one request.
     *
     * @param before the earlier answer
     * @param after  the later answer
     * @return how the request fares with the later answer
     */
    public static Ease of(Decision before, Decision after) {
        int level = level(before);
        int later = level(after);
        if (level != later) {
            return later < level ? EASIER : HARDER;
        }
        Requirement asked = requirement(before);
        Requirement asks = requirement(after);
        boolean harder = false;
        boolean easier = false;
        if (asked != null && asks != null && !asked.equals(asks)) {
            Requirement both = asked.merge(asks);
            harder = !both.equals(asked);
            easier = !both.equals(asks);
        }
        if (level < DENIED) {
            // A denial's obligations bind nobody who asks.
            harder |= !before.obligations().containsAll(after.obligations());
            easier |= !after.obligations().containsAll(before.obligations());
        }
        return harder ? easier ? BOTH : HARDER : easier ? EASIER : SAME;
    }

    /** {@return whether the request became easier in something} */
    public boolean isEasier() {
        return this == EASIER || this == BOTH;
    }

    /** {@return whether the request became harder in something} */
    public boolean isHarder() {
        return this == HARDER || this == BOTH;
    }

    private static int level(Decision decision) {
        return switch (decision.kind()) {
            case PERMIT -> decision.reason() == Reason.AUTO_APPROVED ? 1 : 0;
            case APPROVAL_REQUIRED -> 2;
            case DENY -> DENIED;
        };
    }

    /** What has to be fulfilled; of an automatic grant without the people, whom nobody asks. */
    static @Nullable Requirement requirement(Decision decision) {
        if (decision instanceof Decision.ApprovalRequired asked) {
            return asked.requirement();
        }
        if (decision instanceof Decision.Permit permit && permit.automatic().isPresent()) {
            Requirement given = permit.automatic().get();
            return given.withStages(Set.of());
        }
        return null;
    }
}
