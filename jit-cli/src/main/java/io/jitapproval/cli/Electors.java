package io.jitapproval.cli;

import io.jitapproval.ApproverSelector;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Stage;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Relation;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who would be asked for one request. Whoever asks is never among them.
 *
 * @param people  the people
 * @param request the request
 * @param time    the moment of the evaluation
 * @param lookup  fetches what the request lacks
 */
record Electors(PeopleDirectory people, EvaluationRequest request, Instant time, AttributeLookup lookup) {

    private static final int MOST = 10;

    /** The ids of those who may fill a stage, such as {@code mia, tom}. */
    String names(Stage stage) {
        Set<String> names = new TreeSet<>();
        for (ApproverSelector selector : stage.by()) {
            named(selector).forEach(person -> names.add(person.id()));
        }
        find(request.subject().ref()).ifPresent(requester -> names.remove(requester.id()));
        String shown = String.join(", ", names.stream().limit(MOST).toList());
        if (names.size() > MOST) {
            return shown + ", … " + names.size() + " in all";
        }
        return names.isEmpty() ? "nobody" : shown;
    }

    private Collection<Person> named(ApproverSelector selector) {
        if (selector.kind() == ApproverSelector.Kind.ATTRIBUTE) {
            return Relation.of(selector.name(), request, time, lookup).names().stream()
                    .map(this::person)
                    .flatMap(Optional::stream)
                    .toList();
        }
        try {
            return people.named(selector);
        } catch (Exception e) {
            throw new IllegalStateException("a directory in memory does not fail", e);
        }
    }

    /** By id, else by an identity that reads {@code type/id}. */
    private Optional<Person> person(String text) {
        List<Person> byId = List.copyOf(named(new ApproverSelector(ApproverSelector.Kind.PERSON, text)));
        if (!byId.isEmpty() || text.indexOf('/') < 1 || text.endsWith("/")) {
            return byId.stream().findFirst();
        }
        return find(Ref.parse(text));
    }

    private Optional<Person> find(Ref identity) {
        try {
            return people.find(identity);
        } catch (Exception e) {
            throw new IllegalStateException("a directory in memory does not fail", e);
        }
    }
}
