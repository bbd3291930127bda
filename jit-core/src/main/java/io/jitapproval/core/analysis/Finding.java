package io.jitapproval.core.analysis;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.document.Node;
import java.util.Optional;

/**
 * Something suspicious in a policy.
 *
 * @param check   what was looked for: its code, severity and meaning
 * @param origin  where the document came from; empty if the rule is in no document
 * @param place   where in the document
 * @param rule    the rule's id; empty if it is about the document
 * @param text    what was found, with the values
 * @param hint    what to write or do
 * @param example a request that shows it, decided by the engine; empty where there is nothing to show
 */
public record Finding(
        Check check,
        String origin,
        Node.Place place,
        String rule,
        String text,
        String hint,
        Optional<Example> example) {

    /**
     * Checks that everything is there.
     *
     * @param check   as above
     * @param origin  as above
     * @param place   as above
     * @param rule    as above
     * @param text    as above
     * @param hint    as above
     * @param example as above
     */
    public Finding {
        requireNonNull(check, "check");
        requireNonNull(origin, "origin");
        requireNonNull(place, "place");
        requireNonNull(rule, "rule");
        requireNonNull(text, "text");
        requireNonNull(hint, "hint");
        requireNonNull(example, "example");
    }

    /** {@return the stable code, such as {@code JIT-L001}} */
    public String code() {
        return check.code();
    }

    /** {@return how bad it is} */
    public Severity severity() {
        return check.severity();
    }

    /** {@return place, code and text on one line, the hint behind a colon} */
    @Override
    public String toString() {
        String where = origin.isEmpty() ? "" : origin + ":" + place.line() + ":" + place.column() + " ";
        return where + code() + " " + severity().word() + " " + text + ": " + hint;
    }
}
