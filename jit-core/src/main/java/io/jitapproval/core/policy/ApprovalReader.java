package io.jitapproval.core.policy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.BreakGlass;
import io.jitapproval.Course;
import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Demand;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.VoteTerms;
import io.jitapproval.Way;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.LinearPattern;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code approval}. */
final class ApprovalReader {

    static final List<String> APPROVAL = FieldOrder.APPROVAL.names();
    static final List<String> DEMAND = List.of("pattern", "hint");
    static final List<String> DEMANDED = List.of("optional", "required");
    static final List<String> AUTOMATIC = List.of("allowed", "never");
    static final List<String> AUTHORS = List.of("allowed", "never");
    static final List<String> RECHECKS = List.of("vote", "use");
    static final List<String> TELL = List.of("atMost", "first");
    static final List<String> ENDS =
            List.of(AtDecideBy.EXPIRE.word(), AtDecideBy.DENY.word(), AtDecideBy.ESCALATE.word());
    static final List<String> BREAK_GLASS = FieldOrder.BREAK_GLASS.names();

    /** How long an emergency lasts where the rule says nothing, and how long its review may take. */
    static final Duration EMERGENCY = Duration.ofMinutes(15);

    static final Duration REVIEW = Duration.ofDays(2);

    private final Problems problems;
    private final ApproversReader approvers;
    private final StagesReader stages;

    ApprovalReader(Problems problems, ApproversReader approvers) {
        this.problems = problems;
        this.approvers = approvers;
        this.stages = new StagesReader(problems, approvers);
    }

    /** What people are asked; empty, with a problem, if that cannot be read. */
    Optional<Requirement> asked(Node approval, @Nullable Node grant) {
        GrantReader.Given given = GrantReader.given(grant, problems);
        Fields fields = Fields.of(approval, problems, "'approval'", APPROVAL);
        if (fields == null) {
            return Optional.empty();
        }
        Set<Stage> asked = stages.of(fields);
        Duration decideWithin = Lengths.read(
                fields, "decideWithin", Requirement.DEFAULT_DECIDE_WITHIN, Requirement.LONGEST_DECIDE_WITHIN, problems);
        Demand reason = demand(fields, "reason");
        Demand ticket = demand(fields, "ticket");
        VoteTerms votes = new VoteTerms(
                words(fields, "channels"),
                words(fields, "assurance"),
                fields.number("denials", 1, StagesReader.MOST_PEOPLE),
                "never".equals(fields.word("authors", AUTHORS)),
                "use".equals(fields.word("recheck", RECHECKS)));
        Course course = course(fields);
        Optional<BreakGlass> breakGlass = breakGlass(fields);
        String automatic = fields.word("autoApproval", AUTOMATIC);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Requirement(
                asked,
                decideWithin,
                given.useWithin(),
                given.terms(),
                reason,
                ticket,
                votes,
                course,
                breakGlass,
                "never".equals(automatic)));
    }

    private Course course(Fields fields) {
        String end = fields.word("atDecideBy", ENDS);
        int most = Course.DEFAULT_TELL_AT_MOST;
        Set<ApproverSelector> first = Set.of();
        Node node = fields.get("tell");
        Fields tell = node == null ? null : Fields.of(node, problems, "'tell'", TELL);
        if (tell != null) {
            most = tell.number("atMost", most, StagesReader.MOST_PEOPLE);
            Node whom = tell.get("first");
            first = whom == null ? first : approvers.by(whom, "'first'");
        }
        return new Course(
                Stream.of(AtDecideBy.values())
                        .filter(each -> each.word().equals(end))
                        .findFirst()
                        .orElse(AtDecideBy.EXPIRE),
                Lengths.read(fields, "remindAfter", Requirement.LONGEST_DECIDE_WITHIN, problems),
                most,
                first,
                Lengths.orZero(
                        fields, "coolDown", Course.DEFAULT_COOL_DOWN, Requirement.LONGEST_DECIDE_WITHIN, problems));
    }

    private Optional<BreakGlass> breakGlass(Fields fields) {
        Node node = fields.get("breakGlass");
        Fields glass = node == null ? null : Fields.of(node, problems, "'breakGlass'", BREAK_GLASS);
        if (glass == null) {
            return Optional.empty();
        }
        Set<ApproverSelector> by = people(glass, "by");
        Set<ApproverSelector> alarm = people(glass, "alarm");
        Set<ApproverSelector> review = people(glass, "review");
        Duration within = Lengths.read(glass, "within", EMERGENCY, BreakGlass.LONGEST, problems);
        Duration reviewWithin = Lengths.read(glass, "reviewWithin", REVIEW, BreakGlass.LONGEST_REVIEW, problems);
        if (by.isEmpty() || alarm.isEmpty() || review.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new BreakGlass(Set.of(new Way(by, 1)), alarm, within, Set.of(new Way(review, 1)), reviewWithin));
    }

    private Set<ApproverSelector> people(Fields fields, String name) {
        Node node = fields.required(name, "\"" + name + "\": {\"role\": \"SECURITY\"}");
        return node == null ? Set.of() : approvers.by(node, "'" + name + "'");
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
}
