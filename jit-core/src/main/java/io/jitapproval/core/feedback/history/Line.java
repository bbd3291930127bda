package io.jitapproval.core.feedback.history;

import io.jitapproval.core.document.Words;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of JSON, token by token. Strict: no comments, no field twice, no half characters; numbers are exact, whole ones that
 * fit as {@link Long} and others as {@link BigDecimal}. Every method leaves the parser on the last token of what it read.
 */
final class Line implements AutoCloseable {

    static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 100;
    private static final int WIDEST_SCALE = 400;
    private static final int LONGEST_SHOWN = 80;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LineSource.LONGEST)
                    .maxNameLength(LineSource.LONGEST)
                    .build())
            .build();

    private final JsonParser parser;
    private final boolean escapes;

    /**
     * Begins with a line.
     *
     * @throws LineFault if it is too long or not UTF-8
     */
    Line(LineSource source) {
        if (source.tooLong()) {
            throw new LineFault(HistoryCode.LIMIT, 1, "the line is longer than 1 MiB: leave out what is not needed");
        }
        if (!source.ascii()) {
            requireUtf8(source);
        }
        escapes = source.escapes();
        parser = FACTORY.createParser(ObjectReadContext.empty(), source.buffer(), source.from(), source.length());
    }

    private static void requireUtf8(LineSource source) {
        ByteBuffer bytes = ByteBuffer.wrap(source.buffer(), source.from(), source.length());
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new LineFault(
                    HistoryCode.NOT_UTF8,
                    bytes.position() - source.from() + 1,
                    "the line is not UTF-8 from here on: save the file as UTF-8");
        }
    }

    /** The next token. */
    JsonToken next() {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new LineFault(
                        HistoryCode.SYNTAX, column(), "the line ends in the middle: each decision stands on one line");
            }
            return token;
        } catch (StreamConstraintsException e) {
            throw new LineFault(
                    HistoryCode.LIMIT,
                    column(),
                    "the nesting is deeper than " + DEEPEST + ", or a number has more than " + LONGEST_NUMBER
                            + " characters");
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private LineFault malformed(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Unexpected end-of-input") || message.contains("was expecting closing quote")) {
            return new LineFault(
                    HistoryCode.SYNTAX,
                    column(),
                    "the line ends in the middle of a value: each decision stands on one line");
        }
        int end = message.indexOf('\n');
        for (String advice :
                List.of(" (start marker", ": enable `", " (not recognized", " at [Source", ": was expecting")) {
            int at = message.indexOf(advice);
            end = at >= 0 && (end < 0 || at < end) ? at : end;
        }
        int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
        return new LineFault(
                HistoryCode.SYNTAX,
                column,
                "not well-formed JSON: " + Words.clean(end < 0 ? message : message.substring(0, end), 200));
    }

    /** Where the current token begins, in bytes from 1. */
    int column() {
        return Math.max(1, parser.currentTokenLocation().getColumnNr());
    }

    JsonToken current() {
        return parser.currentToken();
    }

    /** Opens the line's object; anything else is a fault. */
    void open() {
        if (next() != JsonToken.START_OBJECT) {
            throw fault(HistoryCode.TYPE, "a line must be one JSON object, but was " + shown());
        }
    }

    /** The name of the next field, with the parser on its value; null at the end of the object. */
    @Nullable
    String field() {
        if (next() == JsonToken.END_OBJECT) {
            return null;
        }
        String name = parser.currentName();
        requireWhole(name);
        next();
        return name;
    }

    /** Nothing may follow. */
    void end() {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw fault(HistoryCode.SYNTAX, "something follows the object: write each on its own line");
    }

    LineFault fault(HistoryCode code, String what) {
        return new LineFault(code, column(), what);
    }

    boolean isNull() {
        return current() == JsonToken.VALUE_NULL;
    }

    boolean isText() {
        return current() == JsonToken.VALUE_STRING;
    }

    boolean isNumber() {
        return current() == JsonToken.VALUE_NUMBER_INT || current() == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /** A text that is not blank. */
    String text(String what) {
        require(isText(), what, "a text");
        String text = string();
        if (text.isBlank()) {
            throw fault(HistoryCode.RANGE, what + " is blank: leave it out, or write what it is");
        }
        return text;
    }

    /** A text, maybe empty. */
    String words(String what) {
        require(isText(), what, "a text");
        return string();
    }

    /** A text or a number, as a text. */
    String id(String what) {
        return isNumber() ? parser.getString() : text(what);
    }

    String string() {
        try {
            String text = parser.getString();
            requireWhole(text);
            return text;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private void requireWhole(String text) {
        if (!escapes) {
            return;
        }
        boolean half = text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        if (half) {
            throw fault(HistoryCode.NOT_UTF8, "half a character (an unpaired surrogate) stands in a text");
        }
    }

    boolean bool(String what) {
        require(current() == JsonToken.VALUE_TRUE || current() == JsonToken.VALUE_FALSE, what, "true or false");
        return current() == JsonToken.VALUE_TRUE;
    }

    int count(String what) {
        require(current() == JsonToken.VALUE_NUMBER_INT, what, "a whole number");
        BigDecimal number = exact();
        if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw fault(HistoryCode.RANGE, what + " is " + shown() + ": it is 0 or more, up to " + Integer.MAX_VALUE);
        }
        return number.intValue();
    }

    double share(String what) {
        require(isNumber(), what, "a number");
        double share = exact().doubleValue();
        if (!(share >= 0 && share <= 1)) {
            throw fault(HistoryCode.RANGE, what + " is " + shown() + ": it lies between 0 and 1");
        }
        return share;
    }

    BigDecimal exact() {
        try {
            BigDecimal value = new BigDecimal(parser.getString());
            if (Math.abs((long) value.scale()) <= WIDEST_SCALE) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Well-formed, or it would be no number: its exponent is beyond that of any.
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw fault(HistoryCode.LIMIT, "a number has an exponent beyond " + WIDEST_SCALE);
    }

    Instant time(String what) {
        if (isText()) {
            Instant time = Moments.parse(string());
            if (time != null) {
                return time;
            }
        } else if (isNumber()) {
            Instant time = Moments.sinceEpoch(exact());
            if (time != null) {
                return time;
            }
        }
        throw fault(
                HistoryCode.TIME,
                what + " is " + shown() + ": write a time with an offset, such as 2026-01-31T12:00:00Z, or seconds or"
                        + " milliseconds since 1970");
    }

    Duration duration(String what) {
        if (isNumber()) {
            BigDecimal seconds = exact();
            if (seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(Moments.LONGEST_SECONDS)) <= 0) {
                return Moments.seconds(seconds);
            }
        } else if (isText()) {
            try {
                Duration duration = Duration.parse(string());
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                // Told below.
            }
        }
        throw fault(
                HistoryCode.TIME,
                what + " is " + shown() + ": write a duration such as PT2M30S, or a number of seconds");
    }

    /** Any value as text, exact number, boolean, unmodifiable list or map, or null. */
    @Nullable
    Object value() {
        return switch (current()) {
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> exact();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> Collections.unmodifiableMap(object());
            case START_ARRAY -> list();
            default -> null;
        };
    }

    private Object whole() {
        JsonParser.NumberType type = parser.getNumberType();
        return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG
                ? (Object) parser.getLongValue()
                : exact();
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> items = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return Collections.unmodifiableList(items);
    }

    /** The fields of the object that the parser is on. */
    Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = field(); name != null; name = field()) {
            put(fields, name);
        }
        return fields;
    }

    /** Puts the current value under a name that must be free and not blank. */
    void put(Map<String, @Nullable Object> fields, String name) {
        if (name.isBlank()) {
            throw fault(HistoryCode.RANGE, "the name of a field is blank");
        }
        int before = fields.size();
        fields.put(name, value());
        if (fields.size() == before) {
            throw twice(name);
        }
    }

    LineFault twice(String name) {
        return fault(HistoryCode.TWICE, "the field " + Words.quote(name) + " stands twice");
    }

    /** The properties that an object's field holds; null has none. */
    Map<String, @Nullable Object> properties(String what) {
        if (isNull()) {
            return new LinkedHashMap<>();
        }
        require(current() == JsonToken.START_OBJECT, what, "an object");
        return object();
    }

    /** Goes over the current value. */
    void skip() {
        int depth = 0;
        JsonToken token = current();
        while (true) {
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            token = next();
        }
    }

    void require(boolean fits, String what, String expected) {
        if (!fits) {
            throw fault(HistoryCode.TYPE, what + " must be " + expected + ", but was " + shown());
        }
    }

    /** The current value in a message. */
    String shown() {
        return switch (current()) {
            case VALUE_STRING -> "the text " + Words.quote(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + Words.clean(parser.getString(), LONGEST_SHOWN);
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            default -> "null";
        };
    }

    @Override
    public void close() {
        parser.close();
    }
}
