package io.jitapproval.core.cases;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a document as plain ones of Java. */
final class Plain {

    private Plain() {}

    /** Text, exact number, boolean, list or map; null for null. */
    static @Nullable Object value(Node node, Problems problems) {
        if (node instanceof Node.Str text) {
            return text.value();
        } else if (node instanceof Node.Num number) {
            return number.value();
        } else if (node instanceof Node.Bool bool) {
            return bool.value();
        } else if (node instanceof Node.Arr array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(value(item, problems)));
            return Collections.unmodifiableList(items);
        } else if (node instanceof Node.Obj object) {
            return properties(object, problems);
        }
        return null;
    }

    /** The fields of a value that must be an object; none, with a problem, if it is something else. */
    static Map<String, @Nullable Object> properties(@Nullable Node node, String name, Problems problems) {
        if (node instanceof Node.Obj object) {
            return properties(object, problems);
        }
        if (node != null) {
            problems.wrongType(node, "'" + name + "'", "an object");
        }
        return Map.of();
    }

    private static Map<String, @Nullable Object> properties(Node.Obj object, Problems problems) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> {
            if (name.isBlank()) {
                problems.add(Code.NAME, field.key(), "a name is blank");
            } else {
                fields.put(name, value(field.value(), problems));
            }
        });
        return Collections.unmodifiableMap(fields);
    }

    /** The texts of a list, which may be empty; null if there is no node. */
    static @Nullable List<Node.Str> texts(@Nullable Node node, String name, Problems problems) {
        if (node == null) {
            return null;
        }
        List<Node.Str> texts = new ArrayList<>();
        for (Node item : items(node, name, problems)) {
            if (Fields.text(item, name, problems) != null) {
                texts.add((Node.Str) item);
            }
        }
        return texts;
    }

    /** The texts of a list, or the one text that stands in its place. */
    static List<Node.Str> oneOrMore(Node node, String name, Problems problems) {
        if (node instanceof Node.Str one) {
            return Fields.text(one, name, problems) == null ? List.of() : List.of(one);
        }
        if (!(node instanceof Node.Arr array)) {
            problems.wrongType(node, "'" + name + "'", "text or a list of texts");
            return List.of();
        }
        if (array.items().isEmpty()) {
            problems.add(Code.EMPTY, node, "'" + name + "' is empty: name at least one");
        }
        List<Node.Str> texts = texts(array, name, problems);
        return texts == null ? List.of() : texts;
    }

    static List<Node> items(Node node, String name, Problems problems) {
        if (node instanceof Node.Arr array) {
            return array.items();
        }
        problems.wrongType(node, "'" + name + "'", "a list");
        return List.of();
    }

    /** A time with its offset; null, with a problem, if the text is none. */
    static @Nullable Instant time(Node node, Problems problems) {
        String text = Fields.text(node, "time", problems);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            problems.add(
                    Code.MOMENT,
                    node,
                    "'time' " + node.show() + " is not a time with its offset: write one such as"
                            + " \"2026-12-31T18:00:00Z\" or \"2026-12-31T18:00:00+01:00\"");
            return null;
        }
    }

    /** A duration; null, with a problem, if the text is none or there is no node. */
    static @Nullable Duration duration(@Nullable Node node, String name, Problems problems) {
        String text = node == null ? null : Fields.text(node, name, problems);
        if (node == null || text == null) {
            return null;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            problems.add(Code.DURATION, node, "'" + name + "' " + node.show() + " is not a duration such as PT15M");
            return null;
        }
    }
}
