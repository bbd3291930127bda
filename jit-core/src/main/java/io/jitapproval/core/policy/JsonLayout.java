package io.jitapproval.core.policy;

import io.jitapproval.core.document.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** A policy in JSON, laid out: one field a line down to those of rules, and below that one line where it fits. */
public final class JsonLayout {

    /** No line is longer, if it can be broken. */
    public static final int WIDTH = 100;

    private static final String STEP = "  ";
    private static final int PLAIN_SCALE = 40;
    /** So many levels are open of the rules, and of nothing else: their list, and each of them. */
    private static final int RULES = 2;

    private final StringBuilder out = new StringBuilder();
    private final IntConsumer rules;
    private int lineNumber = 1;
    private int lineStart;

    private JsonLayout(IntConsumer rules) {
        this.rules = rules;
    }

    /** The document with its fields in their {@linkplain FieldOrder order}. */
    public static String of(Node root) {
        return of(plain(root, FieldOrder.DOCUMENT), line -> {});
    }

    /**
     * The document.
     *
     * @param root  maps and lists of text, decimals, true or false, and null
     * @param rules is told the line on which each rule begins, one after the other
     */
    public static String of(@Nullable Object root, IntConsumer rules) {
        JsonLayout layout = new JsonLayout(rules);
        if (root instanceof Map<?, ?> document && !document.isEmpty()) {
            layout.object(document, "", true, 0);
        } else {
            layout.out.append(line(root));
        }
        return layout.out.append('\n').toString();
    }

    /**
     * Writes a value where the text ends.
     *
     * @param open   how many levels get an entry a line in any case
     * @param behind what follows the value on its last line
     */
    private void value(@Nullable Object value, String indent, int open, String behind) {
        String line = line(value);
        int column = out.length() - lineStart;
        boolean isEmpty = line.length() <= 2;
        boolean fits = open == 0 && column + line.length() + behind.length() <= WIDTH;
        if (value instanceof Map<?, ?> object && !isEmpty && !fits) {
            object(object, indent, false, Math.max(0, open - 1));
        } else if (value instanceof List<?> list && !isEmpty && !fits) {
            list(list, indent, open);
        } else {
            out.append(line);
        }
        out.append(behind);
    }

    private void object(Map<?, ?> object, String indent, boolean isDocument, int open) {
        String inner = indent + STEP;
        out.append('{');
        int left = object.size();
        for (Map.Entry<?, ?> field : object.entrySet()) {
            String name = String.valueOf(field.getKey());
            newLine(inner);
            out.append(quote(name)).append(": ");
            value(field.getValue(), inner, isDocument ? levels(name) : open, --left > 0 ? "," : "");
        }
        newLine(indent);
        out.append('}');
    }

    private void list(List<?> list, String indent, int open) {
        String inner = indent + STEP;
        out.append('[');
        int left = list.size();
        for (Object item : list) {
            newLine(inner);
            if (open == RULES) {
                rules.accept(lineNumber);
            }
            value(item, inner, Math.max(0, open - 1), --left > 0 ? "," : "");
        }
        newLine(indent);
        out.append(']');
    }

    private static int levels(String field) {
        return switch (field) {
            case "$schema", "default" -> 0;
            case "rules" -> RULES;
            default -> 1;
        };
    }

    private void newLine(String indent) {
        out.append('\n');
        lineNumber++;
        lineStart = out.length();
        out.append(indent);
    }

    /** A value on one line. */
    public static String line(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner line = new StringJoiner(", ", "{", "}");
            map.forEach((key, each) -> line.add(quote(String.valueOf(key)) + ": " + line(each)));
            return line.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner line = new StringJoiner(", ", "[", "]");
            list.forEach(each -> line.add(line(each)));
            return line.toString();
        }
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) <= PLAIN_SCALE ? number.toPlainString() : number.toString();
        }
        return value instanceof String text ? quote(text) : String.valueOf(value);
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    private static @Nullable Object plain(Node node, FieldOrder order) {
        if (node instanceof Node.Obj object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (Map.Entry<String, Node.Field> field :
                    order.sorted(List.copyOf(object.fields().entrySet()), Map.Entry::getKey)) {
                fields.put(field.getKey(), plain(field.getValue().value(), order.of(field.getKey())));
            }
            return fields;
        } else if (node instanceof Node.Arr array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(plain(item, order)));
            return items;
        } else if (node instanceof Node.Str text) {
            return text.value();
        } else if (node instanceof Node.Num number) {
            return number.value();
        }
        return node instanceof Node.Bool bool ? bool.value() : null;
    }
}
