package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON into the located tree. Strict: no duplicate keys, no comments, no NaN, nothing behind the end. */
public final class TreeReader {

    public static final int LARGEST = 16 * 1024 * 1024;
    static final int DEEPEST = 32;
    static final int LONGEST_NUMBER = 100;
    /** A number with more zeros than this is a slip, and costs to print. */
    private static final int WIDEST_SCALE = 400;

    /** Where Jackson thinks that something began; it says "REDACTED" there, and the place of the fault is told anyway. */
    private static final Pattern SOURCE = Pattern.compile(" *\\(?(for \\w+ )?(starting )?at \\[Source: [^]]*\\]\\)?");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LARGEST)
                    .maxNameLength(LARGEST)
                    .maxDocumentLength(LARGEST)
                    .build())
            .build();

    /** Where the parser begins to talk of itself rather than of the document. */
    private static final List<String> ADVICE = List.of(" (start marker", ": enable `", " (not recognized");

    private final Problems problems;
    private int depth;

    private TreeReader(Problems problems) {
        this.problems = problems;
    }

    /** The tree; null if a syntax error stopped the reading, which is then among the problems. */
    public static @Nullable Node read(PolicyText document, Problems problems) {
        String text = document.text();
        Place start = new Place(1, 1);
        if (text.length() > LARGEST || utf8Length(text) > LARGEST) {
            problems.add(Code.LIMIT, start, "the document is larger than 16 MiB");
            return null;
        }
        if (text.isBlank()) {
            problems.add(
                    Code.SYNTAX,
                    start,
                    "the document is empty: the least one is {\"default\": \"deny\", \"rules\": []}");
            return null;
        }
        if (text.charAt(0) == '\uFEFF') {
            problems.add(
                    Code.SYNTAX, start, "the document begins with a byte order mark: save it as UTF-8 without BOM");
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new TreeReader(problems).document(parser);
        } catch (JacksonException e) {
            problems.add(Code.SYNTAX, place(e.getLocation()), "not well-formed JSON: " + message(e));
            return null;
        }
    }

    private @Nullable Node document(JsonParser parser) {
        try {
            parser.nextToken();
            Node root = value(parser);
            if (parser.nextToken() != null) {
                throw stop(
                        Code.SYNTAX, here(parser), "not well-formed JSON: something follows the end of the document");
            }
            return root;
        } catch (Stop stop) {
            return null;
        } catch (StreamConstraintsException e) {
            problems.add(Code.LIMIT, here(parser), "a number has more than " + LONGEST_NUMBER + " characters");
            return null;
        }
    }

    private Node value(JsonParser parser) {
        Place place = here(parser);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, place);
            case START_ARRAY -> array(parser, place);
            case VALUE_STRING -> new Node.Str(place, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, place);
            case VALUE_TRUE -> new Node.Bool(place, true);
            case VALUE_FALSE -> new Node.Bool(place, false);
            case VALUE_NULL -> new Node.Nil(place);
            default -> throw stop(Code.SYNTAX, place, "not well-formed JSON: unexpected " + token);
        };
    }

    private Node number(JsonParser parser, Place place) {
        if (parser.getStringLength() > LONGEST_NUMBER) {
            throw stop(Code.LIMIT, place, "a number has more than " + LONGEST_NUMBER + " characters");
        }
        try {
            BigDecimal value = new BigDecimal(parser.getString());
            if (Math.abs((long) value.scale()) <= WIDEST_SCALE) {
                return new Node.Num(place, value);
            }
        } catch (NumberFormatException e) {
            // Well-formed, or the parser would have stopped: its exponent is beyond that of any number.
        }
        throw stop(Code.LIMIT, place, "a number has an exponent beyond " + WIDEST_SCALE);
    }

    private Node object(JsonParser parser, Place place) {
        enter(place);
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place key = here(parser);
            String name = parser.currentName();
            parser.nextToken();
            Node value = value(parser);
            if (fields.putIfAbsent(name, new Node.Field(key, value)) != null) {
                problems.add(Code.DUPLICATE_KEY, key, "the key " + Words.quote(name) + " stands twice in this object");
            }
        }
        depth--;
        return new Node.Obj(place, fields);
    }

    private Node array(JsonParser parser, Place place) {
        enter(place);
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        depth--;
        return new Node.Arr(place, items);
    }

    private void enter(Place place) {
        if (++depth > DEEPEST) {
            throw stop(Code.LIMIT, place, "the document is nested deeper than " + DEEPEST + " levels");
        }
    }

    private Stop stop(Code code, Place place, String what) {
        problems.add(code, place, what);
        return new Stop();
    }

    private static Place here(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    private static Place place(@Nullable TokenStreamLocation location) {
        return location == null
                ? new Place(1, 1)
                : new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String message(JacksonException e) {
        String message = e.getOriginalMessage();
        if (message == null) {
            return "it cannot be read";
        }
        String first = message.lines().findFirst().orElse("");
        for (String advice : ADVICE) {
            int at = first.indexOf(advice);
            first = at < 0 ? first : first.substring(0, at);
        }
        return Words.clean(SOURCE.matcher(first).replaceAll(""), 200);
    }

    private static int utf8Length(String text) {
        return text.length() > LARGEST / 3 ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
    }

    /** Ends the reading; what is wrong is already among the problems. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }
}
