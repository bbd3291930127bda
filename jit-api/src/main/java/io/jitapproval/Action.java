package io.jitapproval;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done. The arguments of a guarded method are the properties of its action.
 *
 * @param name       the action's name, by convention dotted lower case such as {@code payment.refund}; not blank
 * @param properties the arguments by name; in the given order; values may be null
 */
public record Action(String name, Map<String, @Nullable Object> properties) {

    /**
     * Checks the name and copies the properties.
     *
     * @param name       as above
     * @param properties as above
     * @throws IllegalArgumentException if the name or a property's name is blank
     */
    public Action {
        Text.requireNotBlank(name, "action.name");
        properties = Text.properties(properties, "action.properties");
    }

    /**
     * An action without arguments.
     *
     * @param name the action's name; not blank
     * @return the action
     */
    public static Action of(String name) {
        return new Action(name, Map.of());
    }

    /**
     * A copy with one argument added or replaced.
     *
     * @param argument the argument's name; not blank
     * @param value    its value
     * @return the copy
     */
    public Action with(String argument, @Nullable Object value) {
        return new Action(name, Text.with(properties, argument, value));
    }

    /** {@return the name and the names of the arguments; never their values, which may be secret} */
    @Override
    public String toString() {
        return name + properties.keySet();
    }
}
