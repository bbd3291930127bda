package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks that the values of this package share. */
final class Text {

    private Text() {}

    static String requireNotBlank(String value, String name) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return value;
    }

    static Duration requirePositive(Duration value, String name) {
        if (requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
        }
        return value;
    }

    /** An unmodifiable copy in the same order; values may be null, keys may not be blank. */
    static Map<String, @Nullable Object> properties(Map<String, ? extends @Nullable Object> values, String name) {
        if (requireNonNull(values, name).isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(values.size() * 2);
        for (Map.Entry<String, ? extends @Nullable Object> entry : values.entrySet()) {
            copy.put(requireNotBlank(entry.getKey(), "a name in " + name), entry.getValue());
        }
        return Collections.unmodifiableMap(copy);
    }

    static Map<String, @Nullable Object> with(
            Map<String, ? extends @Nullable Object> values, String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return copy;
    }
}
