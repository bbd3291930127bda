package io.jitapproval;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who acts. Its type and id identify it and are part of what an approval is bound to; its properties (roles, department,
 * …) are only for the policy and may change while an approval lasts.
 *
 * @param type       what kind of subject it is, such as {@code user} or {@code service}; not blank
 * @param id         which one; unique within its type; not blank
 * @param properties what else is known of it, by name; in the given order; values may be null
 */
public record Subject(String type, String id, Map<String, @Nullable Object> properties) {

    /**
     * Checks the identity and copies the properties.
     *
     * @param type       as above
     * @param id         as above
     * @param properties as above
     * @throws IllegalArgumentException if the type, the id or a property's name is blank
     */
    public Subject {
        Text.requireNotBlank(type, "subject.type");
        Text.requireNotBlank(id, "subject.id");
        properties = Text.properties(properties, "subject.properties");
    }

    /**
     * A subject of type {@code user} without properties.
     *
     * @param id the user's id; not blank
     * @return the subject
     */
    public static Subject user(String id) {
        return new Subject("user", id, Map.of());
    }

    /**
     * A subject of any type without properties.
     *
     * @param type the type; not blank
     * @param id   the id; not blank
     * @return the subject
     */
    public static Subject of(String type, String id) {
        return new Subject(type, id, Map.of());
    }

    /**
     * A copy with one property added or replaced.
     *
     * @param name  the property's name; not blank
     * @param value its value
     * @return the copy
     */
    public Subject with(String name, @Nullable Object value) {
        return new Subject(type, id, Text.with(properties, name, value));
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
