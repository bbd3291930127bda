package io.jitapproval.core.policy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Course;
import io.jitapproval.Demand;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.VoteTerms;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.LinearPattern;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code approval} and {@code grant}. */
final class ApprovalReader {

    static final int MOST_PEOPLE = 1000;

    static final List<String> APPROVAL = FieldOrder.APPROVAL.names();
    static final List<String> STAGE = List.of("by", "people");
    static final List<String> DEMAND = List.of("pattern", "hint");
    static final List<String> DEMANDED = List.of("optional", "required");
    private static final String BY = "\"by\": {\"role\": \"FINANCE_MANAGER\"}, {\"group\": …} or {\"person\": …}";
    static final List<String> AUTOMATIC = List.of("allowed", "never");
    static final List<String> GRANT = FieldOrder.GRANT.names();
    static final List<String> SCOPES =
            Arrays.stream(GrantScope.values()).map(GrantScope::word).toList();
    static final List<String> CLOCKS =
            Arrays.stream(GrantClock.values()).map(GrantClock::word).toList();

    private final Problems problems;
    private final ApproversReader approvers;

    /** What a grant gives and how long the approval may stay unused. */
    private record Given(GrantTerms terms, Duration useWithin) {}

    ApprovalReader(Problems problems, ApproversReader approvers) {
        this.problems = problems;
        this.approvers = approvers;
    }

    /** What people are asked; empty, with a problem, if that cannot be read. */
    Optional<Requirement> asked(Node approval, @Nullable Node grant) {
        Given given = grant(grant);
        Fields fields = Fields.of(approval, problems, "'approval'", APPROVAL);
        if (fields == null) {
            return Optional.empty();
        }
        Set<Stage> stages =
                fields.has("stages") ? stages(fields) : one(fields).map(Set::of).orElse(Set.of());
        Duration decideWithin =
                duration(fields, "decideWithin", Requirement.DEFAULT_DECIDE_WITHIN, Requirement.LONGEST_DECIDE_WITHIN);
        Demand reason = demand(fields, "reason");
        Demand ticket = demand(fields, "ticket");
        VoteTerms votes = new VoteTerms(words(fields, "channels"), words(fields, "assurance"));
        String automatic = fields.word("autoApproval", AUTOMATIC);
        if (stages.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Requirement(
                stages,
                decideWithin,
                given.useWithin(),
                given.terms(),
                reason,
                ticket,
                votes,
                Course.DEFAULT,
                Optional.empty(),
                "never".equals(automatic)));
    }

    private Optional<Stage> one(Fields fields) {
        Node by = fields.required("by", BY);
        Set<ApproverSelector> selectors = by == null ? Set.of() : approvers.by(by);
        int people = fields.number("people", 1, MOST_PEOPLE);
        return selectors.isEmpty() ? Optional.empty() : Optional.of(new Stage(selectors, people));
    }

    private Set<Stage> stages(Fields fields) {
        for (String other : STAGE) {
            if (fields.has(other)) {
                problems.add(
                        Code.STAGES,
                        fields.key(other),
                        "'" + other + "' stands beside 'stages': write it into one of the stages");
            }
        }
        Node list = fields.get("stages");
        Map<Set<ApproverSelector>, Stage> stages = new LinkedHashMap<>();
        if (!(list instanceof Node.Arr array)) {
            if (list != null) {
                problems.wrongType(list, "'stages'", "a list such as [{\"by\": {\"role\": \"FINANCE_MANAGER\"}}]");
            }
            return Set.of();
        }
        if (array.items().isEmpty()) {
            problems.add(Code.EMPTY, list, "'stages' is empty: write at least one");
        }
        for (Node item : array.items()) {
            Fields stage = Fields.of(item, problems, "a stage", STAGE);
            Optional<Stage> read = stage == null ? Optional.empty() : one(stage);
            if (read.isPresent() && stages.put(read.get().by(), read.get()) != null) {
                problems.add(
                        Code.STAGES,
                        item,
                        "an earlier stage has the same people: write one stage with a larger number of 'people'");
            }
        }
        return Set.copyOf(stages.values());
    }

    /** What the requester has to say; optional if the field is missing or, with a problem, cannot be used. */
    private Demand demand(Fields fields, String name) {
        if (!(fields.get(name) instanceof Node.Obj object)) {
            return "required".equals(fields.word(name, DEMANDED)) ? Demand.REQUIRED : Demand.OPTIONAL;
        }
        Fields form = Fields.of(object, problems, "'" + name + "'", DEMAND);
        Node pattern = form == null ? null : form.required("pattern", "\"pattern\": \"JIRA-[0-9]+\"");
        Node hint = form == null ? null : form.required("hint", "\"hint\": \"the issue, such as JIRA-123\"");
        if (form == null || pattern == null || hint == null) {
            return Demand.REQUIRED;
        }
        String text = form.text("pattern");
        String help = form.text("hint");
        if (text == null || help == null) {
            return Demand.REQUIRED;
        }
        try {
            LinearPattern.compile(text);
        } catch (IllegalArgumentException e) {
            problems.add(Code.FORM, pattern, "the pattern " + Words.quote(text) + " " + e.getMessage());
        }
        return new Demand(true, Set.of(new Demand.Form(text, help)));
    }

    private Optional<Set<String>> words(Fields fields, String name) {
        return fields.has(name)
                ? Optional.of(fields.texts(name).stream().map(Node.Str::value).collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** What a rule gives that answers in people's place. Merged with what others ask, it only narrows the grant. */
    Optional<Requirement> automatic(@Nullable Node grant) {
        Given given = grant(grant);
        return Optional.of(new Requirement(
                Set.of(), Requirement.LONGEST_DECIDE_WITHIN, given.useWithin(), given.terms(), false, false));
    }

    private Given grant(@Nullable Node node) {
        GrantTerms preset = GrantTerms.DEFAULT;
        Fields fields = node == null ? null : Fields.of(node, problems, "'grant'", GRANT);
        if (fields == null) {
            return new Given(preset, preset.within());
        }
        Duration within = duration(fields, "within", preset.within(), GrantTerms.LONGEST);
        Duration useWithin = duration(fields, "useWithin", within, GrantTerms.LONGEST);
        int uses = fields.number("uses", preset.uses(), Integer.MAX_VALUE);
        String scope = fields.word("scope", SCOPES);
        String clock = fields.word("from", CLOCKS);
        return new Given(
                new GrantTerms(
                        Stream.of(GrantScope.values())
                                .filter(each -> each.word().equals(scope))
                                .findFirst()
                                .orElse(preset.scope()),
                        within,
                        uses,
                        Stream.of(GrantClock.values())
                                .filter(each -> each.word().equals(clock))
                                .findFirst()
                                .orElse(preset.clock())),
                useWithin);
    }

    /** The duration of a field; the preset if it is missing or, with a problem, cannot be used. */
    private Duration duration(Fields fields, String name, Duration preset, Duration longest) {
        Node node = fields.get(name);
        if (node == null) {
            return preset;
        }
        String form = "a duration such as \"PT30M\", \"PT8H\" or \"P1D\"";
        if (!(node instanceof Node.Str text)) {
            problems.wrongType(node, "'" + name + "'", form);
            return preset;
        }
        String what = "'" + name + "' " + text.show();
        Duration duration;
        try {
            duration = Duration.parse(text.value());
        } catch (DateTimeParseException e) {
            // The form is right, the number too large.
            if (e.getCause() != null) {
                problems.add(Code.DURATION, node, what + " is too long: at most " + longest);
            } else if (isCalendar(text.value())) {
                problems.add(
                        Code.DURATION,
                        node,
                        what
                                + " counts in years, months or weeks, whose length depends on the calendar: count in days, hours"
                                + " or minutes, such as \"P30D\"");
            } else {
                problems.add(Code.DURATION, node, what + " is not " + form);
            }
            return preset;
        }
        if (duration.isNegative() || duration.isZero()) {
            problems.add(Code.DURATION, node, what + " must be longer than zero");
        } else if (duration.compareTo(longest) > 0) {
            problems.add(Code.DURATION, node, what + " is too long: at most " + longest);
        } else {
            return duration;
        }
        return preset;
    }

    private static boolean isCalendar(String text) {
        try {
            return !Period.parse(text.split("T", 2)[0]).isZero();
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
