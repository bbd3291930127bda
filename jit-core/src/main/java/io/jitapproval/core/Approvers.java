package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.policy.JsonLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may approve, in a policy that is {@linkplain PolicyDocument built in Java}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Approvers {

    private final Object data;

    private Approvers(Object data) {
        this.data = data;
    }

    /**
     * {@code role}: everybody who has a role.
     *
     * @param role the role
     * @return the approvers
     */
    public static Approvers role(String role) {
        return one("role", role);
    }

    /**
     * {@code group}: every member of a group.
     *
     * @param group the group
     * @return the approvers
     */
    public static Approvers group(String group) {
        return one("group", group);
    }

    /**
     * {@code person}: one person.
     *
     * @param id the canonical id
     * @return the approvers
     */
    public static Approvers person(String id) {
        return one("person", id);
    }

    /**
     * {@code attribute}: whoever an attribute of the request holds.
     *
     * @param path the attribute's path, such as {@code resource.owner}
     * @return the approvers
     */
    public static Approvers attribute(String path) {
        return one("attribute", path);
    }

    /**
     * {@code approvers}: those that the document names, see {@link PolicyBuilder#approvers}.
     *
     * @param name their name
     * @return the approvers
     */
    public static Approvers named(String name) {
        return one("approvers", name);
    }

    /**
     * A list: anybody whom one of them names.
     *
     * @param approvers each of one kind, not lists themselves
     * @return the approvers
     * @throws IllegalArgumentException if one is a list itself
     */
    public static Approvers anyOf(Approvers... approvers) {
        List<Object> all = new ArrayList<>();
        for (Approvers each : approvers) {
            if (each.data instanceof List<?>) {
                throw new IllegalArgumentException(
                        "a list of approvers holds no other list: write one list, not " + each);
            }
            all.add(each.data);
        }
        return new Approvers(all);
    }

    private static Approvers one(String kind, String name) {
        return new Approvers(Map.of(kind, requireNonNull(name, kind)));
    }

    Object data() {
        return data;
    }

    /** {@return the approvers as they stand in a document, in JSON} */
    @Override
    public String toString() {
        return JsonLayout.line(data);
    }
}
