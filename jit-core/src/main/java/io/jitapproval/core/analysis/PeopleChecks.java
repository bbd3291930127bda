package io.jitapproval.core.analysis;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Effect;
import io.jitapproval.Stage;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.PolicyView.RuleView;
import io.jitapproval.spi.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for approvals that nobody can give, or that people choose who need them. */
final class PeopleChecks {

    private final Lint lint;
    private final @Nullable List<Person> people;

    private PeopleChecks(Lint lint, @Nullable List<Person> people) {
        this.lint = lint;
        this.people = people;
    }

    static void look(Lint lint, @Nullable List<Person> people) {
        PeopleChecks checks = new PeopleChecks(lint, people);
        for (RuleView rule : lint.policy().rules()) {
            if (rule.effect() == Effect.REQUIRE_APPROVAL) {
                rule.requirement().ifPresent(asked -> asked.stages().forEach(stage -> checks.stage(rule, stage)));
            }
        }
    }

    private void stage(RuleView rule, Stage stage) {
        if (stage.by().stream().allMatch(PeopleChecks::isRequester)) {
            lint.add(
                    Check.OWN_APPROVER,
                    rule,
                    "approval",
                    "the rule " + Words.quote(rule.id())
                            + " asks only the requester, and nobody decides on their own request",
                    "name somebody else, such as {attribute: subject.manager}");
            return;
        }
        stage.by().stream()
                .filter(PeopleChecks::isChosen)
                .forEach(selector -> lint.add(
                        Check.CHOSEN_APPROVERS,
                        rule,
                        "approval",
                        "the rule " + Words.quote(rule.id()) + " asks " + selector
                                + ", which whoever makes the call may fill in: the requester chooses who approves",
                        "name them by an attribute of the subject or the resource, or by a role or group"));
        Set<String> ids = new TreeSet<>();
        List<ApproverSelector> nobody = new ArrayList<>();
        boolean countable = true;
        for (ApproverSelector selector : stage.by()) {
            Set<String> named = named(selector);
            if (named == null) {
                countable = false;
            } else if (named.isEmpty()) {
                nobody.add(selector);
            } else {
                ids.addAll(named);
            }
        }
        for (ApproverSelector selector : nobody) {
            lint.add(
                    Check.NOBODY,
                    rule,
                    "approval",
                    "the rule " + Words.quote(rule.id()) + " asks " + selector + ", but nobody is that",
                    Words.closest(selector.name(), known(selector.kind())) == null
                            ? "name a " + selector.kind().word() + " that somebody has"
                            : "did you mean "
                                    + Words.quote(selector.kind().word() + " "
                                            + Words.closest(selector.name(), known(selector.kind())))
                                    + "?");
        }
        if (countable && ids.size() < stage.people() && !ids.isEmpty()) {
            lint.add(
                    Check.QUORUM,
                    rule,
                    "approval",
                    "the rule " + Words.quote(rule.id()) + " asks " + stage.people() + " people, but there "
                            + (ids.size() == 1 ? "is only " : "are only ") + ids.size() + ": "
                            + String.join(", ", ids),
                    "ask at most " + ids.size() + ", or name more approvers");
        }
    }

    private static boolean isRequester(ApproverSelector selector) {
        return selector.kind() == ApproverSelector.Kind.ATTRIBUTE
                && selector.name().equals("subject.id");
    }

    private static boolean isChosen(ApproverSelector selector) {
        return selector.kind() == ApproverSelector.Kind.ATTRIBUTE
                && (selector.name().startsWith("action.") || selector.name().startsWith("context."));
    }

    /** The ids of the people whom the selector names; null if that is not known here. */
    private @Nullable Set<String> named(ApproverSelector selector) {
        Set<String> ids = new TreeSet<>();
        if (selector.kind() == ApproverSelector.Kind.ATTRIBUTE) {
            return null;
        }
        if (people == null) {
            return selector.kind() == ApproverSelector.Kind.PERSON ? Set.of(selector.name()) : null;
        }
        for (Person person : people) {
            boolean is = switch (selector.kind()) {
                case ROLE -> person.roles().contains(selector.name());
                case GROUP -> person.groups().contains(selector.name());
                case PERSON -> person.id().equals(selector.name());
                case ATTRIBUTE -> false;
            };
            if (is) {
                ids.add(person.id());
            }
        }
        return ids;
    }

    private Set<String> known(ApproverSelector.Kind kind) {
        Set<String> known = new TreeSet<>();
        for (Person person : people == null ? List.<Person>of() : people) {
            switch (kind) {
                case ROLE -> known.addAll(person.roles());
                case GROUP -> known.addAll(person.groups());
                case PERSON -> known.add(person.id());
                case ATTRIBUTE -> {}
            }
        }
        return known;
    }
}
