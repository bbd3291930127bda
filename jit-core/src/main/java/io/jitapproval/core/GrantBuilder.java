package io.jitapproval.core;

import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.core.policy.FieldOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * The {@code grant} of a rule: what an approval gives at most. Each setting can be set once; what is not set, the document
 * leaves out. Whether a value is within its bounds is told by {@link PolicyBuilder#build}.
 *
 * <p>Not thread-safe.
 */
public final class GrantBuilder {

    private final Entries entries = new Entries("grant", FieldOrder.GRANT);

    GrantBuilder() {}

    /**
     * {@code within}: how long it lasts.
     *
     * @param length positive, at most 366 days; by default 15 minutes
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GrantBuilder within(Duration length) {
        entries.set("within", length.toString());
        return this;
    }

    /**
     * {@code uses}: how many uses may begin.
     *
     * @param most at least 1; by default 1
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GrantBuilder uses(int most) {
        entries.set("uses", BigDecimal.valueOf(most));
        return this;
    }

    /**
     * {@code scope}: what it covers.
     *
     * @param scope the scope; by default {@link GrantScope#EXACT}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GrantBuilder scope(GrantScope scope) {
        entries.set("scope", scope.word());
        return this;
    }

    /**
     * {@code useWithin}: how long the approval may stay unused.
     *
     * @param length positive, at most 366 days; by default as {@link #within}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GrantBuilder useWithin(Duration length) {
        entries.set("useWithin", length.toString());
        return this;
    }

    /**
     * {@code from}: when {@link #within} begins to count.
     *
     * @param clock the beginning; by default {@link GrantClock#APPROVAL}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public GrantBuilder from(GrantClock clock) {
        entries.set("from", clock.word());
        return this;
    }

    Map<String, Object> data() {
        return entries.data();
    }
}
