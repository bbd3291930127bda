package io.jitapproval.core.explain;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Decision;
import io.jitapproval.Demand;
import io.jitapproval.Escalation;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantTerms;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a decision asks, gives and obliges to, and why. */
public final class Terms {

    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final int MOST_NAMES = 10;

    private Terms() {}

    /** Why the deciding rules are there, each text once; may be empty. */
    public static String because(Decision decision) {
        return because(decision, decision.explanation().rules());
    }

    /** As above, where the rules are those of another explanation of the same decision. */
    public static String because(Decision decision, List<RuleTrace> rules) {
        return rules.stream()
                .filter(rule -> decision.rules().contains(rule.rule()))
                .map(RuleTrace::because)
                .filter(because -> !because.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** Such as {@code 1 of FINANCE_MANAGER within 30 min, reason required}. */
    public static String asks(Requirement requirement) {
        return asking(requirement, Terms::stage);
    }

    /** Such as {@code 1 of FINANCE_MANAGER (mia, tom) within 30 min}, with the ids of those who could fill each stage. */
    public static String asks(Requirement requirement, Function<? super Stage, ? extends Collection<String>> people) {
        return asking(requirement, stage -> ways(stage) + " (" + names(people.apply(stage)) + ")" + escalations(stage));
    }

    private static String asking(Requirement requirement, Function<Stage, String> stage) {
        return stages(requirement, stage)
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
                + (requirement.votes().denials() == 1
                        ? ""
                        : ", " + requirement.votes().denials() + " denials end it")
                + (requirement.votes().noAuthors() ? ", not by the rules' owners" : "")
                + (requirement.votes().recheck() ? ", looked at again at each use" : "")
                + (requirement.breakGlass().isPresent() ? ", emergencies allowed" : "")
                + (requirement.closedToMachines() ? ", closed to machines" : "");
    }

    /** The stages of one step side by side, those of the next behind a "then". */
    private static String stages(Requirement requirement, Function<Stage, String> words) {
        StringBuilder text = new StringBuilder();
        int rank = 0;
        for (Stage stage : requirement.stages()) {
            if (!text.isEmpty()) {
                text.append(stage.rank() > rank ? ", then " : ", and ");
            }
            rank = stage.rank();
            text.append(words.apply(stage));
        }
        return text.toString();
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

    private static String names(Collection<String> ids) {
        if (ids.isEmpty()) {
            return "nobody";
        }
        String shown = ids.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return ids.size() > MOST_NAMES ? shown + ", … " + ids.size() + " in all" : shown;
    }

    /** Such as {@code 1 of FINANCE_MANAGER or group on-call}; an attribute with the people whom it held, if that is known. */
    public static String stage(Stage stage) {
        return ways(stage) + escalations(stage);
    }

    private static String ways(Stage stage) {
        return stage.ways().stream()
                .map(way -> way.people() + " of " + selectors(way.by()))
                .collect(Collectors.joining(", or else "));
    }

    private static String escalations(Stage stage) {
        return stage.escalations().isEmpty()
                ? ""
                : stage.escalations().stream().map(Terms::escalation).collect(Collectors.joining("; ", " [", "]"));
    }

    private static String escalation(Escalation escalation) {
        String who = escalation.by().isEmpty()
                ? ""
                : (escalation.replaces() ? " instead " : " also ") + selectors(escalation.by());
        String channels = escalation.channels().isEmpty() ? "" : " told by " + String.join(", ", escalation.channels());
        return "after " + words(escalation.after()) + who + channels;
    }

    private static String selectors(Set<ApproverSelector> selectors) {
        return selectors.stream().map(Terms::selector).collect(Collectors.joining(" or "));
    }

    private static String selector(ApproverSelector selector) {
        return switch (selector.kind()) {
            case ROLE, PERSON -> selector.name();
            case GROUP -> "group " + selector.name();
            case ATTRIBUTE ->
                selector.people().isEmpty() ? selector.name() : selector.name() + " (" + names(selector.people()) + ")";
        };
    }

    /** Such as {@code this exact refund, once, within 15 min of approval}. */
    public static String gives(GrantTerms terms, String action) {
        String last = action.substring(action.lastIndexOf('.') + 1);
        String call = WORD.matcher(last).matches() ? last : "call";
        String scope = terms.scope().text().replace("call", call);
        String uses = terms.uses() == 1 ? "once" : "up to " + terms.uses() + " times";
        String from = terms.clock() == GrantClock.FIRST_USE ? " of the first use" : " of approval";
        return scope + ", " + uses + ", within " + words(terms.within()) + from;
    }

    /** A duration as {@code 1 h 30 min}. */
    public static String words(Duration duration) {
        StringJoiner words = new StringJoiner(" ").setEmptyValue("less than 1 ms");
        part(words, duration.toDaysPart(), " d");
        part(words, duration.toHoursPart(), " h");
        part(words, duration.toMinutesPart(), " min");
        part(words, duration.toSecondsPart(), " s");
        part(words, duration.toMillisPart(), " ms");
        return words.toString();
    }

    private static void part(StringJoiner words, long number, String unit) {
        if (number != 0) {
            words.add(number + unit);
        }
    }

    /** The obligations as plain values, in the shape of AuthZEN. */
    public static List<Map<String, @Nullable Object>> obligations(Decision decision) {
        List<Map<String, @Nullable Object>> obligations = new ArrayList<>();
        for (Obligation obligation : decision.obligations()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("id", obligation.id());
            json.put("type", obligation.id());
            json.put("properties", obligation.with());
            obligations.add(json);
        }
        return obligations;
    }
}
