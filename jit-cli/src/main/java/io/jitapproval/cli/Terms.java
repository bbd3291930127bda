package io.jitapproval.cli;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Decision;
import io.jitapproval.Demand;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an approval needs and gives, in words. */
final class Terms {

    private static final Pattern WORD = Pattern.compile("[a-z]+");

    private Terms() {}

    /** Why the deciding rules are there, each text once; may be empty. */
    static String because(Decision decision) {
        return decision.explanation().rules().stream()
                .filter(rule -> decision.rules().contains(rule.rule()))
                .map(RuleTrace::because)
                .filter(because -> !because.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** Such as {@code 1 of FINANCE_MANAGER (mia, tom) within 30 min, reason required}; names only where electors are given. */
    static String asks(Requirement requirement, @Nullable Electors electors) {
        String stages = requirement.stages().stream()
                .map(stage -> stage(stage, electors))
                .collect(Collectors.joining(", and "));
        return stages
                + " within " + words(requirement.decideWithin())
                + demanded("reason", requirement.reason())
                + demanded("ticket", requirement.ticket())
                + requirement
                        .votes()
                        .channels()
                        .map(names -> ", votes by " + any(names))
                        .orElse("")
                + requirement
                        .votes()
                        .assurance()
                        .map(words -> ", voters assured by " + any(words))
                        .orElse("")
                + (requirement.closedToMachines() ? ", closed to machines" : "");
    }

    private static String demanded(String what, Demand demand) {
        if (!demand.required()) {
            return "";
        }
        String hints = demand.forms().stream().map(Demand.Form::hint).collect(Collectors.joining("; "));
        return ", " + what + " required" + (hints.isEmpty() ? "" : " (" + hints + ")");
    }

    private static String any(Set<String> words) {
        return words.isEmpty() ? "nothing that all rules allow" : String.join(" or ", words);
    }

    private static String stage(Stage stage, @Nullable Electors electors) {
        String who = stage.by().stream().map(Terms::selector).collect(Collectors.joining(" or "));
        return stage.people() + " of " + who + (electors == null ? "" : " (" + electors.names(stage) + ")");
    }

    private static String selector(ApproverSelector selector) {
        return switch (selector.kind()) {
            case ROLE, PERSON, ATTRIBUTE -> selector.name();
            case GROUP -> "group " + selector.name();
        };
    }

    /** Such as {@code this exact refund, once, within 15 min of approval}. */
    static String gives(GrantTerms terms, String action) {
        String last = action.substring(action.lastIndexOf('.') + 1);
        String call = WORD.matcher(last).matches() ? last : "call";
        String scope = terms.scope() == GrantScope.EXACT
                ? "this exact " + call
                : terms.scope().text().replace("any such call", "any such " + call);
        String uses = terms.uses() == 1 ? "once" : "up to " + terms.uses() + " times";
        String from = terms.clock() == GrantClock.FIRST_USE ? " of the first use" : " of approval";
        return scope + ", " + uses + ", within " + words(terms.within()) + from;
    }

    /** A duration as {@code 1 h 30 min}. */
    static String words(Duration duration) {
        List<String> parts = new ArrayList<>();
        part(parts, duration.toDaysPart(), " d");
        part(parts, duration.toHoursPart(), " h");
        part(parts, duration.toMinutesPart(), " min");
        part(parts, duration.toSecondsPart(), " s");
        part(parts, duration.toMillisPart(), " ms");
        return parts.isEmpty() ? "less than 1 ms" : String.join(" ", parts);
    }

    private static void part(List<String> parts, long number, String unit) {
        if (number != 0) {
            parts.add(number + unit);
        }
    }
}
