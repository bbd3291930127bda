package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.Reason;
import io.jitapproval.core.cases.Expected.Duty;
import io.jitapproval.core.cases.Expected.Terms;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.people.Crowd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a case expects. */
final class ExpectReader {

    static final List<String> EXPECT =
            List.of("decision", "rules", "reason", "approvers", "people", "grant", "obligations", "explanation");
    static final List<String> GRANT = List.of("within", "uses", "scope", "useWithin", "from");

    private static final int MOST = Integer.MAX_VALUE;
    private static final List<Reason> REASONS = Arrays.stream(Decision.Kind.values())
            .flatMap(kind -> reasons(kind).stream())
            .toList();

    private final Problems problems;
    private final Crowd crowd;

    ExpectReader(Problems problems, Crowd crowd) {
        this.problems = problems;
        this.crowd = crowd;
    }

    /** Null, with a problem, if nobody could say whether it holds. */
    @Nullable
    Expected read(Node node) {
        Fields fields = Fields.of(node, problems, "'expect'", EXPECT);
        if (fields == null) {
            return null;
        }
        fields.required("decision", "\"decision\": \"permit\", \"deny\" or \"approval-required\"");
        Decision.Kind decision = word(fields, "decision", List.of(Decision.Kind.values()), Expected::word);
        Reason reason = word(fields, "reason", REASONS, Reason::word);
        List<String> rules = values(fields, "rules");
        List<String> approvers = approvers(fields);
        Integer people = number(fields, "people");
        Terms grant = grant(fields.get("grant"));
        List<Duty> obligations = obligations(fields.get("obligations"));
        Node explanation = fields.get("explanation");
        List<String> texts = explanation == null
                ? List.of()
                : Plain.oneOrMore(explanation, "explanation", problems).stream()
                        .map(Node.Str::value)
                        .toList();
        if (decision == null) {
            return null;
        }
        contradictions(fields, decision, reason);
        return new Expected(decision, rules, reason, approvers, people, grant, obligations, texts);
    }

    /** Those that a policy gives with a decision. */
    private static List<Reason> reasons(Decision.Kind decision) {
        return switch (decision) {
            case PERMIT -> List.of(Reason.POLICY_ALLOWED, Reason.AUTO_APPROVED);
            case DENY -> List.of(Reason.POLICY_DENIED, Reason.NO_RULE_MATCHED);
            case APPROVAL_REQUIRED -> List.of(Reason.APPROVAL_REQUIRED);
        };
    }

    private void contradictions(Fields fields, Decision.Kind decision, @Nullable Reason reason) {
        if (reason != null && !reasons(decision).contains(reason)) {
            List<String> possible = reasons(decision).stream().map(Reason::word).toList();
            TestCode.CONTRADICTION.at(
                    fields.key("reason"),
                    problems,
                    "'reason' is expected to be '" + reason.word() + "' beside the decision '" + Expected.word(decision)
                            + "', whose reason is " + Words.list(possible));
        }
        Set<String> idle = switch (decision) {
            case PERMIT -> Set.of("approvers", "people");
            case DENY -> Set.of("approvers", "people", "grant");
            case APPROVAL_REQUIRED -> Set.of();
        };
        for (String field : EXPECT) {
            if (fields.has(field) && idle.contains(field)) {
                String only = field.equals("grant") ? "nothing is given" : "nobody is asked";
                TestCode.CONTRADICTION.at(
                        fields.key(field),
                        problems,
                        "'" + field + "' is expected beside the decision '" + Expected.word(decision) + "', where "
                                + only);
            }
        }
    }

    private @Nullable List<String> values(Fields fields, String name) {
        List<Node.Str> texts = Plain.texts(fields.get(name), name, problems);
        return texts == null ? null : texts.stream().map(Node.Str::value).toList();
    }

    private @Nullable List<String> approvers(Fields fields) {
        List<Node.Str> texts = Plain.texts(fields.get("approvers"), "approvers", problems);
        for (Node.Str text : texts == null ? List.<Node.Str>of() : texts) {
            if (!crowd.ids().contains(text.value())) {
                String hint = crowd.ids().isEmpty() ? ": it has none" : Words.hint(text.value(), crowd.ids());
                TestCode.PERSON.at(text, problems, "the approver " + text.show() + " is not among the 'people'" + hint);
            }
        }
        return values(fields, "approvers");
    }

    private @Nullable Integer number(Fields fields, String name) {
        return fields.has(name) ? fields.number(name, 1, MOST) : null;
    }

    private @Nullable Terms grant(@Nullable Node node) {
        Fields fields = node == null ? null : Fields.of(node, problems, "'grant'", GRANT);
        if (node == null || fields == null) {
            return null;
        }
        if (GRANT.stream().noneMatch(fields::has)) {
            problems.add(Code.EMPTY, node, "'grant' says nothing: write what is expected, such as {\"uses\": 1}");
        }
        return new Terms(
                Plain.duration(fields.get("within"), "within", problems),
                number(fields, "uses"),
                word(fields, "scope", List.of(GrantScope.values()), GrantScope::word),
                Plain.duration(fields.get("useWithin"), "useWithin", problems),
                word(fields, "from", List.of(GrantClock.values()), GrantClock::word));
    }

    private @Nullable List<Duty> obligations(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        List<Duty> obligations = new ArrayList<>();
        for (Node item : Plain.items(node, "obligations", problems)) {
            if (item instanceof Node.Str) {
                String id = Fields.text(item, "obligations", problems);
                if (id != null) {
                    obligations.add(new Duty(id, null));
                }
                continue;
            }
            Fields fields = Fields.of(item, problems, "an obligation", List.of("id", "with"));
            if (fields == null || fields.required("id", "\"id\": \"mask-columns\"") == null) {
                continue;
            }
            String id = fields.text("id");
            if (id != null) {
                Node with = fields.get("with");
                obligations.add(new Duty(id, with == null ? null : Plain.properties(with, "with", problems)));
            }
        }
        return obligations;
    }

    /** Null if the field is missing or, with a problem, is none of the words. */
    private <T> @Nullable T word(Fields fields, String name, List<T> values, Function<T, String> words) {
        String text = fields.text(name);
        Node node = fields.get(name);
        if (text == null || node == null) {
            return null;
        }
        for (T value : values) {
            if (words.apply(value).equals(text)) {
                return value;
            }
        }
        List<String> known = values.stream().map(words).toList();
        problems.add(Code.WORD, node, "unknown " + name + " " + Words.quote(text) + Words.hint(text, known));
        return null;
    }
}
