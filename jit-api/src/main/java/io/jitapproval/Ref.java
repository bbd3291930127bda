package io.jitapproval;

import static java.util.Objects.requireNonNull;

/**
 * A typed identifier without properties, such as {@code user/mia} or {@code order/42}: what is left of a
 * {@link Subject} or a {@link Resource} when only its identity matters.
 *
 * @param type what kind of thing it is; not blank
 * @param id   which one; unique within its type; not blank
 */
public record Ref(String type, String id) {

    /**
     * Checks both parts.
     *
     * @param type as above
     * @param id   as above
     * @throws IllegalArgumentException if a part is blank
     */
    public Ref {
        Text.requireNotBlank(type, "type");
        Text.requireNotBlank(id, "id");
    }

    /**
     * The person or account that the application knows by this name.
     *
     * @param id the name; not blank
     * @return {@code user/id}
     */
    public static Ref user(String id) {
        return new Ref("user", id);
    }

    /**
     * Reads {@code type/id}; the type ends at the first slash.
     *
     * @param text the text
     * @return the reference
     * @throws IllegalArgumentException if there is no slash or a part is blank
     */
    public static Ref parse(String text) {
        int slash = requireNonNull(text, "text").indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a reference reads type/id, but was '" + text + "'");
        }
        return new Ref(text.substring(0, slash), text.substring(slash + 1));
    }

    /** {@return the reference as {@code type/id}} */
    @Override
    public String toString() {
        return type + "/" + id;
    }
}
