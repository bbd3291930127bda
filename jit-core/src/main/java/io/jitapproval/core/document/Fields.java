package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one object; tells of those that nobody knows. */
public final class Fields {

    private final Node.Obj object;
    private final Problems problems;
    private final String owner;

    private Fields(Node.Obj object, Problems problems, String owner) {
        this.object = object;
        this.problems = problems;
        this.owner = owner;
    }

    /** Over an object; null, with a problem, if it is none. */
    public static @Nullable Fields of(Node node, Problems problems, String owner, List<String> known) {
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, owner, "an object");
            return null;
        }
        for (Map.Entry<String, Node.Field> field : object.fields().entrySet()) {
            if (!known.contains(field.getKey())) {
                problems.add(
                        Code.UNKNOWN_FIELD,
                        field.getValue().key(),
                        "unknown field " + Words.quote(field.getKey()) + " in " + owner
                                + Words.hint(field.getKey(), known));
            }
        }
        return new Fields(object, problems, owner);
    }

    public Place place() {
        return object.place();
    }

    public boolean has(String name) {
        return object.fields().containsKey(name);
    }

    /** Where the field's name stands; it must be there. */
    public Place key(String name) {
        Node.Field field = object.fields().get(name);
        return field == null ? place() : field.key();
    }

    public @Nullable Node get(String name) {
        Node.Field field = object.fields().get(name);
        return field == null ? null : field.value();
    }

    /** The field; null, with a problem that says what to write, if it is missing. */
    public @Nullable Node required(String name, String example) {
        Node value = get(name);
        if (value == null) {
            problems.add(Code.MISSING, place(), owner + " has no '" + name + "': write " + example);
        }
        return value;
    }

    /** The text of a field that may be missing; null if it is, or, with a problem, if it is no text. */
    public @Nullable String text(String name) {
        Node value = get(name);
        return value == null ? null : text(value, name, problems);
    }

    /** Text that is not blank and has no control characters; else null, with a problem. */
    public static @Nullable String text(Node value, String name, Problems problems) {
        return labelled(value, "'" + name + "'", problems);
    }

    private static @Nullable String labelled(Node value, String label, Problems problems) {
        if (!(value instanceof Node.Str text)) {
            problems.wrongType(value, label, "text");
            return null;
        }
        if (text.value().isBlank()) {
            problems.add(Code.NAME, value, label + " is blank");
            return null;
        }
        if (text.value().chars().anyMatch(c -> Words.isControl((char) c))) {
            problems.add(Code.NAME, value, label + " has a control character in it: " + text.show());
            return null;
        }
        return text.value();
    }

    /** One of the words; the first if the field is missing; null, with a problem, if it is another word. */
    public @Nullable String word(String name, List<String> words) {
        Node value = get(name);
        if (value == null) {
            return words.get(0);
        }
        String text = text(value, name, problems);
        if (text == null || words.contains(text)) {
            return text;
        }
        problems.add(Code.WORD, value, "unknown " + name + " " + Words.quote(text) + Words.hint(text, words));
        return null;
    }

    /** A whole number in the bounds; the default if the field is missing or, with a problem, out of bounds. */
    public int number(String name, int preset, int most) {
        Node value = get(name);
        if (value == null) {
            return preset;
        }
        if (!(value instanceof Node.Num number)) {
            problems.wrongType(value, "'" + name + "'", "a whole number");
            return preset;
        }
        BigDecimal exact = number.value();
        if (exact.stripTrailingZeros().scale() > 0
                || exact.compareTo(BigDecimal.ONE) < 0
                || exact.compareTo(BigDecimal.valueOf(most)) > 0) {
            problems.add(
                    Code.NUMBER,
                    value,
                    "'" + name + "' must be a whole number from 1 to " + most + ", but was " + value.show());
            return preset;
        }
        return exact.intValueExact();
    }

    /** The texts of a field that must be a list of them, not empty. */
    public List<Node.Str> texts(String name) {
        if (get(name) instanceof Node.Arr array && array.items().isEmpty()) {
            problems.add(Code.EMPTY, array, "'" + name + "' is empty: name at least one");
        }
        return anyTexts(name);
    }

    /** The texts of a field that must be a list of them; none if it is missing. */
    public List<Node.Str> anyTexts(String name) {
        Node value = get(name);
        List<Node.Str> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!(value instanceof Node.Arr array)) {
            problems.wrongType(value, "'" + name + "'", "a list");
            return texts;
        }
        for (Node item : array.items()) {
            if (labelled(item, "a value of '" + name + "'", problems) != null) {
                texts.add((Node.Str) item);
            }
        }
        return texts;
    }
}
