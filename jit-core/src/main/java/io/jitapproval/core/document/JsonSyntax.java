package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import java.util.List;
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

/** JSON. Strict: no comments and no NaN. */
final class JsonSyntax implements Syntax {

    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNumberLength(TreeReader.LONGEST_NUMBER)
            .maxStringLength(TreeReader.LARGEST)
            .maxNameLength(TreeReader.LARGEST)
            .maxDocumentLength(TreeReader.LARGEST)
            .build();

    /** Where Jackson thinks that something began; it says "REDACTED" there, and the place of the fault is told anyway. */
    private static final Pattern SOURCE = Pattern.compile(" *\\(?(for \\w+ )?(starting )?at \\[Source: [^]]*\\]\\)?");

    /** Where the parser begins to talk of itself rather than of the document. */
    private static final List<String> ADVICE = List.of(" (start marker", ": enable `", " (not recognized");

    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    private final String text;

    JsonSyntax(String text) {
        this.text = text;
    }

    @Override
    public String name() {
        return "JSON";
    }

    @Override
    public JsonParser open() {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    @Override
    public Place here(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    @Override
    public @Nullable Fault refused(JsonParser parser) {
        return null;
    }

    @Override
    public Object scalar(JsonParser parser, Place place) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> new Node.Str(place, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, place);
            case VALUE_TRUE -> new Node.Bool(place, true);
            case VALUE_FALSE -> new Node.Bool(place, false);
            case VALUE_NULL -> new Node.Nil(place);
            default -> new Fault(Code.SYNTAX, place, "not well-formed JSON: unexpected " + token);
        };
    }

    private static Object number(JsonParser parser, Place place) {
        return parser.getStringLength() > TreeReader.LONGEST_NUMBER
                ? Syntax.tooLong(place)
                : Syntax.number(place, parser.getString());
    }

    @Override
    public Fault afterTheEnd(JsonParser parser) {
        return new Fault(Code.SYNTAX, here(parser), "not well-formed JSON: something follows the end of the document");
    }

    @Override
    public Fault fault(JsonParser parser, JacksonException thrown) {
        return thrown instanceof StreamConstraintsException
                ? Syntax.tooLong(here(parser))
                : new Fault(Code.SYNTAX, place(thrown.getLocation()), "not well-formed JSON: " + message(thrown));
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
}
