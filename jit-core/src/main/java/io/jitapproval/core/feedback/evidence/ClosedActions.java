package io.jitapproval.core.feedback.evidence;

/** Which actions no evidence opens, whatever it says. */
public final class ClosedActions {

    private ClosedActions() {}

    /**
     * Whether an action edits policy, gives rights away or is an emergency by its name.
     *
     * @param action the action's name
     * @return true if machines never approve it
     */
    public static boolean isClosed(String action) {
        return Gates.isClosed(action);
    }
}
