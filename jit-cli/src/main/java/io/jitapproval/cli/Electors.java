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

    /** The ids of those who may fill a stage, sorted. */
    Set<String> of(Stage stage) {
        Set<String> ids = new TreeSet<>();
        for (ApproverSelector selector : stage.by()) {
            named(selector).forEach(person -> ids.add(person.id()));
        }
        find(request.subject().ref()).ifPresent(requester -> ids.remove(requester.id()));
        return ids;
    }

    private Collection<Person> named(ApproverSelector selector) {
        if (selector.kind() == ApproverSelector.Kind.ATTRIBUTE) {
            return Relation.texts(selector.name(), request, time, lookup).stream()
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
