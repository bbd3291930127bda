package io.jitapproval.core.guard;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.core.guard.Evaluator.Answer;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the people whom attributes of a request hold. Whoever cannot be found is nobody, and so are too many. */
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

    private ApproverSelector resolve(ApproverSelector selector, Answer answer) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String name : answer.holds(selector.name()).names()) {
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
