package io.jitapproval.test;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Ref;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is who in a test. As long as nobody is described, <em>everybody is anybody</em>: {@code user/<id>} is a person with that
 * id, and every role and group names the people as whom the {@link FakeApprover} votes, and {@value #STAND_INS} stand-ins
 * beside them so that a quorum is never out of reach. A test of what approval means for the application needs no more.
 *
 * <p>A test of who may approve describes the people; from then on only those count:
 *
 * <pre>{@code
 * people.person("mia").role("FINANCE_MANAGER").identity("slack/U0123");
 * people.person("tom").group("on-call");
 * }</pre>
 *
 * <p>Roles of undescribed people are never attributes of a subject: {@code subject.roles} is what the subject brings along.
 * Thread-safe; what is described counts at once.
 */
public final class TestPeople implements PeopleDirectory {

    /** How many people with the ids {@code approver-1}, {@code approver-2}, … have every role while nobody is described: 5. */
    public static final int STAND_INS = 5;

    private final FakeApprover approver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Described> described = new LinkedHashMap<>();

    /**
     * Nobody is described yet.
     *
     * @param approver who votes
     */
    public TestPeople(FakeApprover approver) {
        this.approver = requireNonNull(approver, "approver");
    }

    /**
     * Describes a person, or goes on describing one. From the first on, only described people exist.
     *
     * @param id the person's canonical id, which is also the name; {@code user/<id>} is an identity of theirs
     * @return the description
     */
    public Described person(String id) {
        Ref.user(id);
        lock.lock();
        try {
            return described.computeIfAbsent(id, Described::new);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Person> find(Ref identity) {
        lock.lock();
        try {
            return described.values().stream()
                    .filter(one -> one.identities.contains(identity))
                    .map(Described::toPerson)
                    .findFirst()
                    .or(() -> plain(identity));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Collection<Person> named(ApproverSelector selector) {
        lock.lock();
        try {
            if (!described.isEmpty()) {
                return described.values().stream()
                        .map(Described::toPerson)
                        .filter(person -> names(selector, person))
                        .toList();
            }
        } finally {
            lock.unlock();
        }
        if (selector.kind() == ApproverSelector.Kind.PERSON) {
            return List.of(anybody(selector.name(), selector));
        }
        List<Person> people = new ArrayList<>();
        for (Ref voter : approver.voters()) {
            if (voter.type().equals("user")) {
                people.add(anybody(voter.id(), selector));
            }
        }
        for (int i = 1; i <= STAND_INS; i++) {
            people.add(anybody("approver-" + i, selector));
        }
        return people;
    }

    /** Whoever is not described is somebody without roles and groups, if a user: may ask, and decides nothing. */
    private static Optional<Person> plain(Ref identity) {
        return identity.type().equals("user")
                ? Optional.of(new Person(identity.id(), identity.id(), Set.of(), Set.of()))
                : Optional.empty();
    }

    private static boolean names(ApproverSelector selector, Person person) {
        return switch (selector.kind()) {
            case ROLE -> person.roles().contains(selector.name());
            case GROUP -> person.groups().contains(selector.name());
            case PERSON -> person.id().equals(selector.name());
            case ATTRIBUTE -> false;
        };
    }

    private static Person anybody(String id, ApproverSelector selector) {
        return switch (selector.kind()) {
            case ROLE -> new Person(id, id, Set.of(selector.name()), Set.of());
            case GROUP -> new Person(id, id, Set.of(), Set.of(selector.name()));
            case PERSON, ATTRIBUTE -> new Person(id, id, Set.of(), Set.of());
        };
    }

    /** A person of the test, as far as described. Each method adds something and returns this. */
    public final class Described {

        private final String id;
        private final Set<String> roles = new LinkedHashSet<>();
        private final Set<String> groups = new LinkedHashSet<>();
        private final Set<Ref> identities = new LinkedHashSet<>();

        private Described(String id) {
            this.id = id;
            identities.add(Ref.user(id));
        }

        /**
         * The person has a role.
         *
         * @param role the role
         * @return this
         */
        public Described role(String role) {
            return add(roles, requireNonNull(role, "role"));
        }

        /**
         * The person is in a group.
         *
         * @param group the group
         * @return this
         */
        public Described group(String group) {
            return add(groups, requireNonNull(group, "group"));
        }

        /**
         * The person has one more identity.
         *
         * @param identity the identity as {@code type/id}, such as {@code slack/U0123}
         * @return this
         */
        public Described identity(String identity) {
            return add(identities, Ref.parse(identity));
        }

        private <T> Described add(Set<T> set, T one) {
            lock.lock();
            try {
                set.add(one);
                return this;
            } finally {
                lock.unlock();
            }
        }

        private Person toPerson() {
            return new Person(id, id, roles, groups);
        }
    }
}
