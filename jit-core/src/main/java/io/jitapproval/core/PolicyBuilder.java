package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Effect;
import io.jitapproval.core.policy.FieldOrder;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Builds a {@link PolicyDocument}, one field of the document after the other. What only Java can get wrong, such as setting
 * something twice, fails at the call. What the document says is read by the reader of all policies when {@link #build} is called,
 * which tells all faults at once.
 *
 * <p>Not thread-safe; good for one document.
 */
public final class PolicyBuilder {

    static final String RULES = "rules";

    private final Entries entries = new Entries("policy", FieldOrder.DOCUMENT);
    private String origin = "policy built in Java";
    private boolean hasDefault;

    PolicyBuilder() {}

    PolicyBuilder denies() {
        hasDefault = true;
        entries.set("default", Effect.DENY.word());
        return this;
    }

    PolicyBuilder asks(Consumer<ApprovalBuilder> approval, Consumer<GrantBuilder> grant) {
        Entries byDefault = new Entries("default", FieldOrder.DEFAULT);
        ApprovalBuilder asked = new ApprovalBuilder();
        approval.accept(asked);
        byDefault.set(Effect.REQUIRE_APPROVAL.word(), asked.data());
        GrantBuilder given = new GrantBuilder();
        grant.accept(given);
        if (!given.data().isEmpty()) {
            byDefault.set("grant", given.data());
        }
        hasDefault = true;
        entries.set("default", byDefault.data());
        return this;
    }

    /**
     * What messages call the document.
     *
     * @param name by default {@code policy built in Java}
     * @return this
     */
    public PolicyBuilder origin(String name) {
        origin = requireNonNull(name, "name");
        return this;
    }

    /**
     * {@code $schema}, for the editors of those to whom the document is printed.
     *
     * @param uri where the schema is
     * @return this
     * @throws IllegalStateException if it was set before
     */
    public PolicyBuilder schema(String uri) {
        entries.set("$schema", uri);
        return this;
    }

    /**
     * One of the {@code attributes}: what requests and resolvers carry. No evaluation looks at it.
     *
     * @param path the attribute's path, such as {@code action.amount}
     * @param type {@code text}, {@code number}, {@code boolean}, {@code time}, {@code date}, {@code duration}, {@code
     *             address}, {@code list} or {@code map}
     * @return this
     * @throws IllegalStateException if the attribute was set before
     */
    public PolicyBuilder attribute(String path, String type) {
        entries.put("attributes", path, requireNonNull(type, "type"));
        return this;
    }

    /**
     * One of the {@code calendars}, for {@link TimeCondition#on} and {@link TimeCondition#except}.
     *
     * @param name its name
     * @param days its days: a {@link LocalDate}, or a {@link MonthDay} for every year
     * @return this
     * @throws IllegalStateException    if the calendar was set before
     * @throws IllegalArgumentException if a day is of another class
     */
    public PolicyBuilder calendar(String name, TemporalAccessor... days) {
        List<Object> texts = new ArrayList<>();
        for (TemporalAccessor day : days) {
            if (!(day instanceof LocalDate) && !(day instanceof MonthDay)) {
                throw new IllegalArgumentException(
                        "a day of a calendar is a LocalDate, or a MonthDay for every year, but was " + day);
            }
            texts.add(day.toString());
        }
        entries.put("calendars", name, texts);
        return this;
    }

    /**
     * One of the {@code approvers}, for {@link Approvers#named}.
     *
     * @param name      their name
     * @param approvers who they are
     * @return this
     * @throws IllegalStateException if the name was set before
     */
    public PolicyBuilder approvers(String name, Approvers approvers) {
        entries.put("approvers", name, approvers.data());
        return this;
    }

    /**
     * One of the {@code conditions}, for {@link PolicyCondition#named}.
     *
     * @param name       its name
     * @param conditions what it says; all of them must hold, see {@link PolicyCondition#together}
     * @return this
     * @throws IllegalStateException    if the name was set before
     * @throws IllegalArgumentException if two of the conditions have the same key
     */
    public PolicyBuilder condition(String name, PolicyCondition... conditions) {
        entries.put("conditions", name, PolicyCondition.together(conditions).entries());
        return this;
    }

    /**
     * One rule more.
     *
     * @param id   its id, of which the document has one
     * @param rule says the rest
     * @return this
     */
    public PolicyBuilder rule(String id, Consumer<RuleBuilder> rule) {
        RuleBuilder builder = new RuleBuilder(id);
        rule.accept(builder);
        entries.add(RULES, builder.data());
        return this;
    }

    /**
     * The document, read by the reader of all policies.
     *
     * @return the document
     * @throws io.jitapproval.JitConfigurationException if it has faults: all of them, those in a rule with the rule's id
     */
    public PolicyDocument build() {
        return PolicyDocument.checked(origin, entries.data(), hasDefault);
    }
}
