package io.jitapproval.cli;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a document as plain Java ones: text, exact numbers, booleans, lists and maps. */
final class Plain {

    private Plain() {}

    /** The properties of an object; a blank name is a fault. */
    static Map<String, @Nullable Object> properties(Node.Obj object, Problems problems) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> {
            if (name.isBlank()) {
                problems.add(Code.NAME, field.key(), "a name is blank");
            } else {
                properties.put(name, value(field.value()));
            }
        });
        return properties;
    }

    static @Nullable Object value(Node node) {
        if (node instanceof Node.Str text) {
            return text.value();
        } else if (node instanceof Node.Num number) {
            return number.value();
        } else if (node instanceof Node.Bool bool) {
            return bool.value();
        } else if (node instanceof Node.Arr array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(value(item)));
            return Collections.unmodifiableList(items);
        } else if (node instanceof Node.Obj object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> fields.put(name, value(field.value())));
            return Collections.unmodifiableMap(fields);
        }
        return null;
    }
}
