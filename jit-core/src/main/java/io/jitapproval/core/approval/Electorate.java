package io.jitapproval.core.approval;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may vote on a request at this moment: everybody whom a stage names, except the requester, those who act for the
 * requester, and whoever is the same person. Resolved through the directory before any lock is taken.
 *
 * @param named    the people who may vote, by canonical id, in the directory's order
 * @param as       for each of them, the selectors that name the person
 * @param excluded the folded ids of those who may never vote on it
 * @param nameless the requesters of type {@code user} whom the directory cannot name: nobody can tell them from an approver
 */
public record Electorate(
        Map<String, Person> named, Map<String, Set<ApproverSelector>> as, Set<String> excluded, List<Ref> nameless) {

    private static final String USER = "user";

    /**
     * Asks the directory.
     *
     * @param requirement what the request needs
     * @param requesters  the subject and those who act for it
     * @param people      the directory
     * @return who may vote now
     * @throws Exception if the directory fails
     */
    public static Electorate resolve(Requirement requirement, List<Ref> requesters, PeopleDirectory people)
            throws Exception {
        Set<String> excluded = new LinkedHashSet<>();
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
        return new Electorate(named, as, excluded, nameless);
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
        }
        return selectors;
    }

    /**
     * Whether enough of them are left to approve.
     *
     * @param requirement what the request needs
     * @param approving   the people whose approval counts already, with the selectors that named them then
     * @param spent       the canonical ids of people who can no longer approve
     * @return true if every place can still be filled
     */
    public boolean canFill(Requirement requirement, Map<String, Set<ApproverSelector>> approving, Set<String> spent) {
        Map<String, Set<ApproverSelector>> left = new LinkedHashMap<>(as);
        left.keySet().removeAll(spent);
        left.putAll(approving);
        return !requirement.votes().unreachable() && Quorum.filled(requirement.stages(), left);
    }

    /**
     * Whether a person may never vote on it.
     *
     * @param person the person's canonical id
     * @return true if the person is a requester, or is written like one
     */
    public boolean excludes(String person) {
        return excluded.contains(fold(person));
    }

    /** Two ids that look alike count as one here: that can only exclude more. */
    private static String fold(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** {@return the people who may vote, in the directory's order} */
    public List<Person> people() {
        return List.copyOf(named.values());
    }

    /** {@return their names for people to read} */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        named.values().forEach(person -> names.add(person.name()));
        return names;
    }

    /**
     * What a voter is.
     *
     * @param voter the voter, if the directory knows them
     * @return the selectors that name the voter; empty if none does or the voter is excluded
     */
    public Set<ApproverSelector> placesOf(Optional<Person> voter) {
        return voter.map(person -> as.getOrDefault(person.id(), Set.of())).orElse(Collections.emptySet());
    }
}
