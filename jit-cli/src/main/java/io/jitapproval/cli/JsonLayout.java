package io.jitapproval.cli;

import io.jitapproval.core.document.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** A policy in JSON, laid out: one field a line down to those of rules, and below that one line where it fits. */
final class JsonLayout {

    static final int WIDTH = 100;
    private static final String STEP = "  ";
    private static final int PLAIN_SCALE = 40;
    /** Fields of the document whose own fields stand on lines of their own. */
    private static final Set<String> DEFINITIONS = Set.of("attributes", "calendars", "approvers", "conditions");

    private final StringBuilder out = new StringBuilder();

    private JsonLayout() {}

    static String of(Node root) {
        JsonLayout layout = new JsonLayout();
        layout.write(root, "", "", FieldOrder.DOCUMENT, "");
        return layout.out.append('\n').toString();
    }

    /** @param behind what still follows on the value's last line */
    private void write(Node node, String indent, String name, FieldOrder order, String behind) {
        String line = line(node, order);
        int before = out.length() - out.lastIndexOf("\n") - 1;
        boolean isOpen = order != FieldOrder.AS_WRITTEN || DEFINITIONS.contains(name);
        boolean isEmpty = line.length() <= 2;
        if (isEmpty || (!isOpen && before + line.length() + behind.length() <= WIDTH)) {
            out.append(line);
        } else if (node instanceof Node.Obj object) {
            object(object, indent, order);
        } else if (node instanceof Node.Arr array) {
            array(array, indent, order);
        } else {
            out.append(line);
        }
    }

    private void object(Node.Obj object, String indent, FieldOrder order) {
        String inner = indent + STEP;
        String between = "{\n";
        List<Map.Entry<String, Node.Field>> fields =
                order.sorted(new ArrayList<>(object.fields().entrySet()), Map.Entry::getKey);
        int left = fields.size();
        for (Map.Entry<String, Node.Field> field : fields) {
            left--;
            out.append(between).append(inner).append(Json.line(field.getKey())).append(": ");
            boolean isDefinition = order == FieldOrder.DOCUMENT && DEFINITIONS.contains(field.getKey());
            write(
                    field.getValue().value(),
                    inner,
                    isDefinition ? field.getKey() : "",
                    order.of(field.getKey()),
                    left > 0 ? "," : "");
            between = ",\n";
        }
        out.append('\n').append(indent).append('}');
    }

    private void array(Node.Arr array, String indent, FieldOrder order) {
        String inner = indent + STEP;
        String between = "[\n";
        int left = array.items().size();
        for (Node item : array.items()) {
            left--;
            out.append(between).append(inner);
            write(item, inner, "", order, left > 0 ? "," : "");
            between = ",\n";
        }
        out.append('\n').append(indent).append(']');
    }

    private static String line(Node node, FieldOrder order) {
        if (node instanceof Node.Obj object) {
            StringJoiner line = new StringJoiner(", ", "{", "}");
            for (Map.Entry<String, Node.Field> field :
                    order.sorted(new ArrayList<>(object.fields().entrySet()), Map.Entry::getKey)) {
                line.add(
                        Json.line(field.getKey()) + ": " + line(field.getValue().value(), order.of(field.getKey())));
            }
            return line.toString();
        }
        if (node instanceof Node.Arr array) {
            StringJoiner line = new StringJoiner(", ", "[", "]");
            array.items().forEach(item -> line.add(line(item, order)));
            return line.toString();
        }
        if (node instanceof Node.Num number) {
            BigDecimal value = number.value();
            return Math.abs((long) value.scale()) <= PLAIN_SCALE ? value.toPlainString() : value.toString();
        }
        return node instanceof Node.Str text ? Json.line(text.value()) : node.show();
    }
}
