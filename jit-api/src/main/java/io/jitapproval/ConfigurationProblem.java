package io.jitapproval;

/**
 * One fault of configuration.
 *
 * @param code  a stable code such as {@code JIT-P014}; not blank
 * @param where the place: a file with line and column, a method, a builder setting; may be empty
 * @param what  what is wrong, with the value, and what to do; not blank; may have several lines
 */
public record ConfigurationProblem(String code, String where, String what) {

    /**
     * Checks the texts.
     *
     * @param code  as above
     * @param where as above
     * @param what  as above
     * @throws IllegalArgumentException if the code or the text is blank
     */
    public ConfigurationProblem {
        Text.requireNotBlank(code, "code");
        java.util.Objects.requireNonNull(where, "where");
        Text.requireNotBlank(what, "what");
    }

    /** {@return place, code and text on one or more lines} */
    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + " ") + code + " " + what;
    }
}
