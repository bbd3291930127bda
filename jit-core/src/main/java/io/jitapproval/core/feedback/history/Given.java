package io.jitapproval.core.feedback.history;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was known of a request when it was asked: its arguments and attributes, without what was hidden or cut. */
final class Given {

    private final AuditLine record;
    private Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    private Map<?, ?> attributes = Map.of();
    private final List<String> hidden = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private boolean argumentsKnown = true;

    Given(AuditLine record) {
        this.record = record;
        arguments(record);
        attributes(record);
    }

    /** The requester changed it: what was asked at first is not what was decided. */
    void changed(AuditLine changed) {
        arguments = new LinkedHashMap<>();
        hidden.clear();
        cut.clear();
        argumentsKnown = changed.arguments() != null;
        arguments(changed);
        attributes(changed);
    }

    /** A use shows the arguments that a changed request had when it was approved. */
    void used(AuditLine use) {
        if (!argumentsKnown && use.arguments() != null) {
            argumentsKnown = true;
            arguments(use);
        }
    }

    private void arguments(AuditLine from) {
        List<Map<?, ?>> all = from.arguments();
        if (all == null) {
            if (from.isCut("arguments")) {
                argumentsKnown = false;
            }
            return;
        }
        for (Map<?, ?> argument : all) {
            if (!(argument.get("name") instanceof String name) || name.isBlank()) {
                cut.add("arguments");
            } else if (Boolean.TRUE.equals(argument.get("hidden"))) {
                hidden.add("action." + name);
            } else if (from.isCut("arguments") && isCut(argument.get("value"))) {
                cut.add("action." + name);
            } else {
                arguments.put(name, argument.get("value"));
            }
        }
    }

    private void attributes(AuditLine from) {
        Object found = from.details().get("attributes");
        if (found instanceof Map<?, ?> map) {
            if (from.isCut("details") && isCut(map)) {
                cut.add("attributes");
            } else {
                attributes = map;
            }
        } else if (from.isCut("details") && from.details().containsKey("cut")) {
            cut.add("attributes");
        }
    }

    /** What a value reads that was too long for its line. */
    private static boolean isCut(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                && map.containsKey("cut")
                && map.containsKey("bytes")
                && map.containsKey("sha256");
    }

    EvaluationRequest request() {
        return new EvaluationRequest(
                new Subject(record.subject().type(), record.subject().id(), part("subject")),
                record.actors().stream()
                        .map(actor -> Subject.of(actor.type(), actor.id()))
                        .toList(),
                new Action(record.action(), arguments),
                new Resource(record.resource().type(), record.resource().id(), part("resource")),
                part("context"));
    }

    private Map<String, @Nullable Object> part(String name) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>();
        if (attributes.get(name) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> {
                if (!String.valueOf(key).isBlank()) {
                    part.put(String.valueOf(key), value);
                }
            });
        }
        return part;
    }

    /** What is not there, for whoever has to tell unknown from absent. */
    void tell(Map<String, @Nullable Object> more) {
        List<Object> unknown = new ArrayList<>();
        if (attributes.get("unknown") instanceof List<?> paths) {
            paths.stream().filter(String.class::isInstance).forEach(unknown::add);
        }
        if (!argumentsKnown) {
            unknown.add("action.*");
        }
        put(more, "unknown", unknown);
        put(more, "hidden", List.copyOf(hidden));
        put(more, "cut", List.copyOf(cut));
    }

    private static void put(Map<String, @Nullable Object> more, String name, List<?> values) {
        if (!values.isEmpty()) {
            more.put(name, List.copyOf(values));
        }
    }
}
