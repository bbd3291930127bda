package io.jitapproval.core.policy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Escalation;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.Way;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads who has to approve: {@code by}, {@code people}, {@code any}, {@code escalate}, {@code stages}. */
final class StagesReader {

    static final int MOST_PEOPLE = 1000;
    static final List<String> WAY = List.of("by", "people");
    static final List<String> STAGE = FieldOrder.STAGE.names();
    static final List<String> ESCALATION = List.of("after", "by", "instead", "channels");
    private static final List<String> OF_ONE_STAGE = List.of("by", "people", "any", "escalate");
    private static final String BY = "\"by\": {\"role\": \"FINANCE_MANAGER\"}, {\"group\": …} or {\"person\": …}";

    private final Problems problems;
    private final ApproversReader approvers;

    StagesReader(Problems problems, ApproversReader approvers) {
        this.problems = problems;
        this.approvers = approvers;
    }

    /** The stages of an approval; empty, with a problem, if they cannot be read. */
    Set<Stage> of(Fields approval) {
        return approval.has("stages")
                ? stages(approval)
                : stage(approval, 1).map(Set::of).orElse(Set.of());
    }

    private Set<Stage> stages(Fields fields) {
        for (String other : OF_ONE_STAGE) {
            if (fields.has(other)) {
                problems.add(
                        Code.STAGES,
                        fields.key(other),
                        "'" + other + "' stands beside 'stages': write it into one of the stages");
            }
        }
        Node list = fields.get("stages");
        if (!(list instanceof Node.Arr array)) {
            if (list != null) {
                problems.wrongType(list, "'stages'", "a list such as [{\"by\": {\"role\": \"FINANCE_MANAGER\"}}]");
            }
            return Set.of();
        }
        if (array.items().isEmpty()) {
            problems.add(Code.EMPTY, list, "'stages' is empty: write at least one");
        }
        Set<Stage> stages = new LinkedHashSet<>();
        Set<Object> seen = new HashSet<>();
        Set<Integer> steps = new HashSet<>();
        int highest = 0;
        for (Node item : array.items()) {
            Fields stage = Fields.of(item, problems, "a stage", STAGE);
            if (stage == null) {
                continue;
            }
            int step = stage.number("step", 1, Stage.MOST);
            steps.add(step);
            highest = Math.max(highest, step);
            Optional<Stage> read = stage(stage, step);
            if (read.isPresent() && !seen.add(List.of(step, people(read.get())))) {
                problems.add(
                        Code.STAGES,
                        item,
                        "an earlier stage has the same people: write one stage with a larger number of 'people'");
            }
            read.ifPresent(stages::add);
        }
        for (int step = 1; step < highest; step++) {
            if (!steps.contains(step)) {
                problems.add(
                        Code.STAGES,
                        list,
                        "there is a step " + highest + " but no step " + step
                                + ": count the steps from 1, without a gap");
                break;
            }
        }
        return stages;
    }

    private static Set<Set<ApproverSelector>> people(Stage stage) {
        return stage.ways().stream().map(Way::by).collect(Collectors.toSet());
    }

    private Optional<Stage> stage(Fields fields, int step) {
        Set<Way> ways =
                fields.has("any") ? any(fields) : way(fields).map(Set::of).orElse(Set.of());
        Set<Escalation> escalations = escalations(fields);
        return ways.isEmpty() ? Optional.empty() : Optional.of(new Stage(ways, step, escalations));
    }

    private Set<Way> any(Fields fields) {
        for (String other : WAY) {
            if (fields.has(other)) {
                problems.add(
                        Code.STAGES,
                        fields.key(other),
                        "'" + other + "' stands beside 'any': write it into one of the ways");
            }
        }
        Node list = fields.get("any");
        if (!(list instanceof Node.Arr array)) {
            if (list != null) {
                problems.wrongType(
                        list,
                        "'any'",
                        "a list of ways such as [{\"by\": {\"role\": \"CFO\"}}, {\"by\": …, \"people\": 2}]");
            }
            return Set.of();
        }
        if (array.items().isEmpty() || array.items().size() > Stage.MOST) {
            problems.add(
                    array.items().isEmpty() ? Code.EMPTY : Code.STAGES,
                    list,
                    "'any' has 1 to " + Stage.MOST + " ways, but here are "
                            + array.items().size());
            return Set.of();
        }
        Set<Way> ways = new LinkedHashSet<>();
        for (Node item : array.items()) {
            Fields way = Fields.of(item, problems, "a way", WAY);
            Optional<Way> read = way == null ? Optional.empty() : way(way);
            if (read.isPresent()
                    && ways.stream()
                            .anyMatch(other -> other.by().equals(read.get().by()))) {
                problems.add(
                        Code.STAGES, item, "an earlier way has the same people, so one of the two is never needed");
            }
            read.ifPresent(ways::add);
        }
        return ways;
    }

    private Optional<Way> way(Fields fields) {
        Node by = fields.required("by", BY);
        Set<ApproverSelector> selectors = by == null ? Set.of() : approvers.by(by);
        int people = fields.number("people", 1, MOST_PEOPLE);
        return selectors.isEmpty() ? Optional.empty() : Optional.of(new Way(selectors, people));
    }

    private Set<Escalation> escalations(Fields fields) {
        Node list = fields.get("escalate");
        if (list == null) {
            return Set.of();
        }
        if (!(list instanceof Node.Arr array)) {
            problems.wrongType(
                    list, "'escalate'", "a list such as [{\"after\": \"PT10M\", \"by\": {\"role\": \"CFO\"}}]");
            return Set.of();
        }
        Set<Escalation> escalations = new LinkedHashSet<>();
        for (Node item : array.items()) {
            Fields escalation = Fields.of(item, problems, "an escalation", ESCALATION);
            if (escalation != null) {
                escalation(escalation).ifPresent(escalations::add);
            }
        }
        return escalations;
    }

    private Optional<Escalation> escalation(Fields fields) {
        Node required = fields.required("after", "\"after\": \"PT10M\"");
        Optional<Duration> after = required == null
                ? Optional.empty()
                : Lengths.read(fields, "after", Requirement.LONGEST_DECIDE_WITHIN, problems);
        Node by = fields.get("by");
        boolean replaces = replaces(fields);
        Set<ApproverSelector> selectors = by == null ? Set.of() : approvers.by(by);
        Set<String> channels =
                fields.texts("channels").stream().map(Node.Str::value).collect(Collectors.toSet());
        if (by == null && (fields.has("instead") || channels.isEmpty())) {
            fields.required("by", BY);
            return Optional.empty();
        }
        boolean usable = by == null || !selectors.isEmpty();
        return usable ? after.map(length -> new Escalation(length, selectors, replaces, channels)) : Optional.empty();
    }

    private boolean replaces(Fields fields) {
        Node instead = fields.get("instead");
        if (instead != null && !(instead instanceof Node.Bool)) {
            problems.wrongType(instead, "'instead'", "true or false");
        }
        return instead instanceof Node.Bool bool && bool.value();
    }
}
