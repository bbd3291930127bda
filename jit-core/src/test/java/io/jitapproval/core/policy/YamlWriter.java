package io.jitapproval.core.policy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes data as YAML in a style of its own at every place: blocks and flows, with and without quotes, with comments. */
final class YamlWriter {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String PLAIN = "[A-Za-z][A-Za-z0-9./-]*|\\d\\d:\\d\\d-\\d\\d:\\d\\d";

    private final Random random;

    private YamlWriter(Random random) {
        this.random = random;
    }

    static String write(Map<String, Object> document, Random random) {
        String start = random.nextInt(3) == 0 ? "# a comment\n---\n" : "";
        return start + new YamlWriter(random).block(document, "").stripLeading() + "\n";
    }

    /** A value behind a key or a dash, beginning with the white space that it needs. */
    private String value(Object value, String indent) {
        boolean isEmpty = value.equals(Map.of()) || value.equals(List.of());
        boolean isBlock = (value instanceof Map || value instanceof List) && !isEmpty && random.nextInt(3) > 0;
        if (isBlock) {
            return block(value, indent + " ".repeat(1 + random.nextInt(4)));
        }
        if (value instanceof String text && random.nextInt(6) == 0 && !text.isBlank()) {
            return " |-\n" + indent + "  " + text;
        }
        return " " + flow(value) + (random.nextInt(8) == 0 ? "  # why not" : "");
    }

    private String block(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> "\n" + indent + scalar(entry.getKey()) + ":" + value(entry.getValue(), indent))
                    .collect(Collectors.joining());
        }
        return ((List<?>) value)
                .stream().map(each -> "\n" + indent + "-" + value(each, indent)).collect(Collectors.joining());
    }

    private String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> scalar(entry.getKey()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::flow).collect(Collectors.joining(", ", "[ ", " ]"));
        }
        return scalar(value);
    }

    private String scalar(Object value) {
        if (!(value instanceof String text)) {
            return MAPPER.writeValueAsString(value);
        }
        return switch (random.nextInt(3)) {
            case 0 -> "'" + text.replace("'", "''") + "'";
            case 1 -> MAPPER.writeValueAsString(text);
            default ->
                text.matches(PLAIN) && !text.equals("true") && !text.equals("null")
                        ? text
                        : MAPPER.writeValueAsString(text);
        };
    }
}
