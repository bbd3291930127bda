package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Names people who may approve.
 *
 * @param kind how they are named
 * @param name the role, the group or the person's canonical id; not blank
 */
public record ApproverSelector(Kind kind, String name) implements Comparable<ApproverSelector> {

    /** The ways to name approvers. */
    public enum Kind {
        /** Everybody who has a role. */
        ROLE,
        /** Every member of a group. */
        GROUP,
        /** One person. */
        PERSON;

        /** {@return the word that a policy document uses} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the name.
     *
     * @param kind as above
     * @param name as above
     * @throws IllegalArgumentException if the name is blank
     */
    public ApproverSelector {
        requireNonNull(kind, "kind");
        Text.requireNotBlank(name, "approver name");
    }

    @Override
    public int compareTo(ApproverSelector other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    /** {@return the selector as {@code role FINANCE_MANAGER}} */
    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
