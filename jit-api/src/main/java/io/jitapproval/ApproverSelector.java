package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names people who may approve.
 *
 * @param kind   how they are named
 * @param name   the role, the group, the person's canonical id or the attribute's path; not blank
 * @param people for an attribute, the canonical ids of the people whom it held when the request was made; empty before that,
 *               if it held nobody, and for the other kinds
 */
public record ApproverSelector(Kind kind, String name, Set<String> people) implements Comparable<ApproverSelector> {

    /** The ways to name approvers. */
    public enum Kind {
        /** Everybody who has a role. */
        ROLE,
        /** Every member of a group. */
        GROUP,
        /** One person. */
        PERSON,
        /** Whoever an attribute of the request holds, such as {@code resource.owner}. */
        ATTRIBUTE;

        /** {@return the word that a policy document uses} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the name and copies the ids in the order of the alphabet.
     *
     * @param kind   as above
     * @param name   as above
     * @param people as above
     * @throws IllegalArgumentException if the name is blank, or another selector than an attribute comes with people
     */
    public ApproverSelector {
        requireNonNull(kind, "kind");
        Text.requireNotBlank(name, "approver name");
        people = Collections.unmodifiableSet(new TreeSet<>(people));
        if (kind != Kind.ATTRIBUTE && !people.isEmpty()) {
            throw new IllegalArgumentException("only an attribute is resolved to people, but not " + kind + " " + name);
        }
    }

    /**
     * A selector as policy says it.
     *
     * @param kind as above
     * @param name as above
     * @throws IllegalArgumentException if the name is blank
     */
    public ApproverSelector(Kind kind, String name) {
        this(kind, name, Set.of());
    }

    /**
     * The attribute, with the people whom it holds.
     *
     * @param ids their canonical ids; may be empty
     * @return the selector for one request
     * @throws IllegalArgumentException if this is no attribute and there are ids
     */
    public ApproverSelector resolved(Set<String> ids) {
        return new ApproverSelector(kind, name, ids);
    }

    @Override
    public int compareTo(ApproverSelector other) {
        int byKind = kind.compareTo(other.kind);
        int byName = byKind != 0 ? byKind : name.compareTo(other.name);
        return byName != 0 ? byName : people.toString().compareTo(other.people.toString());
    }

    /** {@return the selector as {@code role FINANCE_MANAGER} or {@code attribute resource.owner (tom)}} */
    @Override
    public String toString() {
        return kind.word() + " " + name + (people.isEmpty() ? "" : " (" + String.join(", ", people) + ")");
    }
}
