package io.jitapproval.core;

import io.jitapproval.core.policy.FieldOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * One of the {@code stages} of an approval. Either {@link #by}, or {@link #way} once or more. Each other setting can be set once; what is
 * not set, the document leaves out. Whether a value is within its bounds is told by {@link PolicyBuilder#build}.
 *
 * <p>Not thread-safe.
 */
public final class StageBuilder {

    private final Entries entries = new Entries("stage", FieldOrder.STAGE);

    StageBuilder() {}

    /**
     * {@code by}: who may approve.
     *
     * @param approvers the approvers
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public StageBuilder by(Approvers approvers) {
        entries.set("by", approvers.data());
        return this;
    }

    /**
     * {@code people}: how many different people have to approve.
     *
     * @param number from 1 to 1000; by default 1
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public StageBuilder people(int number) {
        entries.set("people", BigDecimal.valueOf(number));
        return this;
    }

    /**
     * {@code any}: one more way to fill it; any one is enough.
     *
     * @param by     who may approve
     * @param people how many different people have to, from 1 to 1000
     * @return this
     */
    public StageBuilder way(Approvers by, int people) {
        entries.add("any", Stages.way(by, people));
        return this;
    }

    /**
     * {@code escalate}: who may approve too, when it has stayed open for a while.
     *
     * @param after    how long after it opened; positive
     * @param by       who may approve from then on too
     * @param channels the names of channels that are told then as well; may be none
     * @return this
     */
    public StageBuilder escalate(Duration after, Approvers by, String... channels) {
        entries.add("escalate", Stages.also(after, by, channels));
        return this;
    }

    /**
     * {@code escalate} with {@code instead}: who may approve in the place of others, when it has stayed open for a while. Votes that were
     * cast before still count.
     *
     * @param after    how long after it opened; positive
     * @param by       who may approve from then on
     * @param channels the names of channels that are told then as well; may be none
     * @return this
     */
    public StageBuilder escalateInstead(Duration after, Approvers by, String... channels) {
        entries.add("escalate", Stages.instead(after, by, channels));
        return this;
    }

    /**
     * {@code escalate} without people: which channels are told, when it has stayed open for a while.
     *
     * @param after    how long after it opened; positive
     * @param channels the channels' names
     * @return this
     */
    public StageBuilder escalateBy(Duration after, String... channels) {
        entries.add("escalate", Stages.only(after, channels));
        return this;
    }

    /**
     * {@code step}: its place in the sequence. The stages of a step open when those of the steps before it are filled.
     *
     * @param number from 1 to 8, without a gap among the stages of an approval; by default 1
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public StageBuilder step(int number) {
        entries.set("step", BigDecimal.valueOf(number));
        return this;
    }

    Map<String, Object> data() {
        return entries.data();
    }
}
