package io.jitapproval.core;

import io.jitapproval.core.policy.FieldOrder;
import java.time.Duration;
import java.util.Map;

/**
 * The {@code breakGlass} of an approval: what is allowed in an emergency. {@link #by}, {@link #alarm} and {@link #review} have to be set.
 * Each setting can be set once; what is not set, the document leaves out. Whether a value is within its bounds is told by {@link
 * PolicyBuilder#build}.
 *
 * <p>Not thread-safe.
 */
public final class BreakGlassBuilder {

    private final Entries entries = new Entries("breakGlass", FieldOrder.BREAK_GLASS);

    BreakGlassBuilder() {}

    /**
     * {@code by}: who may run without waiting for approval.
     *
     * @param approvers the people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public BreakGlassBuilder by(Approvers approvers) {
        entries.set("by", approvers.data());
        return this;
    }

    /**
     * {@code alarm}: who is told at once, on all channels.
     *
     * @param approvers the people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public BreakGlassBuilder alarm(Approvers approvers) {
        entries.set("alarm", approvers.data());
        return this;
    }

    /**
     * {@code within}: how long the grant lasts.
     *
     * @param length positive, at most 4 hours; by default 15 minutes
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public BreakGlassBuilder within(Duration length) {
        entries.set("within", length.toString());
        return this;
    }

    /**
     * {@code review}: who, other than the one who did it, has to review it afterwards.
     *
     * @param approvers the people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public BreakGlassBuilder review(Approvers approvers) {
        entries.set("review", approvers.data());
        return this;
    }

    /**
     * {@code reviewWithin}: how long they may take until the debt is overdue.
     *
     * @param length positive, at most 31 days; by default 2 days
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public BreakGlassBuilder reviewWithin(Duration length) {
        entries.set("reviewWithin", length.toString());
        return this;
    }

    Map<String, Object> data() {
        return entries.data();
    }
}
