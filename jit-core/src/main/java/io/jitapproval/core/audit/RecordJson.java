package io.jitapproval.core.audit;

import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A record as one line of JSON. The fields, their order and the way long values are cut are described in
 * {@code docs/audit.md}; nothing in a record can break the line or hide in it.
 */
public final class RecordJson {

    /** The longest line in bytes of UTF-8, its line end included. */
    static final int MAX_BYTES = 64 * 1024;

    /** How every line begins. */
    static final String START = "{\"v\":1,\"time\":\"";

    private static final int[] LIMITS = {Integer.MAX_VALUE, 4096, 512, 64};
    private static final int WHOLE_LIMIT = 2048;

    private final AuditRecord record;
    private final int limit;
    private final int wholeLimit;
    private final Set<String> cut = new LinkedHashSet<>();

    private RecordJson(AuditRecord record, int limit, int wholeLimit) {
        this.record = record;
        this.limit = limit;
        this.wholeLimit = wholeLimit;
    }

    /**
     * Writes a record.
     *
     * @return one line without its end; at most {@link #MAX_BYTES} bytes with it
     * @throws IllegalArgumentException if a hidden argument carries anything but a commitment
     */
    public static String write(AuditRecord record) {
        for (int limit : LIMITS) {
            String line = new RecordJson(record, limit, Integer.MAX_VALUE).line();
            if (fits(line)) {
                return line;
            }
        }
        String line = new RecordJson(record, LIMITS[LIMITS.length - 1], WHOLE_LIMIT).line();
        if (!fits(line)) {
            throw new IllegalStateException("a record of kind " + record.kind().word() + " does not fit a line");
        }
        return line;
    }

    private static boolean fits(String line) {
        return line.length() < MAX_BYTES && JsonText.utf8Length(line) < MAX_BYTES;
    }

    private String line() {
        return JsonText.render(this::fields);
    }

    private void fields(JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("v", 1);
        json.writeStringProperty("time", record.time().toString());
        json.writeStringProperty("kind", record.kind().word());
        json.writeStringProperty("code", record.reason().code());
        json.writeStringProperty("reason", record.reason().word());
        ref(json, "subject", record.subject());
        list(json, "actors", record.actors(), (out, actor) -> refBody(out, "actors", actor));
        text(json, "action", record.action());
        ref(json, "resource", record.resource());
        list(json, "arguments", record.arguments(), this::argument);
        optional(json, "requestId", record.requestId());
        optional(json, "grantId", record.grantId());
        optional(json, "use", Optional.of(record.use()).filter(use -> !use.isEmpty()));
        record.by().ifPresent(by -> ref(json, "by", by));
        list(json, "rules", record.rules(), (out, rule) -> unit(out, "rules", rule));
        optional(json, "policy", Optional.of(record.policy()).filter(policy -> !policy.isEmpty()));
        optional(json, "binding", Optional.of(record.binding()).filter(binding -> !binding.isEmpty()));
        if (!record.details().isEmpty()) {
            json.writeName("details");
            whole(json, "details", out -> details(out, record.details()));
        }
        if (!cut.isEmpty()) {
            json.writeName("cut");
            JsonText.value(json, List.copyOf(cut));
        }
        json.writeEndObject();
    }

    private void argument(JsonGenerator json, ShownArgument argument) {
        json.writeStartObject();
        json.writeName("name");
        unit(json, "arguments", argument.name());
        if (argument.hidden()) {
            if (!(argument.value() instanceof String commitment)) {
                throw new IllegalArgumentException("the hidden argument '" + argument.name() + "' has no commitment");
            }
            json.writeName("commitment");
            unit(json, "arguments", commitment);
        } else {
            json.writeName("value");
            unit(json, "arguments", argument.value());
        }
        if (!argument.bound()) {
            json.writeBooleanProperty("bound", false);
        }
        if (argument.hidden()) {
            json.writeBooleanProperty("hidden", true);
        }
        if (argument.lowerable()) {
            json.writeBooleanProperty("lowerable", true);
        }
        json.writeEndObject();
    }

    private void details(JsonGenerator json, Map<String, ?> details) {
        json.writeStartObject();
        JsonText.Names names = new JsonText.Names();
        details.forEach((name, value) -> {
            json.writeName(names.next(JsonText.shortName(name, limit)));
            unit(json, "details", value);
        });
        json.writeEndObject();
    }

    private void ref(JsonGenerator json, String field, Ref ref) {
        json.writeName(field);
        refBody(json, field, ref);
    }

    private void refBody(JsonGenerator json, String field, Ref ref) {
        json.writeStartObject();
        json.writeName("type");
        unit(json, field, ref.type());
        json.writeName("id");
        unit(json, field, ref.id());
        json.writeEndObject();
    }

    private void optional(JsonGenerator json, String field, Optional<String> text) {
        text.ifPresent(present -> text(json, field, present));
    }

    private void text(JsonGenerator json, String field, String text) {
        json.writeName(field);
        unit(json, field, text);
    }

    private <T> void list(JsonGenerator json, String field, List<T> elements, Element<T> element) {
        if (elements.isEmpty()) {
            return;
        }
        json.writeName(field);
        whole(json, field, out -> {
            out.writeStartArray();
            elements.forEach(each -> element.write(out, each));
            out.writeEndArray();
        });
    }

    /** One value that is cut if it is longer than the limit. */
    private void unit(JsonGenerator json, String field, @Nullable Object value) {
        if (limit == Integer.MAX_VALUE) {
            JsonText.value(json, value);
            return;
        }
        String text = value instanceof String string
                ? JsonText.wellFormed(string)
                : JsonText.render(out -> JsonText.value(out, value));
        if (text.length() <= limit) {
            JsonText.value(json, value);
        } else {
            JsonText.cut(json, text, limit);
            cut.add(field);
        }
    }

    /** A list or an object that is cut as a whole if there are so many elements that cutting each is not enough. */
    private void whole(JsonGenerator json, String field, JsonText.Part part) {
        if (wholeLimit == Integer.MAX_VALUE) {
            part.write(json);
            return;
        }
        String text = JsonText.render(part);
        if (text.length() <= wholeLimit) {
            part.write(json);
        } else {
            // What the hash is of has to be the whole, not what was cut before.
            RecordJson uncut = new RecordJson(record, Integer.MAX_VALUE, Integer.MAX_VALUE);
            JsonText.cut(json, uncut.collection(field), wholeLimit);
            cut.add(field);
        }
    }

    private String collection(String field) {
        return JsonText.render(json -> {
            switch (field) {
                case "actors" -> array(json, record.actors(), (out, actor) -> refBody(out, field, actor));
                case "arguments" -> array(json, record.arguments(), this::argument);
                case "rules" -> array(json, record.rules(), (out, rule) -> unit(out, field, rule));
                default -> details(json, record.details());
            }
        });
    }

    private static <T> void array(JsonGenerator json, List<T> elements, Element<T> element) {
        json.writeStartArray();
        elements.forEach(each -> element.write(json, each));
        json.writeEndArray();
    }

    private interface Element<T> {
        void write(JsonGenerator json, T element);
    }
}
