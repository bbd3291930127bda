package io.jitapproval.core.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pieces of JSON Schema, draft 7. */
final class Shapes {

    /** Characters that no name has: {@link io.jitapproval.core.document.Words#isControl}, as long as every Java knows them. */
    private static final String CONTROL =
            "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u180e"
                    + "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff\\ufff9-\\ufffb";

    private static final String NOT_BLANK = "^(?=.*\\S)";
    private static final String DATE = "[+-]?[0-9]{4,10}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private static final String CLOCK_EXACT = CLOCK + "(:[0-5][0-9](\\.[0-9]{0,9})?)?";
    private static final String OFFSET = "([Zz]|[+-]([0-9]{1,2}|[0-9]{2}(:[0-9]{2}){1,2}|[0-9]{4}|[0-9]{6}))";
    private static final String NUMBER = "[+-]?[0-9]+";
    private static final String DURATION_FORM = "[+-]?[Pp](?=.)(" + NUMBER + "[Dd])?([Tt](?=.)(" + NUMBER + "[Hh])?("
            + NUMBER + "[Mm])?(" + NUMBER + "([.,][0-9]{0,9})?[Ss])?)?";

    static final String TEXT = NOT_BLANK + "[^" + CONTROL + "]+$";
    static final String ACTION = NOT_BLANK + "[^*" + CONTROL + "]*\\*?$";
    static final String RESOURCE = NOT_BLANK + "([^*" + CONTROL + "]*\\*|[^*" + CONTROL + "]*/[^*" + CONTROL + "]*)$";
    static final String DURATION = "^" + DURATION_FORM + "$";
    static final String MOMENT = "^" + DATE + "[Tt]" + CLOCK_EXACT + OFFSET + "$";
    static final String ORDERED =
            "^(" + DATE + "([Tt]" + CLOCK_EXACT + OFFSET + "?)?|" + CLOCK_EXACT + "|" + DURATION_FORM + ")$";
    static final String DAY_OF_CALENDAR = "^(" + DATE + "|-" + DATE.substring(DATE.indexOf("-(")) + ")$";
    static final String WINDOW = "^" + CLOCK + "-(" + CLOCK + "|24:00)$";
    static final String GLOB = "^([^\\\\]|\\\\[\\s\\S])+$";
    static final String NETWORK = "^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$";

    private Shapes() {}

    /** A path through the attributes of a request. */
    static String path() {
        List<String> roots = Attribute.ROOTS.stream()
                .filter(root -> !List.of("time", "evidence").contains(root))
                .toList();
        String root = "(" + String.join("|", roots) + ")";
        String builtIn = String.join("|", Attribute.BUILT_IN).replace(".", "\\.");
        String part = "\\.[^." + CONTROL + "]*[^.\\s" + CONTROL + "][^." + CONTROL + "]*";
        return "(" + Attribute.EVIDENCE + "|(?!(" + builtIn + ")\\.)(?!" + root + "\\.\\*(\\.|$))" + root + "(" + part
                + "){1," + (Attribute.MOST_PARTS - 1) + "})";
    }

    /** The day in any case of letters. */
    static String anyCase(List<String> words) {
        return words.stream()
                .map(word -> word.chars()
                        .mapToObj(c -> "[" + (char) c + (char) Character.toLowerCase(c) + "]")
                        .reduce("", String::concat))
                .reduce((one, other) -> one + "|" + other)
                .map(all -> "^(" + all + ")$")
                .orElseThrow();
    }

    static Map<String, Object> shape(Object... keysAndValues) {
        Map<String, Object> shape = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            shape.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return shape;
    }

    static Map<String, Object> with(Map<String, Object> shape, Object... keysAndValues) {
        Map<String, Object> more = new LinkedHashMap<>(shape);
        more.putAll(shape(keysAndValues));
        return more;
    }

    static Map<String, Object> text(String pattern) {
        return shape("type", "string", "pattern", pattern);
    }

    static Map<String, Object> words(List<String> words) {
        return shape("enum", words);
    }

    static Map<String, Object> list(Map<String, Object> items) {
        return shape("type", "array", "minItems", 1, "items", items);
    }

    static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return shape("anyOf", List.of(one, other));
    }

    /** In draft 7 nothing counts beside a {@code $ref}, so that it stands in an {@code allOf} where a description is added. */
    static Map<String, Object> ref(String definition) {
        return shape("$ref", "#/definitions/" + definition);
    }

    static Map<String, Object> described(String description, Map<String, Object> shape) {
        Map<String, Object> described = shape("description", description);
        if (shape.containsKey("$ref")) {
            described.put("allOf", List.of(shape));
        } else {
            described.putAll(shape);
        }
        return described;
    }

    /** An object with these fields and no other. */
    static Map<String, Object> object(Map<String, Object> properties, String... required) {
        Map<String, Object> object = shape("type", "object", "additionalProperties", false);
        if (required.length > 0) {
            object.put("required", List.of(required));
        }
        object.put("properties", properties);
        return object;
    }

    /** What it is if left out. */
    static Map<String, Object> preset(Map<String, Object> shape, String preset) {
        Map<String, Object> more =
                shape.containsKey("$ref") ? shape("allOf", List.of(shape)) : new LinkedHashMap<>(shape);
        more.put("default", preset);
        return more;
    }

    /** An object from names to something. */
    static Map<String, Object> named(Map<String, Object> values) {
        return shape("type", "object", "propertyNames", ref("text"), "additionalProperties", values);
    }

    /** That one of these fields is there. */
    static Map<String, Object> oneOfFields(Stream<String> names) {
        return shape(
                "anyOf", names.map(name -> shape("required", List.of(name))).toList());
    }
}
