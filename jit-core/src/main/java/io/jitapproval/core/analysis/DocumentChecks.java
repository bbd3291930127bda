package io.jitapproval.core.analysis;

import io.jitapproval.core.analysis.Sources.Located;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Words;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what a document defines: whether it is used, and whether it still speaks of days to come. */
final class DocumentChecks {

    private static final List<String> USERS = List.of("default", "rules", "conditions");

    private final Lint lint;
    private final Located document;
    private final Set<String> used = new HashSet<>();

    private DocumentChecks(Lint lint, Located document) {
        this.lint = lint;
        this.document = document;
    }

    static void look(Lint lint) {
        lint.sources().documents().forEach(document -> new DocumentChecks(lint, document).look());
    }

    private void look() {
        for (String user : USERS) {
            Node.Field field = document.object().fields().get(user);
            if (field != null) {
                collect("", field.value());
            }
        }
        unused("conditions", "condition", "named condition");
        unused("approvers", "approvers", "named group of approvers");
        unused("calendars", "calendar", "calendar");
        defined("calendars").forEach(this::calendar);
    }

    /** Remembers what refers to definitions. */
    private void collect(String under, Node node) {
        if (node instanceof Node.Arr array) {
            array.items().forEach(item -> collect(under, item));
        } else if (node instanceof Node.Obj object) {
            object.fields().forEach((name, field) -> {
                if (field.value() instanceof Node.Str text) {
                    boolean day = under.equals("time") && (name.equals("on") || name.equals("except"));
                    used.add((day ? "calendar" : name) + " " + text.value());
                }
                collect(name, field.value());
            });
        }
    }

    private Map<String, Node.Field> defined(String field) {
        Node.Field found = document.object().fields().get(field);
        return found != null && found.value() instanceof Node.Obj object ? object.fields() : Map.of();
    }

    private void unused(String field, String reference, String what) {
        defined(field).forEach((name, definition) -> {
            if (!used.contains(reference + " " + name)) {
                lint.add(
                        Check.UNUSED,
                        document.origin(),
                        definition.key(),
                        "the " + what + " " + Words.quote(name) + " is not used",
                        "take it out, or use it");
            }
        });
    }

    private void calendar(String name, Node.Field definition) {
        if (!(definition.value() instanceof Node.Arr days) || days.items().isEmpty()) {
            return;
        }
        LocalDate last = LocalDate.MIN;
        for (Node item : days.items()) {
            LocalDate day = item instanceof Node.Str text ? day(text.value()) : null;
            if (day == null) {
                return;
            }
            last = day.isAfter(last) ? day : last;
        }
        if (last.isBefore(lint.at().atZone(ZoneOffset.UTC).toLocalDate())) {
            lint.add(
                    Check.OLD_CALENDAR,
                    document.origin(),
                    definition.key(),
                    "the last day of the calendar " + Words.quote(name) + " was " + last,
                    "add the days to come, or days of every year such as \"--12-25\"");
        }
    }

    /** The day; null for those of every year. */
    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
