package io.jitapproval.core.analysis;

import io.jitapproval.EvaluationRequest;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes examples as AuthZEN evaluation requests. */
final class ExampleJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private ExampleJson() {}

    /** Writes JSON. */
    @FunctionalInterface
    interface Part {
        void write(JsonGenerator json);
    }

    static String render(Part part) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            part.write(json);
        }
        return out.toString();
    }

    static String write(Example example) {
        return render(json -> write(json, example));
    }

    static void write(JsonGenerator json, Example example) {
        EvaluationRequest request = example.request();
        json.writeStartObject();
        entity(
                json,
                "subject",
                request.subject().type(),
                request.subject().id(),
                request.subject().properties());
        json.writeName("action");
        json.writeStartObject();
        json.writeStringProperty("name", request.action().name());
        properties(json, request.action().properties());
        json.writeEndObject();
        entity(
                json,
                "resource",
                request.resource().type(),
                request.resource().id(),
                request.resource().properties());
        json.writeName("context");
        json.writeStartObject();
        request.context().forEach((name, value) -> {
            json.writeName(name);
            value(json, value);
        });
        if (!request.context().containsKey("time")) {
            json.writeStringProperty("time", example.time().toString());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void entity(
            JsonGenerator json, String name, String type, String id, Map<String, ? extends @Nullable Object> more) {
        json.writeName(name);
        json.writeStartObject();
        json.writeStringProperty("type", type);
        json.writeStringProperty("id", id);
        properties(json, more);
        json.writeEndObject();
    }

    private static void properties(JsonGenerator json, Map<String, ? extends @Nullable Object> properties) {
        if (!properties.isEmpty()) {
            json.writeName("properties");
            value(json, properties);
        }
    }

    static void value(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, each) -> {
                json.writeName(String.valueOf(name));
                value(json, each);
            });
            json.writeEndObject();
        } else if (value instanceof Collection<?> collection) {
            json.writeStartArray();
            collection.forEach(each -> value(json, each));
            json.writeEndArray();
        } else if (value instanceof BigDecimal number) {
            json.writeRawValue(number.toPlainString());
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else {
            json.writeString(value.toString());
        }
    }
}
