package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A human being, whatever number of accounts they have.
 *
 * @param id     the one canonical id; one id is one vote; not blank
 * @param name   the name for people; not blank
 * @param roles  the roles; may be empty
 * @param groups the groups; may be empty
 */
public record Person(String id, String name, Set<String> roles, Set<String> groups) {

    /**
     * Checks the texts and copies the sets.
     *
     * @param id     as above
     * @param name   as above
     * @param roles  as above
     * @param groups as above
     * @throws IllegalArgumentException if the id or the name is blank
     */
    public Person {
        if (requireNonNull(id, "id").isBlank() || requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("a person's id and name must not be blank");
        }
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
    }
}
