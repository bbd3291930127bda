package io.jitapproval.core.people;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Relation;
import io.jitapproval.spi.Person;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who could approve a request if it were made: everybody whom a stage names, except the requester and those who act for the
 * requester. Nobody if one of those is a user who is not among the people: a guard lets nobody ask whom it cannot tell from an
 * approver.
 *
 * @param stages   the ids of the people for each stage, sorted; empty if there is a nameless requester
 * @param nameless the requester because of whom there are none
 */
public record Electors(Map<Stage, Set<String>> stages, Optional<Ref> nameless) {

    /**
     * Those for one request.
     *
     * @param requirement what is asked
     * @param request     the request
     * @param now         the moment of the evaluation
     * @param lookup      fetches what the request lacks
     * @param crowd       everybody there is
     */
    public static Electors of(
            Requirement requirement, EvaluationRequest request, Instant now, AttributeLookup lookup, Crowd crowd) {
        Set<String> excluded = new HashSet<>();
        List<Subject> requesters = new ArrayList<>(request.actors());
        requesters.add(0, request.subject());
        for (Subject requester : requesters) {
            Optional<Person> person = crowd.find(requester.ref());
            if (person.isEmpty() && requester.type().equals("user")) {
                return new Electors(Map.of(), Optional.of(requester.ref()));
            }
            excluded.add(fold(requester.id()));
            person.ifPresent(known -> excluded.add(fold(known.id())));
        }
        Map<Stage, Set<String>> stages = new HashMap<>();
        for (Stage stage : requirement.stages()) {
            Set<String> ids = new TreeSet<>();
            for (ApproverSelector selector : stage.by()) {
                if (selector.kind() == Kind.ATTRIBUTE) {
                    Relation.of(selector.name(), request, now, lookup)
                            .names()
                            .forEach(name -> related(name, crowd).forEach(person -> ids.add(person.id())));
                } else {
                    crowd.named(selector.kind(), selector.name()).forEach(person -> ids.add(person.id()));
                }
            }
            ids.removeIf(id -> excluded.contains(fold(id)));
            stages.put(stage, ids);
        }
        return new Electors(stages, Optional.empty());
    }

    /** Those of one stage. */
    public Set<String> of(Stage stage) {
        return stages.getOrDefault(stage, Set.of());
    }

    /** Those of all stages, sorted. */
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        stages.values().forEach(ids::addAll);
        return ids;
    }

    /** By id, or by an identity. */
    private static List<Person> related(String name, Crowd crowd) {
        List<Person> related = new ArrayList<>(crowd.named(Kind.PERSON, name));
        int slash = name.indexOf('/');
        if (slash > 0
                && !name.substring(0, slash).isBlank()
                && !name.substring(slash + 1).isBlank()) {
            crowd.find(Ref.parse(name)).ifPresent(related::add);
        }
        return related;
    }

    /** Ids that look alike are one, as in a guard: that can only exclude more. */
    private static String fold(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
