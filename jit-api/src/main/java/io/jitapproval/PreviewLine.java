package io.jitapproval;

import static java.util.Objects.requireNonNull;

/**
 * One thing that the application says an action would do, such as {@code customers} and {@code 412}.
 *
 * @param name  what it is about; not blank
 * @param value what would happen; may be empty
 */
public record PreviewLine(String name, String value) {

    /**
     * Checks the texts.
     *
     * @param name  as above
     * @param value as above
     * @throws IllegalArgumentException if the name is blank
     */
    public PreviewLine {
        Text.requireNotBlank(name, "a preview's name");
        requireNonNull(value, "value");
    }
}
