package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.StandIn;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may ever vote on a request, as the directory sees it at this moment: everybody whom a stage or an escalation names, except the
 * requester, those who act for the requester, those who are barred, and whoever is the same person; and who stands in for them.
 * Resolved through the directory before any lock is taken.
 *
 * @param requirement what the request needs
 * @param barred      the canonical ids of those who are barred
 * @param named       the people whom it names, by canonical id, in the directory's order
 * @param as          for each of them, the selectors that name the person
 * @param excluded    the folded ids of those who may never vote on it
 * @param nameless    the requesters of type {@code user} whom the directory cannot name: nobody can tell them from an approver
 * @param standIns    who stands in for whom, now or at another time
 * @param away        those who stand in for somebody whom it names, by canonical id
 */
public record Electorate(
        Requirement requirement,
        Set<String> barred,
        Map<String, Person> named,
        Map<String, Set<ApproverSelector>> as,
        Set<String> excluded,
        List<Ref> nameless,
        List<StandIn> standIns,
        Map<String, Person> away) {

    private static final String USER = "user";

    /**
     * Asks the directory about a requirement.
     *
     * @param requirement what the request needs
     * @param requesters  the subject and those who act for it
     * @param people      the directory
     * @return who may ever vote, if nobody is barred and nobody stands in
     * @throws Exception if the directory fails
     */
    public static Electorate resolve(Requirement requirement, List<Ref> requesters, PeopleDirectory people)
            throws Exception {
        return resolve(requirement, requesters, Set.of(), List.of(), people);
    }

    /**
     * Asks the directory about a request.
     *
     * @param request  the request
     * @param standIns who stands in for whom
     * @param people   the directory
     * @return who may ever vote
     * @throws Exception if the directory fails
     */
    public static Electorate resolve(ApprovalRequest request, List<StandIn> standIns, PeopleDirectory people)
            throws Exception {
        return resolve(request.requirement(), request.requesters(), request.barred(), standIns, people);
    }

    /**
     * Asks the directory.
     *
     * @param requirement what the request needs
     * @param requesters  the subject and those who act for it
     * @param barred      the canonical ids of those who may not vote although they are no requesters
     * @param standIns    who stands in for whom
     * @param people      the directory
     * @return who may ever vote
     * @throws Exception if the directory fails
     */
    public static Electorate resolve(
            Requirement requirement,
            List<Ref> requesters,
            Set<String> barred,
            List<StandIn> standIns,
            PeopleDirectory people)
            throws Exception {
        Set<String> excluded = new LinkedHashSet<>();
        barred.forEach(id -> excluded.add(fold(id)));
        List<Ref> nameless = new ArrayList<>();
        for (Ref requester : requesters) {
            excluded.add(fold(requester.id()));
            Optional<Person> person = people.find(requester);
            if (person.isPresent()) {
                excluded.add(fold(person.get().id()));
            } else if (requester.type().equals(USER)) {
                nameless.add(requester);
            }
        }
        Map<String, Person> named = new LinkedHashMap<>();
        Map<String, Set<ApproverSelector>> as = new LinkedHashMap<>();
        for (ApproverSelector selector : selectors(requirement)) {
            for (Person person : named(selector, people)) {
                if (!excluded.contains(fold(person.id()))) {
                    named.put(person.id(), person);
                    as.computeIfAbsent(person.id(), id -> new LinkedHashSet<>()).add(selector);
                }
            }
        }
        Electorate without = new Electorate(requirement, barred, named, as, excluded, nameless, standIns, Map.of());
        return standIns.isEmpty() ? without : without.withAway(people);
    }

    private Electorate withAway(PeopleDirectory people) throws Exception {
        Map<String, Person> found = new LinkedHashMap<>();
        for (StandIn each : standIns) {
            boolean matters = !excludes(each.standIn())
                    && principals(each.standIn(), StandIn::from).stream().anyMatch(named::containsKey);
            if (matters) {
                for (Person person : people.named(new ApproverSelector(Kind.PERSON, each.standIn()))) {
                    found.put(person.id(), person);
                }
            }
        }
        return new Electorate(requirement, barred, named, as, excluded, nameless, standIns, found);
    }

    /** For an attribute, those whom it held when people were asked, as far as the directory still knows them. */
    private static Collection<Person> named(ApproverSelector selector, PeopleDirectory people) throws Exception {
        if (selector.kind() != Kind.ATTRIBUTE) {
            return people.named(selector);
        }
        List<Person> named = new ArrayList<>();
        for (String id : selector.people()) {
            named.addAll(people.named(new ApproverSelector(Kind.PERSON, id)));
        }
        return named;
    }

    private static Set<ApproverSelector> selectors(Requirement requirement) {
        Set<ApproverSelector> selectors = new LinkedHashSet<>();
        for (Stage stage : requirement.stages()) {
            selectors.addAll(stage.by());
            stage.escalations().forEach(escalation -> selectors.addAll(escalation.by()));
        }
        return selectors;
    }

    /** {@return whether enough people are there to approve some day} */
    public boolean canEverFill() {
        return Standing.canEverFill(this);
    }

    /**
     * Whether it is still about what a request needs.
     *
     * @param request the request
     * @return true if it was resolved for this requirement, with these people barred
     */
    public boolean isFor(ApprovalRequest request) {
        return requirement.equals(request.requirement()) && barred.equals(request.barred());
    }

    /**
     * Whether a person may never vote on it.
     *
     * @param person the person's canonical id
     * @return true if the person is a requester or barred, or is written like one
     */
    public boolean excludes(String person) {
        return excluded.contains(fold(person));
    }

    /** Two ids that look alike count as one here: that can only exclude more. */
    private static String fold(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** {@return the people whom the stages name that are open at first, in the directory's order} */
    public List<Person> people() {
        Set<ApproverSelector> first = new LinkedHashSet<>();
        int rank = Standing.firstRank(requirement);
        requirement.stages().stream().filter(stage -> stage.rank() == rank).forEach(stage -> first.addAll(stage.by()));
        return named.values().stream()
                .filter(person -> placesOf(person.id()).stream().anyMatch(first::contains))
                .toList();
    }

    /** {@return their names for people to read} */
    public List<String> names() {
        return people().stream().map(Person::name).toList();
    }

    /** {@return the names of everybody whom it names} */
    public List<String> allNames() {
        return named.values().stream().map(Person::name).toList();
    }

    /** The selectors that name a person; empty if none does, or the person may never vote. */
    Set<ApproverSelector> placesOf(String person) {
        return as.getOrDefault(person, Set.of());
    }

    /** Those in whose place a person stands in at an instant, over others too, in the order of their ids. */
    Set<String> principals(String person, Instant now) {
        return principals(person, each -> now);
    }

    /** Never through somebody who may not vote: nobody gets round that by a stand-in. */
    private Set<String> principals(String person, java.util.function.Function<StandIn, Instant> at) {
        Set<String> all = new TreeSet<>();
        Set<String> next = Set.of(person);
        for (int links = 0; links < StandIn.LONGEST_CHAIN && !next.isEmpty(); links++) {
            Set<String> further = new TreeSet<>();
            for (StandIn each : standIns) {
                if (next.contains(each.standIn())
                        && each.holdsAt(at.apply(each))
                        && !excludes(each.principal())
                        && !each.principal().equals(person)
                        && all.add(each.principal())) {
                    further.add(each.principal());
                }
            }
            next = further;
        }
        return all;
    }
}
