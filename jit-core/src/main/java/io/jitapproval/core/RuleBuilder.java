package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Effect;
import io.jitapproval.core.policy.FieldOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A rule of a policy that is {@linkplain PolicyDocument built in Java}. Each setting can be set once, in any order; what is not
 * set, the document leaves out. What a rule must have, and whether its values are right, is told by {@link
 * PolicyBuilder#build}.
 *
 * <p>Not thread-safe.
 */
public final class RuleBuilder {

    private final Entries entries;

    RuleBuilder(String id) {
        entries = new Entries("rule '" + id + "'", FieldOrder.RULE);
        entries.set("id", requireNonNull(id, "id"));
    }

    /**
     * {@code actions}: the actions that the rule is about.
     *
     * @param actions exact names such as {@code payment.refund}, or beginnings such as {@code payment.*}
     * @return this
     * @throws IllegalStateException if they were set before
     */
    public RuleBuilder actions(String... actions) {
        entries.set("actions", Literals.texts("actions", actions));
        return this;
    }

    /**
     * {@code resources}: the resources that the rule is about.
     *
     * @param resources as {@code type/id}, or beginnings such as {@code order/*}; by default any
     * @return this
     * @throws IllegalStateException if they were set before
     */
    public RuleBuilder resources(String... resources) {
        entries.set("resources", Literals.texts("resources", resources));
        return this;
    }

    /**
     * {@code when}: the conditions, all of which must hold.
     *
     * @param conditions about different things, see {@link PolicyCondition#together}; by default none
     * @return this
     * @throws IllegalStateException    if they were set before
     * @throws IllegalArgumentException if two of them have the same key
     */
    public RuleBuilder when(PolicyCondition... conditions) {
        entries.set("when", PolicyCondition.together(conditions).entries());
        return this;
    }

    /**
     * {@code effect: allow}: standing permission.
     *
     * @return this
     * @throws IllegalStateException if an effect was set before
     */
    public RuleBuilder allow() {
        return effect(Effect.ALLOW);
    }

    /**
     * {@code effect: deny}: no, whatever else matches.
     *
     * @return this
     * @throws IllegalStateException if an effect was set before
     */
    public RuleBuilder deny() {
        return effect(Effect.DENY);
    }

    /**
     * {@code effect: auto-approve}: the rule agrees in people's place.
     *
     * @return this
     * @throws IllegalStateException if an effect was set before
     */
    public RuleBuilder autoApprove() {
        return effect(Effect.AUTO_APPROVE);
    }

    /**
     * {@code effect: require-approval}, and the {@code approval} with it: people must agree.
     *
     * @param approval says who is asked
     * @return this
     * @throws IllegalStateException if an effect was set before
     */
    public RuleBuilder requireApproval(Consumer<ApprovalBuilder> approval) {
        effect(Effect.REQUIRE_APPROVAL);
        ApprovalBuilder builder = new ApprovalBuilder();
        approval.accept(builder);
        entries.set("approval", builder.data());
        return this;
    }

    /**
     * {@code grant}: what an approval gives at most.
     *
     * @param grant says what
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder grant(Consumer<GrantBuilder> grant) {
        GrantBuilder builder = new GrantBuilder();
        grant.accept(builder);
        entries.set("grant", builder.data());
        return this;
    }

    /**
     * {@code because}: why the rule is there, for people.
     *
     * @param text the text
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder because(String text) {
        entries.set("because", text);
        return this;
    }

    /**
     * {@code owner}: who answers for the rule.
     *
     * @param owner for people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder owner(String owner) {
        entries.set("owner", owner);
        return this;
    }

    /**
     * {@code ticket}: where the rule was decided.
     *
     * @param ticket for people
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder ticket(String ticket) {
        entries.set("ticket", ticket);
        return this;
    }

    /**
     * {@code risk}: how much depends on the rule.
     *
     * @param risk {@code low}, {@code medium}, {@code high} or {@code critical}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder risk(String risk) {
        entries.set("risk", risk);
        return this;
    }

    /**
     * {@code mode: enforce}: the rule counts, as without a mode.
     *
     * @return this
     * @throws IllegalStateException if a mode was set before
     */
    public RuleBuilder enforce() {
        entries.set("mode", "enforce");
        return this;
    }

    /**
     * {@code mode: shadow}: the rule never counts, but decisions say what would be if it did.
     *
     * @return this
     * @throws IllegalStateException if a mode was set before
     */
    public RuleBuilder shadow() {
        entries.set("mode", "shadow");
        return this;
    }

    /**
     * {@code notBefore}: the rule exists from then on.
     *
     * @param from the instant; by default there is none
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder notBefore(Instant from) {
        entries.set("notBefore", from.toString());
        return this;
    }

    /**
     * {@code expires}: the rule is gone from then on.
     *
     * @param end the instant; by default there is none
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public RuleBuilder expires(Instant end) {
        entries.set("expires", end.toString());
        return this;
    }

    /**
     * {@code audit}: the share of what the rule would approve that goes to people all the same, so that it is seen what they would say.
     *
     * @param share from 0 to 1, with at most 4 decimals
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is no number
     */
    public RuleBuilder audit(double share) {
        entries.set("audit", BigDecimal.valueOf(share));
        return this;
    }

    /**
     * One more of the {@code obligations}, without data.
     *
     * @param id the obligation's id
     * @return this
     */
    public RuleBuilder obligation(String id) {
        entries.add("obligations", Map.of("id", id));
        return this;
    }

    /**
     * One more of the {@code obligations}.
     *
     * @param id   the obligation's id
     * @param with its data: text, numbers, true or false, lists and maps with text for keys
     * @return this
     * @throws IllegalArgumentException if the data hold anything else
     */
    public RuleBuilder obligation(String id, Map<String, ?> with) {
        Map<String, Object> obligation = new LinkedHashMap<>();
        obligation.put("id", requireNonNull(id, "id"));
        obligation.put("with", Literals.data(with));
        entries.add("obligations", obligation);
        return this;
    }

    private RuleBuilder effect(Effect effect) {
        entries.set("effect", effect.word());
        return this;
    }

    Map<String, Object> data() {
        return entries.data();
    }
}
