package io.jitapproval.core.cases;

import io.jitapproval.Decision;
import io.jitapproval.GrantTerms;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.core.cases.Expected.Duty;
import io.jitapproval.core.cases.Expected.Terms;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.people.Electors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares an outcome with what was expected, and says each difference. */
final class Check {

    private final Expected expected;
    private final Outcome outcome;
    private final Decision decision;
    private final List<String> differences = new ArrayList<>();

    private Check(Expected expected, Outcome outcome) {
        this.expected = expected;
        this.outcome = outcome;
        this.decision = outcome.decision();
    }

    /**
     * The differences, in the order of the fields; none if the outcome is as expected.
     *
     * @param expected    what was expected
     * @param outcome     what came out
     * @param rules       the ids of the policy's rules
     * @param explanation the text of the explanation
     */
    static List<String> differences(Expected expected, Outcome outcome, Collection<String> rules, String explanation) {
        Check check = new Check(expected, outcome);
        check.decision();
        check.rules(rules);
        check.reason();
        check.approvers();
        check.people();
        check.grant();
        check.obligations();
        check.explanation(explanation);
        return check.differences;
    }

    private void decision() {
        if (decision.kind() != expected.decision()) {
            String by = decision.rules().isEmpty()
                    ? "the default, since no rule counts"
                    : String.join(" and ", decision.rules());
            differences.add("expected decision " + Expected.word(expected.decision()) + ", was "
                    + Expected.word(decision.kind()) + " by " + by);
        }
    }

    private void rules(Collection<String> known) {
        List<String> wanted = expected.rules();
        if (wanted == null || Set.copyOf(wanted).equals(Set.copyOf(decision.rules()))) {
            return;
        }
        StringBuilder text = new StringBuilder("expected rules " + wanted + ", was " + decision.rules());
        for (String rule : wanted) {
            if (!known.contains(rule)) {
                String close = Words.closest(rule, known);
                text.append("; the policy has no rule ")
                        .append(Words.quote(rule))
                        .append(close == null ? "" : ": did you mean '" + close + "'?");
            }
        }
        differences.add(text.toString());
    }

    private void reason() {
        if (expected.reason() != null && expected.reason() != decision.reason()) {
            differences.add("expected reason " + expected.reason().word() + ", was "
                    + decision.reason().word());
        }
    }

    private void approvers() {
        List<String> wanted = expected.approvers();
        if (wanted == null) {
            return;
        }
        Set<String> sorted = new TreeSet<>(wanted);
        if (outcome.approvers().isEmpty()) {
            differences.add("expected approvers " + sorted + ", but nobody is asked");
            return;
        }
        Electors could = outcome.approvers().get();
        if (!sorted.equals(could.ids())) {
            String why = could.nameless()
                    .map(requester -> "; " + requester
                            + " is not among the people, and nobody can be asked for a user who is unknown")
                    .orElse("");
            differences.add("expected approvers " + sorted + ", was " + could.ids() + why);
        }
    }

    private void people() {
        if (expected.people() == null) {
            return;
        }
        if (outcome.approvers().isEmpty()) {
            differences.add("expected people " + expected.people() + ", but nobody is asked");
        } else {
            compare(
                    "people",
                    expected.people(),
                    outcome.required().map(Requirement::people).orElse(0));
        }
    }

    private void grant() {
        Terms wanted = expected.grant();
        if (wanted == null) {
            return;
        }
        if (outcome.required().isEmpty()) {
            differences.add("expected a grant, but none is given");
            return;
        }
        Requirement required = outcome.required().get();
        GrantTerms grant = required.grant();
        compare("grant.within", wanted.within(), grant.within());
        compare("grant.uses", wanted.uses(), grant.uses());
        compare(
                "grant.scope",
                wanted.scope() == null ? null : wanted.scope().word(),
                grant.scope().word());
        compare("grant.useWithin", wanted.useWithin(), required.useWithin());
        compare(
                "grant.from",
                wanted.from() == null ? null : wanted.from().word(),
                grant.clock().word());
    }

    private void compare(String what, @Nullable Object wanted, Object was) {
        if (wanted != null && !wanted.equals(was)) {
            differences.add("expected " + what + " " + wanted + ", was " + was);
        }
    }

    private void obligations() {
        List<Duty> wanted = expected.obligations();
        if (wanted == null) {
            return;
        }
        List<Obligation> was = decision.obligations();
        boolean same = wanted.stream().allMatch(duty -> was.stream().anyMatch(each -> is(duty, each)))
                && was.stream().allMatch(each -> wanted.stream().anyMatch(duty -> is(duty, each)));
        if (!same) {
            List<String> texts = was.stream()
                    .map(each -> each.with().isEmpty() ? each.id() : each.id() + " " + each.with())
                    .toList();
            differences.add("expected obligations " + wanted + ", was " + texts);
        }
    }

    private static boolean is(Duty duty, Obligation obligation) {
        return duty.id().equals(obligation.id()) && (duty.with() == null || same(duty.with(), obligation.with()));
    }

    /** Numbers count as numbers: 10 is 10.00. */
    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof BigDecimal one && b instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        }
        if (a instanceof List<?> some && b instanceof List<?> others && some.size() == others.size()) {
            for (int i = 0; i < some.size(); i++) {
                if (!same(some.get(i), others.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> some && b instanceof Map<?, ?> others) {
            return some.keySet().equals(others.keySet())
                    && some.entrySet().stream().allMatch(entry -> same(entry.getValue(), others.get(entry.getKey())));
        }
        return a != null && a.equals(b);
    }

    private void explanation(String text) {
        for (String wanted : expected.explanation()) {
            if (!text.contains(wanted)) {
                differences.add("expected the explanation to say " + Words.quote(wanted));
            }
        }
    }
}
