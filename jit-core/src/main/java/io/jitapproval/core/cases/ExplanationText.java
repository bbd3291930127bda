package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.AttributeTrace;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Explanation.Shadow;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The full explanation of an outcome, as text for people. */
final class ExplanationText {

    private ExplanationText() {}

    static String of(Case asked, Outcome outcome) {
        Decision decision = outcome.decision();
        EvaluationRequest request = asked.request();
        List<String> lines = new ArrayList<>();
        String on = request.resource().equals(Resource.NONE)
                ? ""
                : " on " + request.resource().ref();
        lines.add(words(decision.kind()) + "  " + request.action().name() + on + " by "
                + name(request.subject().ref()) + " at " + asked.time());
        List<RuleTrace> rules = outcome.explained().explanation().rules();
        Columns columns = new Columns(4);
        rules.forEach(rule -> columns.add(
                "  " + rule.rule(), rule.effect().word(), rule.match().text(), why(rule)));
        lines.addAll(columns.lines());
        if (decision.rules().isEmpty()) {
            lines.add("  no rule counts: the default decides");
        }
        because(decision, rules).forEach(because -> lines.add("because  " + because));
        outcome.required().ifPresent(required -> required(lines, required, outcome));
        for (AttributeTrace attribute : outcome.explained().explanation().attributes()) {
            String from = attribute.source().isEmpty() ? "" : " (from " + attribute.source() + ")";
            lines.add("lookup   " + attribute.attribute() + " " + attribute.text() + from);
        }
        outcome.explained().explanation().shadow().ifPresent(shadow -> shadow(lines, shadow));
        return String.join("\n", lines);
    }

    private static void required(List<String> lines, Requirement required, Outcome outcome) {
        outcome.approvers().ifPresent(approvers -> {
            String stages = required.stages().stream().map(Stage::toString).collect(Collectors.joining(", and "));
            lines.add("asks     " + stages + " within " + required.decideWithin() + "; could approve: "
                    + (approvers.ids().isEmpty() ? "nobody" : String.join(", ", approvers.ids())));
        });
        GrantTerms grant = required.grant();
        lines.add("gives    " + grant.scope().text() + ", " + grant.uses() + (grant.uses() == 1 ? " use" : " uses")
                + " within " + grant.within() + " of " + grant.clock().word().replace('-', ' '));
    }

    private static void shadow(List<String> lines, Shadow shadow) {
        lines.add("shadow   with shadow rules it would be "
                + words(shadow.kind()).toLowerCase(Locale.ROOT) + " by " + shadow.rules());
        Columns columns = new Columns(4);
        shadow.traces()
                .forEach(rule -> columns.add(
                        "  " + rule.rule(), rule.effect().word(), rule.match().text(), why(rule)));
        lines.addAll(columns.lines());
    }

    private static List<String> because(Decision decision, List<RuleTrace> rules) {
        return rules.stream()
                .filter(rule -> decision.rules().contains(rule.rule()))
                .map(RuleTrace::because)
                .filter(because -> !because.isEmpty())
                .distinct()
                .toList();
    }

    private static String why(RuleTrace rule) {
        return rule.comparisons().isEmpty()
                ? "always"
                : rule.comparisons().stream().map(ComparisonTrace::text).collect(Collectors.joining("; "));
    }

    private static String words(Decision.Kind kind) {
        return kind.name().replace('_', ' ');
    }

    private static String name(Ref subject) {
        return subject.type().equals("user") ? subject.id() : subject.toString();
    }
}
