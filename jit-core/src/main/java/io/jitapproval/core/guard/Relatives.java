package io.jitapproval.core.guard;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.BreakGlass;
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

/** Finds the people whom attributes of a request hold. Whoever cannot be found is nobody. */
final class Relatives {

    private final PeopleDirectory people;

    Relatives(PeopleDirectory people) {
        this.people = people;
    }

    /** The requirement with the people in it whom its attributes hold now. */
    Requirement resolve(Requirement required, Answer answer) throws Exception {
        boolean none = required.stages().stream()
                .flatMap(stage -> stage.by().stream())
                .noneMatch(selector -> selector.kind() == Kind.ATTRIBUTE);
        if (none) {
            return required;
        }
        Set<Stage> stages = new LinkedHashSet<>();
        for (Stage stage : required.stages()) {
            Set<ApproverSelector> by = new LinkedHashSet<>();
            for (ApproverSelector selector : stage.by()) {
                by.add(selector.kind() == Kind.ATTRIBUTE ? resolve(selector, answer) : selector);
            }
            stages.add(new Stage(by, stage.people()));
        }
        return required.withStages(stages);
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

    private Set<ApproverSelector> resolve(Set<ApproverSelector> selectors, Answer answer) throws Exception {
        Set<ApproverSelector> resolved = new LinkedHashSet<>();
        for (ApproverSelector selector : selectors) {
            resolved.add(selector.kind() == Kind.ATTRIBUTE ? resolve(selector, answer) : selector);
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

    private ApproverSelector resolve(ApproverSelector selector, Answer answer) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String name : answer.holds(selector.name())) {
            for (Person person : people.named(new ApproverSelector(Kind.PERSON, name))) {
                ids.add(person.id());
            }
            identity(name).ifPresent(ids::add);
        }
        return selector.resolved(ids);
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
