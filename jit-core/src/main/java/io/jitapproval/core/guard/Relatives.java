package io.jitapproval.core.guard;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.BreakGlass;
import io.jitapproval.Escalation;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.Way;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the people whom attributes of a request hold. Whoever cannot be found is nobody, and so are too many. */
final class Relatives {

    private final PeopleDirectory people;

    Relatives(PeopleDirectory people) {
        this.people = people;
    }

    /** The requirement with the people in it whom its attributes hold now. */
    Requirement resolve(Requirement required, Answer answer) throws Exception {
        boolean none = required.stages().stream()
                .flatMap(Relatives::selectors)
                .noneMatch(selector -> selector.kind() == Kind.ATTRIBUTE);
        if (none) {
            return required;
        }
        Set<Stage> stages = new LinkedHashSet<>();
        for (Stage stage : required.stages()) {
            Set<Escalation> escalations = new LinkedHashSet<>();
            for (Escalation each : stage.escalations()) {
                escalations.add(
                        new Escalation(each.after(), resolve(each.by(), answer), each.replaces(), each.channels()));
            }
            stages.add(new Stage(ways(stage.ways(), answer), stage.rank(), escalations));
        }
        return required.withStages(stages);
    }

    private static Stream<ApproverSelector> selectors(Stage stage) {
        return Stream.concat(
                stage.by().stream(), stage.escalations().stream().flatMap(escalation -> escalation.by().stream()));
    }

    /** The terms of an emergency with the people in them whom their attributes hold now. */
    BreakGlass resolve(BreakGlass terms, Answer answer) throws Exception {
        return new BreakGlass(
                ways(terms.by(), answer),
                resolve(terms.alarm(), answer),
                terms.within(),
                ways(terms.review(), answer),
                terms.reviewWithin());
    }

    private Set<Way> ways(Set<Way> ways, Answer answer) throws Exception {
        Set<Way> resolved = new LinkedHashSet<>();
        for (Way way : ways) {
            resolved.add(new Way(resolve(way.by(), answer), way.people()));
        }
        return resolved;
    }

    /** The people whom one of the selectors names now, by canonical id; for an attribute, those whom it was resolved to. */
    Map<String, Person> named(Set<ApproverSelector> selectors) throws Exception {
        Map<String, Person> named = new LinkedHashMap<>();
        for (ApproverSelector selector : selectors) {
            if (selector.kind() == Kind.ATTRIBUTE) {
                for (String id : selector.people()) {
                    people.named(new ApproverSelector(Kind.PERSON, id)).forEach(each -> named.put(each.id(), each));
                }
            } else {
                people.named(selector).forEach(each -> named.put(each.id(), each));
            }
        }
        return named;
    }

    private Set<ApproverSelector> resolve(Set<ApproverSelector> by, Answer answer) throws Exception {
        Set<ApproverSelector> resolved = new LinkedHashSet<>();
        for (ApproverSelector selector : by) {
            resolved.add(selector.kind() == Kind.ATTRIBUTE ? resolve(selector, answer) : selector);
        }
        return resolved;
    }

    private ApproverSelector resolve(ApproverSelector selector, Answer answer) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String name : answer.holds(selector.name()).names()) {
            ids.addAll(ids(name));
        }
        return selector.resolved(ids);
    }

    /** The canonical ids of the person of this id and of the one behind this identity; empty if there is none. */
    Set<String> ids(String name) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (Person person : people.named(new ApproverSelector(Kind.PERSON, name))) {
            ids.add(person.id());
        }
        identity(name).ifPresent(ids::add);
        return ids;
    }

    private Optional<String> identity(String name) throws Exception {
        int slash = name.indexOf('/');
        boolean isIdentity = slash > 0
                && !name.substring(0, slash).isBlank()
                && !name.substring(slash + 1).isBlank();
        return isIdentity
                ? people.find(new Ref(name.substring(0, slash), name.substring(slash + 1)))
                        .map(Person::id)
                : Optional.empty();
    }
}
