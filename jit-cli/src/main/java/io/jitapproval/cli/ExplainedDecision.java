package io.jitapproval.cli;

import io.jitapproval.Decision;
import io.jitapproval.Demand;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.AttributeTrace;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Explanation.Shadow;
import io.jitapproval.Obligation;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision with its explanation, as text for people and as JSON.
 *
 * @param decision what the policy answered, explained in full
 * @param request  the question
 * @param time     the moment of the evaluation
 */
record ExplainedDecision(Decision decision, EvaluationRequest request, Instant time) {

    private static final int HEAD = 20;

    /** People are named where electors are given. */
    String text(@Nullable Electors electors, Paint paint) {
        StringBuilder text = new StringBuilder();
        String head = headline(decision.kind());
        text.append(paint.of(decision.kind(), head))
                .append(" ".repeat(Math.max(2, HEAD - head.length())))
                .append(request.action().name())
                .append(" on ")
                .append(request.resource().ref())
                .append(" by ")
                .append(name(request.subject().ref()))
                .append('\n');
        rules(text);
        if (decision.rules().isEmpty()) {
            row(text, "rule", "none counts: the document's default decides");
        }
        requirement().ifPresent(requirement -> {
            if (decision.kind() == Decision.Kind.APPROVAL_REQUIRED) {
                row(text, "asks", Terms.asks(requirement, electors));
            }
            row(text, "gives", Terms.gives(requirement.grant(), request.action().name()));
        });
        for (Obligation obligation : decision.obligations()) {
            row(text, "with", obligation.id());
        }
        decision.explanation()
                .shadow()
                .filter(Shadow::counts)
                .ifPresent(shadow -> row(text, "shadow", wouldBe(shadow)));
        row(text, "policy", shortened(decision.policy()));
        return text.toString();
    }

    /** What the answer would be if shadow rules counted. */
    private static String wouldBe(Shadow shadow) {
        return headline(shadow.kind()) + (shadow.rules().isEmpty() ? "" : " by " + String.join(", ", shadow.rules()));
    }

    private static String shortened(String hash) {
        return hash.length() < 12 ? hash : hash.substring(0, 4) + "…" + hash.substring(hash.length() - 2);
    }

    private static String headline(Decision.Kind kind) {
        return kind.name().replace('_', ' ');
    }

    private static String name(Ref subject) {
        return subject.type().equals("user") ? subject.id() : subject.toString();
    }

    private Optional<Requirement> requirement() {
        if (decision instanceof Decision.ApprovalRequired asks) {
            return Optional.of(asks.requirement());
        }
        return decision instanceof Decision.Permit permit ? permit.automatic() : Optional.empty();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(name).append(" ".repeat(7 - name.length())).append(value).append('\n');
    }

    /** The deciding rules first, then what is unknown, then what did not match. */
    private void rules(StringBuilder text) {
        List<RuleTrace> rules = decision.explanation().rules();
        int ids = rules.stream().mapToInt(rule -> rule.rule().length()).max().orElse(0);
        int effects = rules.stream()
                .mapToInt(rule -> rule.effect().word().length())
                .max()
                .orElse(0);
        rules.stream()
                .sorted(Comparator.comparingInt(this::rank))
                .forEach(rule -> text.append("  ")
                        .append(padded(rule.rule(), ids + 2))
                        .append(padded(rule.effect().word(), effects + 2))
                        .append(padded(rule.match().text(), 10))
                        .append(why(rule))
                        .append('\n'));
    }

    private int rank(RuleTrace rule) {
        if (decision.rules().contains(rule.rule())) {
            return 0;
        }
        return switch (rule.match()) {
            case MATCHED -> 1;
            case UNKNOWN -> 2;
            case NOT_MATCHED -> 3;
        };
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(2, width - text.length()));
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

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("decision", word(decision.kind()));
        json.put("reason", decision.reason().word());
        json.put("time", time.toString());
        json.put("subject", request.subject().ref().toString());
        json.put("action", request.action().name());
        json.put("resource", request.resource().ref().toString());
        json.put("rules", decision.rules());
        json.put("because", Terms.because(decision));
        requirement().ifPresent(requirement -> json.put("requirement", requirement(requirement)));
        json.put("obligations", DecisionJson.obligations(decision));
        decision.explanation().shadow().ifPresent(shadow -> json.put("shadow", shadow(shadow)));
        json.put("policy", decision.policy());
        List<@Nullable Object> rules = new ArrayList<>();
        decision.explanation().rules().forEach(rule -> rules.add(rule(rule)));
        json.put("explanation", rules);
        json.put(
                "attributes",
                decision.explanation().attributes().stream()
                        .map(ExplainedDecision::attribute)
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> requirement(Requirement requirement) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "stages",
                requirement.stages().stream().map(ExplainedDecision::stage).toList());
        json.put("decideWithin", requirement.decideWithin().toString());
        json.put("useWithin", requirement.useWithin().toString());
        json.put("reason", demand(requirement.reason()));
        json.put("ticket", demand(requirement.ticket()));
        requirement.votes().channels().ifPresent(channels -> json.put("channels", channels));
        requirement.votes().assurance().ifPresent(assurance -> json.put("assurance", assurance));
        json.put("autoApproval", requirement.closedToMachines() ? "never" : "allowed");
        Map<String, @Nullable Object> grant = new LinkedHashMap<>();
        grant.put("scope", requirement.grant().scope().word());
        grant.put("within", requirement.grant().within().toString());
        grant.put("uses", requirement.grant().uses());
        grant.put("from", requirement.grant().clock().word());
        json.put("grant", grant);
        return json;
    }

    private static Object demand(Demand demand) {
        if (demand.forms().isEmpty()) {
            return demand.required() ? "required" : "optional";
        }
        List<@Nullable Object> forms = new ArrayList<>();
        for (Demand.Form form : demand.forms()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("pattern", form.pattern());
            each.put("hint", form.hint());
            forms.add(each);
        }
        return forms;
    }

    private static Map<String, @Nullable Object> shadow(Shadow shadow) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("decision", word(shadow.kind()));
        json.put("reason", shadow.reason().word());
        json.put("rules", shadow.rules());
        json.put(
                "explanation",
                shadow.traces().stream().map(ExplainedDecision::rule).toList());
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

    private static Map<String, @Nullable Object> stage(Stage stage) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "by",
                stage.by().stream()
                        .map(by -> Map.of(by.kind().word(), by.name()))
                        .toList());
        json.put("people", stage.people());
        return json;
    }

    private static Map<String, @Nullable Object> rule(RuleTrace rule) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rule", rule.rule());
        json.put("effect", rule.effect().word());
        json.put("match", rule.match().text());
        json.put("because", rule.because());
        List<@Nullable Object> comparisons = new ArrayList<>();
        for (ComparisonTrace comparison : rule.comparisons()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("attribute", comparison.attribute());
            each.put("match", comparison.match().text());
            each.put("text", comparison.text());
            comparisons.add(each);
        }
        json.put("comparisons", comparisons);
        return json;
    }
}
