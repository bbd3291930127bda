package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that policy wants done together with its decision, such as masking columns or telling somebody: an id that the
 * application knows, and data for it. Immutable.
 *
 * @param id   what is to be done; not blank
 * @param with the data by name: text, {@link BigDecimal}, {@link Boolean}, lists and maps of these; may be empty
 */
public record Obligation(String id, Map<String, Object> with) {

    /**
     * Checks the id and copies the data through and through.
     *
     * @param id   as above
     * @param with as above
     * @throws IllegalArgumentException if the id or a name is blank, or a value is of another type
     */
    public Obligation {
        Text.requireNotBlank(id, "obligation");
        with = map(with);
    }

    /**
     * A text.
     *
     * @param name its name
     * @return the text; empty if there is nothing of that name
     * @throws IllegalArgumentException if there is something else than a text
     */
    public Optional<String> text(String name) {
        return get(name, String.class, "text");
    }

    /**
     * A number.
     *
     * @param name its name
     * @return the number, exactly as written; empty if there is nothing of that name
     * @throws IllegalArgumentException if there is something else than a number
     */
    public Optional<BigDecimal> number(String name) {
        return get(name, BigDecimal.class, "a number");
    }

    /**
     * True or false.
     *
     * @param name its name
     * @return the value; empty if there is nothing of that name
     * @throws IllegalArgumentException if there is something else than true or false
     */
    public Optional<Boolean> flag(String name) {
        return get(name, Boolean.class, "true or false");
    }

    /**
     * A list of texts.
     *
     * @param name its name
     * @return the texts; empty if there is nothing of that name
     * @throws IllegalArgumentException if there is something else than a list of texts
     */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : get(name, List.class, "a list").orElse(List.of())) {
            if (!(item instanceof String text)) {
                throw new IllegalArgumentException(unfit(name, "a list of texts"));
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    private <T> Optional<T> get(String name, Class<T> type, String expected) {
        Object value = with.get(requireNonNull(name, "name"));
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(unfit(name, expected));
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private String unfit(String name, String expected) {
        return "'" + name + "' of the obligation " + id + " is not " + expected;
    }

    private static Map<String, Object> map(Map<?, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>(values.size() * 2);
        values.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("a name in an obligation's data must be text, but was " + name);
            }
            copy.put(Text.requireNotBlank(text, "a name in an obligation's data"), value(value));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Obligation::value).toList();
        }
        if (value instanceof String || value instanceof BigDecimal || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "an obligation's data must be text, BigDecimal, Boolean, list or map, but was "
                        + (value == null ? "null" : value.getClass().getName()));
    }
}
