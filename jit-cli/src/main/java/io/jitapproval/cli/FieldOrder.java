package io.jitapproval.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The order in which a formatted document has its fields: what a reader wants to know first comes first. */
enum FieldOrder {
    DOCUMENT("$schema", "default", "attributes", "calendars", "approvers", "conditions", "rules"),
    RULE(
            "id",
            "actions",
            "resources",
            "when",
            "effect",
            "because",
            "owner",
            "ticket",
            "risk",
            "mode",
            "notBefore",
            "expires",
            "obligations",
            "approval",
            "grant"),
    /** Of everything else the author's order stays. */
    AS_WRITTEN;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> names;

    FieldOrder(String... names) {
        this.names = List.of(names);
    }

    /** Sorted; what has no place of its own stays behind, as written. */
    <T> List<T> sorted(List<T> fields, Function<T, String> name) {
        List<T> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparingInt(field -> {
            int place = names.indexOf(name.apply(field));
            return place < 0 ? names.size() : place;
        }));
        return sorted;
    }

    /** The order of what this field holds, which may be a list. */
    FieldOrder of(String field) {
        return this == DOCUMENT && field.equals("rules") ? RULE : AS_WRITTEN;
    }
}
