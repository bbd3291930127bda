package io.jitapproval.core.policy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code approval} and {@code grant}. */
final class ApprovalReader {

    private static final int MOST_PEOPLE = 1000;

    private static final List<String> APPROVAL = List.of("by", "people", "decideWithin", "reason", "autoApproval");
    private static final List<String> GRANT = List.of("within", "uses", "scope", "useWithin", "from");
    private static final List<String> KINDS = Arrays.stream(ApproverSelector.Kind.values())
            .map(ApproverSelector.Kind::word)
            .toList();
    private static final List<String> SCOPES =
            Arrays.stream(GrantScope.values()).map(GrantScope::word).toList();
    private static final List<String> CLOCKS =
            Arrays.stream(GrantClock.values()).map(GrantClock::word).toList();

    private final Problems problems;

    /** What a grant gives and how long the approval may stay unused. */
    private record Given(GrantTerms terms, Duration useWithin) {}

    ApprovalReader(Problems problems) {
        this.problems = problems;
    }

    /** What people are asked; empty, with a problem, if that cannot be read. */
    Optional<Requirement> asked(Node approval, @Nullable Node grant) {
        Given given = grant(grant);
        Fields fields = Fields.of(approval, problems, "'approval'", APPROVAL);
        if (fields == null) {
            return Optional.empty();
        }
        Node by = fields.required("by", "\"by\": {\"role\": \"FINANCE_MANAGER\"}, {\"group\": …} or {\"person\": …}");
        Set<ApproverSelector> selectors = by == null ? Set.of() : by(by);
        int people = fields.number("people", 1, MOST_PEOPLE);
        Duration decideWithin =
                duration(fields, "decideWithin", Requirement.DEFAULT_DECIDE_WITHIN, Requirement.LONGEST_DECIDE_WITHIN);
        String reason = fields.word("reason", List.of("optional", "required"));
        String automatic = fields.word("autoApproval", List.of("allowed", "never"));
        if (selectors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Requirement(
                Set.of(new Stage(selectors, people)),
                decideWithin,
                given.useWithin(),
                given.terms(),
                "required".equals(reason),
                "never".equals(automatic)));
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

    private Set<ApproverSelector> by(Node node) {
        Set<ApproverSelector> selectors = new TreeSet<>();
        if (node instanceof Node.Arr array) {
            if (array.items().isEmpty()) {
                problems.add(Code.EMPTY, node, "'by' is empty: name at least one role, group or person");
            }
            array.items().forEach(item -> selector(item).ifPresent(selectors::add));
        } else {
            selector(node).ifPresent(selectors::add);
        }
        return selectors;
    }

    private Optional<ApproverSelector> selector(Node node) {
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, "'by'", "an object such as {\"role\": \"FINANCE_MANAGER\"}, or a list of them");
            return Optional.empty();
        }
        if (object.fields().size() != 1) {
            problems.add(
                    Code.WORD,
                    node,
                    "an approver is named in one way, role, group or person, but here are "
                            + object.fields().size() + ": write a list for any of several");
            return Optional.empty();
        }
        Map.Entry<String, Node.Field> field =
                object.fields().entrySet().iterator().next();
        String name = Fields.text(field.getValue().value(), field.getKey(), problems);
        for (ApproverSelector.Kind kind : ApproverSelector.Kind.values()) {
            if (kind.word().equals(field.getKey())) {
                return name == null ? Optional.empty() : Optional.of(new ApproverSelector(kind, name));
            }
        }
        problems.add(
                Code.WORD,
                field.getValue().key(),
                "unknown way to name an approver " + Words.quote(field.getKey()) + Words.hint(field.getKey(), KINDS));
        return Optional.empty();
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
