package io.jitapproval.core.policy;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the named conditions, the calendars and the types of attributes. */
final class DefinitionsReader {

    static final List<String> TYPES =
            List.of("text", "number", "boolean", "time", "date", "duration", "address", "list", "map");

    private final Problems problems;

    DefinitionsReader(Problems problems) {
        this.problems = problems;
    }

    /** What the document defines; the reader of conditions knows it from then on. */
    Definitions read(Fields document, ConditionReader reader) {
        Map<String, Calendar> calendars = new LinkedHashMap<>();
        Set<String> calendarNames = names(document, "calendars");
        each(document, "calendars", "lists of dates", (name, field) -> {
            Calendar calendar = calendar(name, field.value());
            if (calendar != null) {
                calendars.put(name, calendar);
            }
        });
        Map<String, Condition.Named> conditions = new LinkedHashMap<>();
        Set<String> conditionNames = names(document, "conditions");
        reader.know(calendarNames, calendars, null, conditions);
        each(document, "conditions", "conditions", (name, field) -> {
            Condition condition = reader.read(field.value(), "the condition " + Words.quote(name));
            if (condition != null) {
                conditions.put(name, new Condition.Named(name, condition));
            }
        });
        reader.know(calendarNames, calendars, conditionNames, conditions);
        Map<String, String> attributes = new LinkedHashMap<>();
        each(document, "attributes", "types", (path, field) -> attribute(path, field, attributes));
        return new Definitions(
                Collections.unmodifiableMap(conditions),
                Collections.unmodifiableMap(calendars),
                Collections.unmodifiableMap(attributes));
    }

    private static Set<String> names(Fields document, String field) {
        return document.get(field) instanceof Node.Obj object ? object.fields().keySet() : Set.of();
    }

    private void each(Fields document, String name, String what, BiConsumer<String, Node.Field> define) {
        Node node = document.get(name);
        if (node == null) {
            return;
        }
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, "'" + name + "'", "an object from names to " + what);
            return;
        }
        for (Map.Entry<String, Node.Field> field : object.fields().entrySet()) {
            String key = field.getKey();
            if (key.isBlank() || key.chars().anyMatch(c -> Words.isControl((char) c))) {
                String fault = key.isBlank() ? "is blank" : "has a control character in it: " + Words.quote(key);
                problems.add(Code.NAME, field.getValue().key(), "a name in '" + name + "' " + fault);
            } else {
                define.accept(key, field.getValue());
            }
        }
    }

    private @Nullable Calendar calendar(String name, Node node) {
        String owner = "the calendar " + Words.quote(name);
        if (!(node instanceof Node.Arr array)) {
            problems.wrongType(node, owner, "a list of dates");
            return null;
        }
        if (array.items().isEmpty()) {
            problems.add(Code.EMPTY, node, owner + " is empty: name at least one day");
        }
        Set<LocalDate> once = new HashSet<>();
        Set<MonthDay> yearly = new HashSet<>();
        for (Node item : array.items()) {
            String text = item instanceof Node.Str date ? date.value() : "";
            try {
                if (text.startsWith("--")) {
                    yearly.add(MonthDay.parse(text));
                } else {
                    once.add(LocalDate.parse(text));
                }
            } catch (DateTimeException e) {
                problems.add(
                        Code.DATE,
                        item,
                        item.show() + " is no day: write it as 2026-12-25, or as --12-25 for every year");
            }
        }
        return new Calendar(name, once, yearly);
    }

    private void attribute(String path, Node.Field field, Map<String, String> attributes) {
        Attribute attribute = Attribute.parse(path, field.key(), problems);
        String type = Fields.text(field.value(), path, problems);
        if (type == null || attribute == null) {
            return;
        }
        if (TYPES.contains(type)) {
            attributes.put(path, type);
        } else {
            problems.add(Code.WORD, field.value(), "unknown type " + Words.quote(type) + Words.hint(type, TYPES));
        }
    }
}
