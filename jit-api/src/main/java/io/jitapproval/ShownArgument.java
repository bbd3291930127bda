package io.jitapproval;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One argument as approvers see it and as records keep it, taken from the frozen copy.
 *
 * @param name   the argument's name; not blank
 * @param value  its plain value (text, number, boolean, time, list, map or null); for a hidden argument only a salted
 *               commitment to it
 * @param bound  whether it is part of what is approved
 * @param hidden whether the value is sensitive
 * @param lowerable whether it is a number that the action takes lower than asked, so that an approval may set a {@link Ceiling} for it
 */
public record ShownArgument(String name, @Nullable Object value, boolean bound, boolean hidden, boolean lowerable) {

    /**
     * Checks the name.
     *
     * @param name   as above
     * @param value  as above
     * @param bound  as above
     * @param hidden as above
     * @param lowerable as above
     * @throws IllegalArgumentException if the name is blank, or an argument is lowerable that is hidden or not bound
     */
    public ShownArgument {
        Text.requireNotBlank(name, "argument name");
        if (lowerable && (hidden || !bound)) {
            throw new IllegalArgumentException(name + " cannot be lowered: only what is shown and bound can");
        }
    }

    /**
     * An argument that the action takes only as it is.
     *
     * @param name   as above
     * @param value  as above
     * @param bound  as above
     * @param hidden as above
     * @throws IllegalArgumentException if the name is blank
     */
    public ShownArgument(String name, @Nullable Object value, boolean bound, boolean hidden) {
        this(name, value, bound, hidden, false);
    }

    /** {@return the value for people; {@code ••••} for a hidden one} */
    public String text() {
        if (hidden) {
            return "••••";
        }
        return value instanceof List<?> || value instanceof Map<?, ?> ? value.toString() : String.valueOf(value);
    }

    /** {@return name and mark, never the value} */
    @Override
    public String toString() {
        return name + (bound ? "" : " (unbound)") + (hidden ? " (hidden)" : "");
    }
}
