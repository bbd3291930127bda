package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** What JSON and YAML do not have in common. Made for one document. */
interface Syntax {

    /** How people call it. */
    String name();

    JsonParser open();

    /** Where the current token begins. */
    Place here(JsonParser parser);

    /** What is wrong with the current token, though the parser takes it; null if nothing is. */
    @Nullable
    Fault refused(JsonParser parser);

    /** The scalar that the current token is, or what is wrong with it. */
    Object scalar(JsonParser parser, Place place);

    /** What to say of a token behind the end of the document. */
    Fault afterTheEnd(JsonParser parser);

    /** What the parser stumbled over. */
    Fault fault(JsonParser parser, JacksonException thrown);

    /** A fault of one place. */
    record Fault(Code code, Place place, String what) {}

    /** The longest number and the widest exponent that a document may have. */
    static Object number(Place place, String text) {
        if (text.length() > TreeReader.LONGEST_NUMBER) {
            return tooLong(place);
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) <= TreeReader.WIDEST_SCALE) {
                return new Node.Num(place, value);
            }
        } catch (NumberFormatException e) {
            // Well-formed, or it would not be taken for a number: its exponent is beyond that of any.
        }
        return new Fault(Code.LIMIT, place, "a number has an exponent beyond " + TreeReader.WIDEST_SCALE);
    }

    static Fault tooLong(Place place) {
        return new Fault(Code.LIMIT, place, "a number has more than " + TreeReader.LONGEST_NUMBER + " characters");
    }
}
