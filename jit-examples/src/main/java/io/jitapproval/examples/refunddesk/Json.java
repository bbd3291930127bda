package io.jitapproval.examples.refunddesk;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value and where it stands: fields, a list of {@code Json}, text, an exact number, a boolean or null.
 *
 * @param value the value
 * @param place where it begins
 */
record Json(@Nullable Object value, Place place) {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_DIGITS = 400;

    /**
     * A place in a text.
     *
     * @param line   from 1
     * @param column from 1, in characters
     */
    record Place(int line, int column) {}

    /**
     * A field of an object.
     *
     * @param key   where its name stands
     * @param value its value
     */
    record Field(Place key, Json value) {}

    @SuppressWarnings("unchecked")
    @Nullable
    Map<String, Field> fields() {
        return value instanceof Map<?, ?> map ? (Map<String, Field>) map : null;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    List<Json> items() {
        return value instanceof List<?> list ? (List<Json>) list : null;
    }

    String kind() {
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof Map<?, ?>
                ? "an object"
                : value instanceof List<?> ? "a list" : value instanceof String ? "text" : "a number";
    }

    /** The value without its places, in collections that can be changed. */
    @Nullable
    Object plain() {
        Map<String, Field> fields = fields();
        if (fields != null) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            fields.forEach((name, field) -> plain.put(name, field.value().plain()));
            return plain;
        }
        List<Json> items = items();
        if (items != null) {
            List<@Nullable Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }
        return value;
    }

    /**
     * Reads one value.
     *
     * @param text      one JSON value and nothing else
     * @param firstLine the number of the text's first line
     * @param faults    takes what is wrong
     * @return the value; empty, with a fault, if it cannot be read
     */
    static Optional<Json> read(String text, int firstLine, Faults faults) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Reader reader = new Reader(parser, firstLine, faults);
            JsonToken first = parser.nextToken();
            if (first == null) {
                faults.add(new Place(firstLine, 1), Fault.EMPTY, "there is nothing here: a JSON value was expected");
                return Optional.empty();
            }
            int before = faults.count();
            Json value = reader.value(first);
            if (parser.nextToken() != null) {
                faults.add(reader.here(), Fault.SYNTAX, "something follows the end of the JSON value");
            }
            return faults.count() > before ? Optional.empty() : Optional.of(value);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            Place place = at == null || at.getLineNr() < 1
                    ? new Place(firstLine, 1)
                    : new Place(firstLine + at.getLineNr() - 1, Math.max(1, at.getColumnNr()));
            faults.add(place, Fault.SYNTAX, "cannot be read as JSON: " + words(e));
            return Optional.empty();
        }
    }

    /** What the parser says, without what it says about itself. */
    private static String words(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Unexpected end-of-input")) {
            return "it ends in the middle; a closing brace, bracket or quote is missing";
        }
        if (message.contains("comment")) {
            return "there are no comments in JSON";
        }
        if (message.contains("nesting depth")) {
            return "it is nested too deep";
        }
        String plain = message.lines()
                .findFirst()
                .orElse("")
                .replaceAll("Unexpected character \\('(.)' \\(code [^)]*\\)\\): ", "$1 is not expected here, ")
                .replaceAll("\\(\\(CTRL-CHAR, code (\\d+)\\)\\)", "of code $1")
                .replaceAll("(: enable `| \\(start marker at|\\(for \\w+ starting at).*", "");
        return Visible.of(plain);
    }

    /** Writes plain values as one line. */
    static String line(Map<String, ? extends @Nullable Object> fields) {
        return text(fields);
    }

    /** Writes a plain value. */
    static String text(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, each) -> {
                json.writeName(String.valueOf(name));
                write(json, each);
            });
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            list.forEach(each -> write(json, each));
            json.writeEndArray();
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    private static final class Reader {

        private final JsonParser parser;
        private final int firstLine;
        private final Faults faults;

        Reader(JsonParser parser, int firstLine, Faults faults) {
            this.parser = parser;
            this.firstLine = firstLine;
            this.faults = faults;
        }

        Place here() {
            TokenStreamLocation at = parser.currentTokenLocation();
            return new Place(firstLine + at.getLineNr() - 1, at.getColumnNr());
        }

        Json value(JsonToken token) {
            Place place = here();
            return switch (token) {
                case START_OBJECT -> object(place);
                case START_ARRAY -> list(place);
                case VALUE_STRING -> new Json(parser.getString(), place);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json(number(place), place);
                case VALUE_TRUE -> new Json(true, place);
                case VALUE_FALSE -> new Json(false, place);
                default -> new Json(null, place);
            };
        }

        private BigDecimal number(Place place) {
            BigDecimal number = parser.getDecimalValue();
            if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
                faults.add(place, Fault.BAD_VALUE, "a number of more than " + MOST_DIGITS + " digits");
                return BigDecimal.ZERO;
            }
            return number;
        }

        private Json object(Place place) {
            Map<String, Field> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Place key = here();
                String name = parser.currentName();
                Field before = fields.put(name, new Field(key, value(parser.nextToken())));
                if (before != null) {
                    faults.add(key, Fault.DUPLICATE, "the field " + Faults.quote(name) + " is there twice");
                }
            }
            return new Json(fields, place);
        }

        private Json list(Place place) {
            List<Json> items = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                items.add(value(token));
            }
            return new Json(items, place);
        }
    }
}
