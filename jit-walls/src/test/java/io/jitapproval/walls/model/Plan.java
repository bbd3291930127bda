package io.jitapproval.walls.model;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one rule over {@code pay} and {@code ship} asks for and gives. The model reads it as it is; a guard gets it as a policy. Times are
 * minutes.
 *
 * @param phases   the stages
 * @param decide   how long people may take
 * @param end      what happens when they took longer
 * @param denials  how many denials end it
 * @param coolDown how long a denied call is not asked again
 * @param recheck  whether those who approved are looked at again at each use
 * @param give     what an approval gives
 * @param channel  whether people are told, over a channel
 */
record Plan(
        List<Phase> phases,
        int decide,
        AtDecideBy end,
        int denials,
        int coolDown,
        boolean recheck,
        Give give,
        boolean channel) {

    /** Who may approve is named by a role, or as {@code @mia}. */
    record Choice(Set<String> by, int people) {

        Choice {
            by = new TreeSet<>(by);
        }
    }

    record Later(int after, Set<String> by, boolean instead) {

        Later {
            by = new TreeSet<>(by);
        }
    }

    record Phase(int step, List<Choice> ways, List<Later> later) {

        Set<Set<String>> people() {
            return ways.stream().map(Choice::by).collect(Collectors.toSet());
        }
    }

    record Give(GrantScope scope, int within, int uses, GrantClock clock, int useWithin) {}

    Plan {
        phases = List.copyOf(phases);
    }

    Plan withPhases(List<Phase> others) {
        return new Plan(others, decide, end, denials, coolDown, recheck, give, channel);
    }

    Plan withEnd(AtDecideBy other) {
        return new Plan(phases, decide, other, denials, coolDown, recheck, give, channel);
    }

    Plan withDenials(int other) {
        return new Plan(phases, decide, end, other, coolDown, recheck, give, channel);
    }

    Plan withCoolDown(int other) {
        return new Plan(phases, decide, end, denials, other, recheck, give, channel);
    }

    String policy() {
        return """
                {"default": "deny", "rules": [
                  {"id": "ask", "actions": ["pay", "ship"], "effect": "require-approval",
                   "approval": {"stages": [%s], "decideWithin": "PT%dM", "atDecideBy": "%s", "denials": %d,
                                "coolDown": "PT%dM", "recheck": "%s"},
                   "grant": {"scope": "%s", "within": "PT%dM", "uses": %d, "from": "%s", "useWithin": "PT%dM"}}]}
                """.formatted(
                        phases.stream().map(Plan::stage).collect(Collectors.joining(", ")),
                        decide,
                        end.word(),
                        denials,
                        coolDown,
                        recheck ? "use" : "vote",
                        give.scope().word(),
                        give.within(),
                        give.uses(),
                        give.clock().word(),
                        give.useWithin());
    }

    private static String stage(Phase phase) {
        String any = phase.ways().stream()
                .map(way -> "{\"by\": %s, \"people\": %d}".formatted(by(way.by()), way.people()))
                .collect(Collectors.joining(", "));
        String escalate = phase.later().stream()
                .map(later -> "{\"after\": \"PT%dM\", \"by\": %s, \"instead\": %s}"
                        .formatted(later.after(), by(later.by()), later.instead()))
                .collect(Collectors.joining(", "));
        return "{\"any\": [%s], \"step\": %d%s}"
                .formatted(any, phase.step(), escalate.isEmpty() ? "" : ", \"escalate\": [" + escalate + "]");
    }

    private static String by(Set<String> names) {
        return names.stream()
                .map(name -> name.startsWith("@")
                        ? "{\"person\": \"" + name.substring(1) + "\"}"
                        : "{\"role\": \"" + name + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@return the plan as a reader of a counterexample wants it} */
    @Override
    public String toString() {
        String asks = phases.stream()
                .map(phase -> (phase.step() == 1 ? "" : "then ")
                        + phase.ways().stream()
                                .map(way -> way.people() + " of " + way.by())
                                .collect(Collectors.joining(" or "))
                        + phase.later().stream()
                                .map(later -> " (after " + later.after() + "m "
                                        + (later.instead() ? "instead " : "also ") + later.by() + ")")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("; "));
        return "%s | %dm, at the end %s, %d denials, cool-down %dm%s | gives %s %dm from %s, %d uses, use within %dm%s"
                .formatted(
                        asks,
                        decide,
                        end.word(),
                        denials,
                        coolDown,
                        recheck ? ", rechecked" : "",
                        give.scope().word(),
                        give.within(),
                        give.clock().word(),
                        give.uses(),
                        give.useWithin(),
                        channel ? " | told" : "");
    }
}
