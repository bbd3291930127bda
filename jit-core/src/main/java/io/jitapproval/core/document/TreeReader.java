package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Syntax.Fault;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON or YAML into the located tree. Strict: no duplicate keys, nothing behind the end, and no value that could be
 * taken for another.
 */
public final class TreeReader {

    private static final int LONGEST_LINE = 65_536;
    public static final int LARGEST = 16 * 1024 * 1024;
    static final int DEEPEST = 32;
    static final int LONGEST_NUMBER = 100;
    /** A number with more zeros than this is a slip, and costs to print. */
    static final int WIDEST_SCALE = 400;

    /** A list of more objects than this is read again where it is needed. */
    static final int LONG = 1_000;

    private static final int DEPTH_OF_RULES = 2;
    /** Most objects have up to three fields. */
    private static final int SMALL = 4;

    private final Syntax syntax;
    private final Problems problems;
    private int depth;

    private TreeReader(Syntax syntax, Problems problems) {
        this.syntax = syntax;
        this.problems = problems;
    }

    /** The tree; null if a syntax error stopped the reading, which is then among the problems. */
    public static @Nullable Node read(PolicyText document, Problems problems) {
        return read(document, isYaml(document), problems);
    }

    /** As {@link #read}, of what must be JSON whatever it looks like. */
    public static @Nullable Node readJson(PolicyText document, Problems problems) {
        return read(document, false, problems);
    }

    private static @Nullable Node read(PolicyText document, boolean isYaml, Problems problems) {
        String text = document.text();
        Place start = new Place(1, 1);
        if (text.length() > LARGEST || utf8Length(text) > LARGEST) {
            problems.add(Code.LIMIT, start, "the document is larger than 16 MiB");
            return null;
        }
        if (text.isBlank()) {
            problems.add(Code.SYNTAX, start, empty(isYaml));
            return null;
        }
        if (text.charAt(0) == '\uFEFF') {
            problems.add(
                    Code.SYNTAX, start, "the document begins with a byte order mark: save it as UTF-8 without BOM");
            return null;
        }
        int longLine = isYaml ? longLine(text) : 0;
        if (longLine > 0) {
            problems.add(
                    Code.LIMIT,
                    new Place(longLine, 1),
                    "a line of YAML is longer than " + LONGEST_LINE + " characters: break it, or write JSON");
            return null;
        }
        Syntax syntax = isYaml ? new YamlSyntax(text) : new JsonSyntax(text);
        try (JsonParser parser = syntax.open()) {
            return new TreeReader(syntax, problems).document(parser);
        }
    }

    /** The first line that is too long, counted from 1; 0 if there is none. The parser's time grows with the square of it. */
    private static int longLine(String text) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            } else if (i - start >= LONGEST_LINE) {
                return line;
            }
        }
        return 0;
    }

    /** Whether a document is YAML: by the end of its origin's name, else by its first character. */
    public static boolean isYaml(PolicyText document) {
        String origin = document.origin().toLowerCase(Locale.ROOT);
        if (origin.endsWith(".yaml") || origin.endsWith(".yml")) {
            return true;
        }
        return !origin.endsWith(".json") && !document.text().stripLeading().startsWith("{");
    }

    private static String empty(boolean isYaml) {
        String least = isYaml ? "'default: deny' and 'rules: []'" : "{\"default\": \"deny\", \"rules\": []}";
        return "the document is empty: the least one is " + least;
    }

    /** An object that was read before; what is wrong with it has been told. */
    static Node reread(String object, Place at) {
        Syntax syntax = new JsonSyntax(object, at);
        try (JsonParser parser = syntax.open()) {
            parser.nextToken();
            TreeReader reader = new TreeReader(syntax, new Problems(new PolicyText("again", object)));
            reader.depth = DEPTH_OF_RULES;
            return reader.value(parser);
        }
    }

    private @Nullable Node document(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                throw stop(new Fault(Code.SYNTAX, new Place(1, 1), empty(syntax instanceof YamlSyntax)));
            }
            Node root = value(parser);
            if (parser.nextToken() != null) {
                throw stop(syntax.afterTheEnd(parser));
            }
            return root;
        } catch (Stop stop) {
            return null;
        } catch (JacksonException e) {
            Fault fault = syntax.fault(parser, e);
            problems.add(fault.code(), fault.place(), fault.what());
            return null;
        } catch (RuntimeException e) {
            problems.add(
                    Code.SYNTAX,
                    syntax.here(parser),
                    "the " + syntax.name() + " parser failed here: " + Words.clean(String.valueOf(e), 200));
            return null;
        }
    }

    private Node value(JsonParser parser) {
        Place place = syntax.here(parser);
        refuse(parser);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser, place);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(parser, place);
        }
        if (token == null || !token.isScalarValue()) {
            throw stop(
                    new Fault(Code.SYNTAX, place, "not well-formed " + syntax.name() + ": unexpected " + name(token)));
        }
        Object scalar = syntax.scalar(parser, place);
        if (scalar instanceof Fault fault && fault.code() == Code.PLAIN) {
            problems.spoil(fault.code(), place, fault.what());
            return new Node.Str(place, parser.getString());
        }
        if (scalar instanceof Fault fault) {
            throw stop(fault);
        }
        if (scalar instanceof Node.Str text) {
            paired(text.value(), place);
        }
        return (Node) scalar;
    }

    private static String name(@Nullable JsonToken token) {
        return token == null ? "end" : token.name();
    }

    private Node object(JsonParser parser, Place place) {
        enter(place);
        Map<String, Node.Field> fields = new LinkedHashMap<>(SMALL);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place key = syntax.here(parser);
            refuse(parser);
            String name = parser.currentName();
            paired(name, key);
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
        LongList objects = depth == DEPTH_OF_RULES ? syntax.longList() : null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long from = objects == null ? 0 : parser.currentTokenLocation().getCharOffset();
            Node item = value(parser);
            if (objects != null && item instanceof Node.Obj) {
                objects.add(item.place(), from, parser.currentLocation().getCharOffset());
                if (objects.size() > LONG) {
                    items.clear();
                    continue;
                }
            } else if (objects != null) {
                items = objects.size() > LONG ? new ArrayList<>(objects) : items;
                objects = null;
            }
            items.add(item);
        }
        depth--;
        return new Node.Arr(place, objects != null && objects.size() > LONG ? objects : items);
    }

    private void enter(Place place) {
        if (++depth > DEEPEST) {
            throw stop(new Fault(Code.LIMIT, place, "the document is nested deeper than " + DEEPEST + " levels"));
        }
    }

    private void refuse(JsonParser parser) {
        Fault fault = syntax.refused(parser);
        if (fault != null) {
            throw stop(fault);
        }
    }

    /** Half a character is none: as UTF-8, two documents that differ in it would be the same bytes. */
    private void paired(String text, Place place) {
        int i = 0;
        while (i < text.length() && !Character.isSurrogate(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return;
        }
        OptionalInt half = text.codePoints()
                .filter(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                .findFirst();
        if (half.isPresent()) {
            String shown = String.format(Locale.ROOT, "\\u%04X", half.getAsInt());
            throw stop(new Fault(Code.SYNTAX, place, "text has half a character in it: " + shown + " stands alone"));
        }
    }

    private Stop stop(Fault fault) {
        problems.add(fault.code(), fault.place(), fault.what());
        return new Stop();
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
