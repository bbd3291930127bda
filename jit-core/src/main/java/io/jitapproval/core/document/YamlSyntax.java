package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * YAML 1.2, as much of it as JSON can say: no anchors, aliases, tags, merge keys, directives or second documents. The parser
 * gives every scalar as text; {@link PlainScalar} says what it is.
 */
final class YamlSyntax implements Syntax {

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(JsonSyntax.CONSTRAINTS)
            .loadSettings(LoadSettings.builder()
                    .setSchema(new FailsafeSchema())
                    .setCodePointLimit(TreeReader.LARGEST)
                    .setAllowDuplicateKeys(true)
                    .build())
            .build();

    private final String text;
    /** Where each line begins. */
    private final int[] lines;

    private final int length;

    private boolean begun;
    /** The parser counts code points, places count characters; asked in order, it is one walk over the text. */
    private int codePoints;

    private int chars;

    YamlSyntax(String text) {
        this.text = text;
        this.lines = lines(text);
        this.length = text.codePointCount(0, text.length());
    }

    @Override
    public String name() {
        return "YAML";
    }

    @Override
    public JsonParser open() {
        return FACTORY.createParser(ObjectReadContext.empty(), new WholeCharacters(text));
    }

    @Override
    public Place here(JsonParser parser) {
        return place(start(parser));
    }

    @Override
    public @Nullable Fault refused(JsonParser parser) {
        int start = start(parser);
        if (!begun) {
            begun = true;
            Place directive = directive(start);
            if (directive != null) {
                return refuse(directive, "a directive", "leave it out: YAML 1.2 is read");
            }
        }
        if (parser.currentToken() == JsonToken.PROPERTY_NAME
                && text.startsWith("<<", start)
                && "<<".equals(parser.currentName())) {
            return refuse(place(start), "a merge key", "write out the fields that it would bring");
        }
        return properties(start);
    }

    private @Nullable Fault properties(int start) {
        return switch (charAt(start)) {
            case '&' -> refuse(place(start), "an anchor", "write the value where it is used");
            case '*' -> refuse(place(start), "an alias", "write the value out, or in quotes if it is text");
            case '!' -> refuse(place(start), "a tag", "leave it out, or write text in quotes");
            default -> null;
        };
    }

    private static Fault refuse(Place place, String what, String instead) {
        return new Fault(Code.YAML, place, what + " stands here, which policies do without: " + instead);
    }

    @Override
    public Object scalar(JsonParser parser, Place place) {
        String value = parser.getString();
        return switch (charAt(start(parser))) {
            case '"', '\'', '|', '>' -> new Node.Str(place, value);
            default -> PlainScalar.read(place, value);
        };
    }

    @Override
    public @Nullable LongList longList() {
        return null;
    }

    @Override
    public Fault afterTheEnd(JsonParser parser) {
        return refuse(here(parser), "a second document", "a file holds one");
    }

    @Override
    public Fault fault(JsonParser parser, JacksonException thrown) {
        Throwable cause = thrown.getCause();
        if (cause instanceof MarkedYamlEngineException marked) {
            Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
            int at = chars(mark.map(Mark::getIndex).orElse(0));
            Fault alias = at > 0 && charAt(at - 1) == '*' ? properties(at - 1) : null;
            String problem = marked.getProblem() == null ? "it cannot be read" : marked.getProblem();
            return alias == null
                    ? malformed(place(at), hinted(problem.lines().findFirst().orElse("")))
                    : alias;
        }
        if (cause instanceof ReaderException unreadable) {
            String character = String.format(Locale.ROOT, "\\u%04X", unreadable.getCodePoint());
            return malformed(
                    place(chars(unreadable.getPosition())), "the character " + character + " cannot stand in YAML");
        }
        int start = start(parser);
        Fault properties = thrown instanceof StreamConstraintsException ? null : properties(start);
        return properties == null ? malformed(place(start), "a key must be text") : properties;
    }

    private static String hinted(String problem) {
        if (problem.startsWith("mapping values are not allowed")) {
            return problem + ": text that has ': ' in it needs quotes";
        }
        return problem.startsWith("expected <block end>")
                ? problem + ": what belongs to one block begins in one column"
                : problem;
    }

    private static Fault malformed(Place place, String problem) {
        return new Fault(Code.SYNTAX, place, "not well-formed YAML: " + Words.clean(problem, 200));
    }

    /** A line before the document's first value that begins with a percent sign. */
    private @Nullable Place directive(int start) {
        for (int i = 0; i < lines.length && lines[i] < start; i++) {
            if (charAt(lines[i]) == '%') {
                return new Place(i + 1, 1);
            }
        }
        return null;
    }

    private int start(JsonParser parser) {
        long index = parser.currentTokenLocation().getCharOffset();
        return index < 0 ? 0 : chars((int) index);
    }

    private int chars(int index) {
        int to = Math.min(index, length);
        chars = text.offsetByCodePoints(chars, to - codePoints);
        codePoints = to;
        return chars;
    }

    private char charAt(int at) {
        return at < text.length() ? text.charAt(at) : '\n';
    }

    private Place place(int at) {
        int found = Arrays.binarySearch(lines, at);
        int line = found >= 0 ? found : -found - 2;
        return new Place(line + 1, at - lines[line] + 1);
    }

    private static int[] lines(String text) {
        int[] starts = new int[16];
        int many = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) {
                if (many == starts.length) {
                    starts = Arrays.copyOf(starts, many * 2);
                }
                starts[many++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, many);
    }
}
