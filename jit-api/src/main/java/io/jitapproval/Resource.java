package io.jitapproval;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On what something is done. Type, id and properties are all part of what an approval is bound to.
 *
 * @param type       what kind of resource it is, such as {@code order}; not blank
 * @param id         which one; unique within its type; not blank
 * @param properties what else is known of it, by name; in the given order; values may be null
 */
public record Resource(String type, String id, Map<String, @Nullable Object> properties) {

    /** Stands where an action has no resource of its own: type {@code none}, id {@code none}. */
    public static final Resource NONE = new Resource("none", "none", Map.of());

    /**
     * Checks the identity and copies the properties.
     *
     * @param type       as above
     * @param id         as above
     * @param properties as above
     * @throws IllegalArgumentException if the type, the id or a property's name is blank
     */
    public Resource {
        Text.requireNotBlank(type, "resource.type");
        Text.requireNotBlank(id, "resource.id");
        properties = Text.properties(properties, "resource.properties");
    }

    /**
     * A resource without properties.
     *
     * @param type the type; not blank
     * @param id   the id; not blank
     * @return the resource
     */
    public static Resource of(String type, String id) {
        return new Resource(type, id, Map.of());
    }

    /**
     * A copy with one property added or replaced.
     *
     * @param name  the property's name; not blank
     * @param value its value
     * @return the copy
     */
    public Resource with(String name, @Nullable Object value) {
        return new Resource(type, id, Text.with(properties, name, value));
    }

    /** {@return the identity alone} */
    public Ref ref() {
        return new Ref(type, id);
    }

    /** {@return type, id and the names of the properties; never their values, which may be secret} */
    @Override
    public String toString() {
        return type + "/" + id + properties.keySet();
    }
}
