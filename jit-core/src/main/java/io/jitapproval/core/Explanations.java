package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.AttributeTrace;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Explanation.Shadow;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Stage;
import io.jitapproval.Subject;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.explain.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains decisions, as text for people and as plain values for JSON. {@code jit explain} and the tests of policies say the same
 * in the same words.
 *
 * <p>Which comparisons a policy made is in the explanation that {@link io.jitapproval.JitGuard#explain} gives, and that a refusal
 * carries. The one inside a {@link Decision} knows the rules that decided, but no comparison.
 *
 * <p>What an explanation contains is shown, sensitive arguments excepted, which read {@code hidden}: it is for those who may read
 * the policy and the request. No argument may be null. Thread-safe.
 */
public final class Explanations {

    private static final int HEAD = 20;
    private static final int NAME = 7;
    private static final int SHORT_HASH = 12;

    private Explanations() {}

    /**
     * The explanation as text: the answer, then the rules with the comparisons that made them come out so, the deciding ones
     * first, then what is asked and given. Characters that could steer a terminal are replaced.
     *
     * @param decision    the answer
     * @param explanation why it came out so
     * @param request     the question
     * @return several lines, each with a line feed behind it
     */
    public static String text(Decision decision, Explanation explanation, EvaluationRequest request) {
        return written(decision, explanation, request, Terms::asks);
    }

    /**
     * The explanation as text, with the people whom an approval asks.
     *
     * @param decision    the answer
     * @param explanation why it came out so
     * @param request     the question
     * @param people      the ids of those who could fill a stage, in the order in which to show them; may be none
     * @return several lines, each with a line feed behind it
     */
    public static String text(
            Decision decision,
            Explanation explanation,
            EvaluationRequest request,
            Function<? super Stage, ? extends Collection<String>> people) {
        requireNonNull(people, "people");
        return written(decision, explanation, request, requirement -> Terms.asks(requirement, people));
    }

    private static String written(Decision decision, Explanation explanation, EvaluationRequest request, Asks asks) {
        StringBuilder text = new StringBuilder(512);
        text.append(padded(answer(decision.kind()), HEAD))
                .append(visible(request.action().name()))
                .append(
                        request.resource().equals(Resource.NONE)
                                ? ""
                                : " on " + visible(request.resource().ref()))
                .append(" by ")
                .append(name(request.subject()))
                .append(through(request.actors()))
                .append('\n');
        rules(text, decision.rules(), explanation.rules());
        if (decision.rules().isEmpty()) {
            row(text, "rule", "none counts: the document's default decides");
        }
        String because = Terms.because(decision, explanation.rules());
        if (!because.isEmpty()) {
            row(text, "why", because);
        }
        requirement(decision).ifPresent(requirement -> {
            if (decision.kind() == Decision.Kind.APPROVAL_REQUIRED) {
                row(text, "asks", asks.in(requirement));
            }
            row(text, "gives", Terms.gives(requirement.grant(), request.action().name()));
        });
        for (Obligation obligation : decision.obligations()) {
            row(text, "with", obligation.id());
        }
        for (AttributeTrace attribute : explanation.attributes()) {
            String source = attribute.source().isEmpty() ? "" : " (from " + attribute.source() + ")";
            row(text, "lookup", attribute.attribute() + " " + attribute.text() + source);
        }
        explanation.shadow().ifPresent(shadow -> shadow(text, shadow));
        row(text, "policy", shortened(decision.policy()));
        return text.toString();
    }

    /** What an approval asks, in words. */
    private interface Asks {
        String in(Requirement requirement);
    }

    /** What the answer would be if shadow rules counted, and what became of those. */
    private static void shadow(StringBuilder text, Shadow shadow) {
        String by = shadow.rules().isEmpty() ? "" : " by " + String.join(", ", shadow.rules());
        row(text, "shadow", shadow.counts() ? answer(shadow.kind()) + by : "the same, since none of its rules counts");
        rules(text, shadow.rules(), shadow.traces());
    }

    private static String shortened(String hash) {
        return hash.length() < SHORT_HASH ? hash : hash.substring(0, 4) + "…" + hash.substring(hash.length() - 2);
    }

    private static String answer(Decision.Kind kind) {
        return kind.name().replace('_', ' ');
    }

    private static String name(Subject subject) {
        return visible(subject.type().equals("user") ? subject.id() : subject.ref());
    }

    private static String through(List<Subject> actors) {
        return actors.isEmpty()
                ? ""
                : " through " + actors.stream().map(Explanations::name).collect(Collectors.joining(", "));
    }

    private static Optional<Requirement> requirement(Decision decision) {
        if (decision instanceof Decision.ApprovalRequired asks) {
            return Optional.of(asks.requirement());
        }
        return decision instanceof Decision.Permit permit ? permit.automatic() : Optional.empty();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(padded(name, NAME)).append(visible(value)).append('\n');
    }

    /** The deciding rules first, then those that matched, then what is unknown, then what did not match. */
    private static void rules(StringBuilder text, List<String> deciding, List<RuleTrace> rules) {
        int ids = widest(rules, rule -> rule.rule().length());
        int effects = widest(rules, rule -> rule.effect().word().length());
        rules.stream()
                .sorted(Comparator.comparingInt(rule -> rank(rule, deciding)))
                .forEach(rule -> text.append("  ")
                        .append(padded(visible(rule.rule()), ids + 2))
                        .append(padded(rule.effect().word(), effects + 2))
                        .append(padded(rule.match().text(), 10))
                        .append(visible(why(rule)))
                        .append('\n'));
    }

    private static int widest(List<RuleTrace> rules, ToIntFunction<RuleTrace> width) {
        return rules.stream().mapToInt(width).max().orElse(0);
    }

    private static int rank(RuleTrace rule, List<String> deciding) {
        if (deciding.contains(rule.rule())) {
            return 0;
        }
        return switch (rule.match()) {
            case MATCHED -> 1;
            case UNKNOWN -> 2;
            case NOT_MATCHED -> 3;
        };
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String visible(Object text) {
        return Words.clean(text.toString(), Integer.MAX_VALUE);
    }

    /** The comparisons that made the rule come out as it did. */
    private static String why(RuleTrace rule) {
        if (rule.comparisons().isEmpty()) {
            return "always";
        }
        List<String> telling = rule.comparisons().stream()
                .filter(comparison -> comparison.match() == rule.match())
                .map(ComparisonTrace::text)
                .toList();
        List<String> all =
                rule.comparisons().stream().map(ComparisonTrace::text).toList();
        return String.join("; ", telling.isEmpty() ? all : telling);
    }

    /**
     * The explanation as plain values, with every comparison and the whole hash of the policy. Any library can write them as JSON.
     *
     * @param decision    the answer
     * @param explanation why it came out so
     * @param request     the question
     * @param time        the moment of the evaluation
     * @return the fields in their order: text, whole numbers, booleans, lists and maps; what obligations carry, as it is, where a
     *         value may be null too
     */
    public static Map<String, @Nullable Object> json(
            Decision decision, Explanation explanation, EvaluationRequest request, Instant time) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("decision", word(decision.kind()));
        json.put("reason", decision.reason().word());
        json.put("time", time.toString());
        json.put("subject", request.subject().ref().toString());
        if (!request.actors().isEmpty()) {
            json.put(
                    "actors",
                    request.actors().stream()
                            .map(actor -> actor.ref().toString())
                            .toList());
        }
        json.put("action", request.action().name());
        if (!request.resource().equals(Resource.NONE)) {
            json.put("resource", request.resource().ref().toString());
        }
        json.put("rules", decision.rules());
        json.put("because", Terms.because(decision, explanation.rules()));
        requirement(decision).ifPresent(requirement -> json.put("requirement", RequirementJson.of(requirement)));
        json.put("obligations", Terms.obligations(decision));
        explanation.shadow().ifPresent(shadow -> json.put("shadow", shadow(shadow)));
        json.put("policy", decision.policy());
        json.put("explanation", list(explanation.rules(), Explanations::rule));
        json.put("attributes", list(explanation.attributes(), Explanations::attribute));
        return json;
    }

    private static Map<String, @Nullable Object> shadow(Shadow shadow) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("decision", word(shadow.kind()));
        json.put("reason", shadow.reason().word());
        json.put("rules", shadow.rules());
        json.put("explanation", list(shadow.traces(), Explanations::rule));
        return json;
    }

    private static Map<String, @Nullable Object> attribute(AttributeTrace attribute) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("attribute", attribute.attribute());
        json.put("source", attribute.source());
        attribute.at().ifPresent(at -> json.put("at", at.toString()));
        json.put("known", attribute.known());
        json.put("text", attribute.text());
        return json;
    }

    private static String word(Decision.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, @Nullable Object> rule(RuleTrace rule) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rule", rule.rule());
        json.put("effect", rule.effect().word());
        json.put("match", rule.match().text());
        json.put("because", rule.because());
        json.put("comparisons", list(rule.comparisons(), comparison -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("attribute", comparison.attribute());
            each.put("match", comparison.match().text());
            each.put("text", comparison.text());
            return each;
        }));
        return json;
    }

    private static <T> List<Map<String, @Nullable Object>> list(
            Collection<T> values, Function<T, Map<String, @Nullable Object>> json) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        values.forEach(value -> list.add(json.apply(value)));
        return list;
    }
}
