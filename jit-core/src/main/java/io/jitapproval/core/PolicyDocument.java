package io.jitapproval.core;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.JsonLayout;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A policy document that is built in Java, field by field as it would be written:
 *
 * <pre>{@code
 * PolicyDocument policy = PolicyDocument.denyByDefault()
 *         .rule("refund-small", rule -> rule.actions("payment.refund")
 *                 .when(subject().hasRole("SUPPORT"), attribute("action.amount").atMost(1000))
 *                 .allow())
 *         .rule("refund-large", rule -> rule.actions("payment.refund")
 *                 .when(attribute("action.amount").moreThan(1000))
 *                 .because("Large refunds are seen by finance.")
 *                 .requireApproval(approval -> approval.by(Approvers.role("FINANCE_MANAGER")).reason(Demand.REQUIRED))
 *                 .grant(grant -> grant.within(Duration.ofMinutes(15)).uses(1)))
 *         .build();
 * }</pre>
 *
 * <p>It is a source like a file: its text goes through the same reader, and {@link #json} can be printed, checked and compared
 * with others.
 *
 * <p>Immutable and thread-safe.
 */
public final class PolicyDocument implements PolicySource {

    private static final PolicyText ANY_DEFAULT =
            new PolicyText("default", "{\"default\": \"deny\", \"" + PolicyBuilder.RULES + "\": []}");

    private final PolicyText text;

    private PolicyDocument(PolicyText text) {
        this.text = text;
    }

    /**
     * A document whose {@code default} is {@code deny}.
     *
     * @return a new builder
     */
    public static PolicyBuilder denyByDefault() {
        return new PolicyBuilder().denies();
    }

    /**
     * A document whose {@code default} is {@code require-approval}, with the grant that a rule gives that says nothing.
     *
     * @param approval says who is asked
     * @return a new builder
     */
    public static PolicyBuilder askByDefault(Consumer<ApprovalBuilder> approval) {
        return askByDefault(approval, grant -> {});
    }

    /**
     * A document whose {@code default} is {@code require-approval}.
     *
     * @param approval says who is asked
     * @param grant    says what an approval gives at most
     * @return a new builder
     */
    public static PolicyBuilder askByDefault(Consumer<ApprovalBuilder> approval, Consumer<GrantBuilder> grant) {
        return new PolicyBuilder().asks(approval, grant);
    }

    /**
     * A document without a {@code default}, to be used {@linkplain PolicySources#together together} with one that has it.
     *
     * @return a new builder
     */
    public static PolicyBuilder withoutDefault() {
        return new PolicyBuilder();
    }

    /**
     * The document's text.
     *
     * @return JSON, with a field a line down to those of rules
     */
    public String json() {
        return text.text();
    }

    /** {@return the text as the one document} */
    @Override
    public List<PolicyText> load() {
        return List.of(text);
    }

    /** {@return the document's text, as {@link #json} gives it} */
    @Override
    public String toString() {
        return json();
    }

    /** Reads the document as any other is read; in its faults, the rule's id stands for the place that no file has. */
    static PolicyDocument checked(String origin, Map<String, Object> data, boolean hasDefault) {
        NavigableMap<Integer, String> ids = new TreeMap<>();
        PolicyText text = new PolicyText(origin, write(data, ids));
        try {
            Policy.parse(hasDefault ? List.of(text) : List.of(text, ANY_DEFAULT));
        } catch (JitConfigurationException e) {
            throw new JitConfigurationException(e.problems().stream()
                    .map(problem -> inRule(problem, origin, ids))
                    .toList());
        }
        return new PolicyDocument(text);
    }

    private static ConfigurationProblem inRule(
            ConfigurationProblem problem, String origin, NavigableMap<Integer, String> ids) {
        int line = line(problem.where(), origin);
        Map.Entry<Integer, String> rule = ids.floorEntry(line);
        return rule == null
                ? problem
                : new ConfigurationProblem(
                        problem.code(), problem.where(), "rule '" + rule.getValue() + "': " + problem.what());
    }

    private static int line(String where, String origin) {
        String behind = where.startsWith(origin + ":") ? where.substring(origin.length() + 1) : "";
        int colon = behind.indexOf(':');
        return colon > 0 ? Integer.parseInt(behind.substring(0, colon)) : 0;
    }

    /**
     * The text.
     *
     * @param ids is filled with the ids of the rules by the lines on which they begin
     */
    private static String write(Map<String, Object> data, NavigableMap<Integer, String> ids) {
        Map<String, Object> fields = new LinkedHashMap<>(data);
        fields.putIfAbsent(PolicyBuilder.RULES, List.of());
        Iterator<?> rules = ((List<?>) fields.get(PolicyBuilder.RULES)).iterator();
        return JsonLayout.of(fields, line -> ids.put(line, String.valueOf(((Map<?, ?>) rules.next()).get("id"))));
    }
}
