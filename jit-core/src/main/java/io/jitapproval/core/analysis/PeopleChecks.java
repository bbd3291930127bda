package io.jitapproval.core.analysis;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Course;
import io.jitapproval.Effect;
import io.jitapproval.Escalation;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.Way;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.PolicyView.RuleView;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
                rule.requirement().ifPresent(asked -> {
                    asked.stages().forEach(stage -> checks.stage(rule, stage));
                    checks.times(rule, asked);
                });
            }
        }
    }

    /** A stage of a later step opens later, so that this is what can be known. */
    private void times(RuleView rule, Requirement asked) {
        Course course = asked.course();
        boolean twice = course.atDecideBy() == Course.AtDecideBy.ESCALATE;
        Duration end = twice ? asked.decideWithin().multipliedBy(2) : asked.decideWithin();
        if (!twice) {
            for (Stage stage : asked.stages()) {
                for (Escalation escalation : stage.escalations()) {
                    late(rule, "escalates after ", escalation.after(), end);
                }
            }
        }
        course.remindAfter().ifPresent(after -> late(rule, "reminds after ", after, end));
    }

    private void late(RuleView rule, String what, Duration after, Duration end) {
        if (after.compareTo(end) >= 0) {
            lint.add(
                    Check.TOO_LATE,
                    rule,
                    "approval",
                    "the rule " + Words.quote(rule.id()) + " " + what + after + ", but the request is over after "
                            + end,
                    "take a shorter time, or a longer 'decideWithin'");
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
        Set<ApproverSelector> asked = new TreeSet<>(stage.by());
        stage.escalations().forEach(escalation -> asked.addAll(escalation.by()));
        for (ApproverSelector selector : asked) {
            Set<String> named = named(selector);
            if (named != null && named.isEmpty()) {
                nobody(rule, selector);
            }
        }
        List<Way> tooSmall = new ArrayList<>();
        for (Way way : stage.ways()) {
            if (tooFew(way, stage) != null) {
                tooSmall.add(way);
            }
        }
        if (tooSmall.size() == stage.ways().size()) {
            Way way = tooSmall.get(0);
            Set<String> ids = Objects.requireNonNull(tooFew(way, stage));
            lint.add(
                    Check.QUORUM,
                    rule,
                    "approval",
                    "the rule " + Words.quote(rule.id()) + " asks " + way.people() + " people, but there "
                            + (ids.size() == 1 ? "is only " : "are only ") + ids.size() + ": "
                            + String.join(", ", ids),
                    "ask at most " + ids.size() + ", or name more approvers");
        }
    }

    /** The people who could fill the way, escalations included, if they are known and too few, but some; else null. */
    private @Nullable Set<String> tooFew(Way way, Stage stage) {
        Set<ApproverSelector> could = new TreeSet<>(way.by());
        stage.escalations().forEach(escalation -> could.addAll(escalation.by()));
        Set<String> ids = new TreeSet<>();
        for (ApproverSelector selector : could) {
            Set<String> named = named(selector);
            if (named == null) {
                return null;
            }
            ids.addAll(named);
        }
        return ids.isEmpty() || ids.size() >= way.people() ? null : ids;
    }

    private void nobody(RuleView rule, ApproverSelector selector) {
        String near = Words.closest(selector.name(), known(selector.kind()));
        lint.add(
                Check.NOBODY,
                rule,
                "approval",
                "the rule " + Words.quote(rule.id()) + " asks " + selector + ", but nobody is that",
                near == null
                        ? "name a " + selector.kind().word() + " that somebody has"
                        : "did you mean " + Words.quote(selector.kind().word() + " " + near) + "?");
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
