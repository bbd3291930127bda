package io.jitapproval.core.policy;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads durations. */
final class Lengths {

    private Lengths() {}

    /** The duration of a field; the preset if it is missing or, with a problem, cannot be used. */
    static Duration read(Fields fields, String name, Duration preset, Duration longest, Problems problems) {
        return read(fields, name, longest, false, problems).orElse(preset);
    }

    /** The same where zero will do. */
    static Duration orZero(Fields fields, String name, Duration preset, Duration longest, Problems problems) {
        return read(fields, name, longest, true, problems).orElse(preset);
    }

    /** The duration of a field that has no preset. */
    static Optional<Duration> read(Fields fields, String name, Duration longest, Problems problems) {
        return read(fields, name, longest, false, problems);
    }

    private static Optional<Duration> read(
            Fields fields, String name, Duration longest, boolean zero, Problems problems) {
        Node node = fields.get(name);
        if (node == null) {
            return Optional.empty();
        }
        String form = "a duration such as \"PT30M\", \"PT8H\" or \"P1D\"";
        if (!(node instanceof Node.Str text)) {
            problems.wrongType(node, "'" + name + "'", form);
            return Optional.empty();
        }
        String what = "'" + name + "' " + text.show();
        Duration duration;
        try {
            duration = Duration.parse(text.value());
        } catch (DateTimeParseException e) {
            // The form is right, the number too large.
            if (e.getCause() != null) {
                problems.add(Code.DURATION, node, what + " is too long: at most " + longest);
            } else if (isCalendar(text.value())) {
                problems.add(
                        Code.DURATION,
                        node,
                        what
                                + " counts in years, months or weeks, whose length depends on the calendar: count in days, hours"
                                + " or minutes, such as \"P30D\"");
            } else {
                problems.add(Code.DURATION, node, what + " is not " + form);
            }
            return Optional.empty();
        }
        if (duration.isNegative() || (duration.isZero() && !zero)) {
            problems.add(Code.DURATION, node, what + " must be longer than zero");
        } else if (duration.compareTo(longest) > 0) {
            problems.add(Code.DURATION, node, what + " is too long: at most " + longest);
        } else {
            return Optional.of(duration);
        }
        return Optional.empty();
    }

    private static boolean isCalendar(String text) {
        try {
            return !Period.parse(text.split("T", 2)[0]).isZero();
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
