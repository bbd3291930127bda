package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The fields that objects of a document can have, in the order in which they are written: what a reader wants to know first comes
 * first. The reader, the builders and the formatter know fields from here alone.
 */
public enum FieldOrder {
    DOCUMENT("$schema", "default", "attributes", "calendars", "approvers", "conditions", "rules"),
    DEFAULT(Effect.REQUIRE_APPROVAL.word(), "grant"),
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
            "grant",
            "audit"),
    APPROVAL(
            "by",
            "people",
            "any",
            "stages",
            "escalate",
            "decideWithin",
            "atDecideBy",
            "remindAfter",
            "tell",
            "denials",
            "coolDown",
            "reason",
            "ticket",
            "channels",
            "assurance",
            "authors",
            "recheck",
            "autoApproval",
            "breakGlass"),
    STAGE("by", "people", "any", "step", "escalate"),
    BREAK_GLASS("by", "alarm", "within", "review", "reviewWithin"),
    GRANT("within", "uses", "scope", "useWithin", "from"),
    /** Of everything else the author's order stays. */
    AS_WRITTEN;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> names;

    FieldOrder(String... names) {
        this.names = List.of(names);
    }

    /** The fields; none where the order is the author's. */
    public List<String> names() {
        return names;
    }

    /** Sorted; what has no place of its own stays behind, as written. */
    public <T> List<T> sorted(List<T> fields, Function<T, String> name) {
        List<T> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparingInt(field -> {
            int place = names.indexOf(name.apply(field));
            return place < 0 ? names.size() : place;
        }));
        return sorted;
    }

    /**
     * The order into which formatting brings what this field holds, which may be a list. Of what stands in a rule, the author's
     * order stays.
     */
    public FieldOrder of(String field) {
        return this == DOCUMENT && field.equals("rules") ? RULE : AS_WRITTEN;
    }
}
