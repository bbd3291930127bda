package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Syntax.Fault;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a YAML scalar without quotes is, by the core schema of YAML 1.2. What JSON, too, writes as a number is one. Where YAML
 * 1.1, which many tools still read, makes another value of what an author wrote, it is a fault: else a policy would say one
 * thing here and another there.
 */
final class PlainScalar {

    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> YES = Set.of("yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> NO = Set.of("no", "No", "NO", "off", "Off", "OFF");

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
    private static final Pattern SPACED =
            Pattern.compile("[-+]?(\\.[0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern BASED = Pattern.compile("[-+]?0(x[0-9a-fA-F_]+|o[0-7_]+|b[01_]+)");
    private static final Pattern SIXTIES = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    /** No scalar that could be a number is longer, and what is longer is text without a look at it. */
    private static final int LONGEST = 4 * TreeReader.LONGEST_NUMBER;

    private PlainScalar() {}

    /** The node, or the {@link Fault}. */
    static Object read(Place place, String text) {
        if (NULL.contains(text)) {
            return new Node.Nil(place);
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return new Node.Bool(place, TRUE.contains(text));
        }
        if (YES.contains(text) || NO.contains(text)) {
            return ambiguous(
                    place,
                    text,
                    "is text in YAML 1.2 and " + YES.contains(text) + " in YAML 1.1",
                    "write " + YES.contains(text) + ", or \"" + text + "\" if text is meant");
        }
        char first = text.charAt(0);
        boolean couldBeNumber = first == '.' || first == '-' || first == '+' || (first >= '0' && first <= '9');
        return couldBeNumber ? numeric(place, text) : new Node.Str(place, text);
    }

    private static Object numeric(Place place, String text) {
        if (text.length() > LONGEST) {
            return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Syntax.tooLong(place) : new Node.Str(place, text);
        }
        if (NUMBER.matcher(text).matches()) {
            return LEADING_ZERO.matcher(text).matches()
                    ? ambiguous(place, text, "is decimal in YAML 1.2 and octal in YAML 1.1", withoutZeros(text))
                    : Syntax.number(place, text);
        }
        if (BASED.matcher(text).matches()) {
            return ambiguous(
                    place,
                    text,
                    "is a number that is not decimal",
                    "write it as decimal, or in quotes if text is meant");
        }
        if (SPACED.matcher(text).matches()) {
            return ambiguous(
                    place,
                    text,
                    "is text in YAML 1.2 and a number in YAML 1.1",
                    "write " + text.replace("_", "") + ", or \"" + text + "\" if text is meant");
        }
        if (NO_NUMBER.matcher(text).matches()) {
            return ambiguous(place, text, "is no number that can be compared", "write it in quotes if text is meant");
        }
        if (SIXTIES.matcher(text).matches()) {
            return ambiguous(
                    place,
                    text,
                    "is text in YAML 1.2 and a number to the base of 60 in YAML 1.1",
                    "write it in quotes");
        }
        return new Node.Str(place, text);
    }

    private static String withoutZeros(String text) {
        return "write it without leading zeros, or \"" + Words.clean(text, 40) + "\" if text is meant";
    }

    private static Fault ambiguous(Place place, String text, String what, String instead) {
        return new Fault(Code.PLAIN, place, Words.quote(text) + " without quotes " + what + ": " + instead);
    }
}
