package io.jitapproval.core.audit;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Another implementation's view of a line: reads it strictly, and makes a record of it again. */
final class ReadBack {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ReadBack() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(String line) {
        return MAPPER.readValue(line, Map.class);
    }

    @SuppressWarnings("unchecked")
    static AuditRecord record(String line) {
        Map<String, Object> json = map(line);
        return new AuditRecord(
                Instant.parse((String) json.get("time")),
                kind((String) json.get("kind")),
                ref(json.get("subject")),
                list(json.get("actors")).map(ReadBack::ref).toList(),
                (String) json.get("action"),
                ref(json.get("resource")),
                list(json.get("arguments")).map(ReadBack::argument).toList(),
                Optional.ofNullable((String) json.get("requestId")),
                Optional.ofNullable((String) json.get("grantId")),
                (String) json.getOrDefault("use", ""),
                Optional.ofNullable(json.get("by")).map(ReadBack::ref),
                reason((String) json.get("code")),
                list(json.get("rules")).map(String.class::cast).toList(),
                (String) json.getOrDefault("policy", ""),
                (String) json.getOrDefault("binding", ""),
                (Map<String, Object>) plain(json.getOrDefault("details", Map.of())));
    }

    /** As it has to come back: numbers by their exact decimal value, text without lone surrogates. */
    static AuditRecord expected(AuditRecord record) {
        return new AuditRecord(
                record.time(),
                record.kind(),
                expected(record.subject()),
                record.actors().stream().map(ReadBack::expected).toList(),
                text(record.action()),
                expected(record.resource()),
                record.arguments().stream()
                        .map(each ->
                                new ShownArgument(text(each.name()), plain(each.value()), each.bound(), each.hidden()))
                        .toList(),
                record.requestId().map(ReadBack::text),
                record.grantId().map(ReadBack::text),
                text(record.use()),
                record.by().map(ReadBack::expected),
                record.reason(),
                record.rules().stream().map(ReadBack::text).toList(),
                text(record.policy()),
                text(record.binding()),
                details(record.details()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> details(Map<String, ?> details) {
        return (Map<String, Object>) plain(details);
    }

    private static Object plain(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        if (value instanceof List<?> elements) {
            List<Object> plain = new ArrayList<>();
            elements.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, each) -> plain.put(text((String) name), plain(each)));
            return plain;
        }
        return value;
    }

    private static String text(String text) {
        return JsonText.wellFormed(text);
    }

    private static Ref expected(Ref ref) {
        return new Ref(text(ref.type()), text(ref.id()));
    }

    private static ShownArgument argument(Object json) {
        Map<?, ?> fields = (Map<?, ?>) json;
        boolean hidden = fields.containsKey("hidden");
        return new ShownArgument(
                (String) fields.get("name"),
                plain(fields.get(hidden ? "commitment" : "value")),
                !fields.containsKey("bound"),
                hidden);
    }

    private static Ref ref(Object json) {
        Map<?, ?> fields = (Map<?, ?>) json;
        return new Ref((String) fields.get("type"), (String) fields.get("id"));
    }

    private static Stream<?> list(Object json) {
        return json == null ? Stream.empty() : ((List<?>) json).stream();
    }

    private static AuditRecord.Kind kind(String word) {
        return Stream.of(AuditRecord.Kind.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Reason reason(String code) {
        return Stream.of(Reason.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
