package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns values of Java into those of a document: text, exact numbers, true or false, lists and objects. */
final class Literals {

    /** What writes itself as a document wants it. */
    private static final Set<Class<?>> TIMES = Set.of(
            Instant.class, OffsetDateTime.class, LocalDate.class, LocalDateTime.class, LocalTime.class, Duration.class);

    private Literals() {}

    /** The operand of a comparison: a constant, or an attribute without operators. */
    static Object operand(String word, Object value) {
        return value instanceof AttributeCondition attribute
                ? attribute.asOperand(word)
                : scalar("'" + word + "'", value);
    }

    /** The operand of a comparison with several values: constants, one collection of them, or one attribute. */
    static Object operands(String word, Object... values) {
        if (values.length == 1 && values[0] instanceof AttributeCondition attribute) {
            return attribute.asOperand(word);
        }
        List<Object> operands = new ArrayList<>();
        boolean isCollection = values.length == 1 && values[0] instanceof Collection<?>;
        for (Object value : isCollection ? (Collection<?>) values[0] : Arrays.asList(values)) {
            operands.add(scalar("'" + word + "'", requireNonNull(value, word)));
        }
        return operands;
    }

    static List<Object> texts(String name, String... values) {
        return new ArrayList<>(List.of(requireNonNull(values, name)));
    }

    /** Free data behind an obligation. */
    static Map<String, Object> data(Map<?, ?> map) {
        Map<String, Object> data = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("the data of an obligation has text for keys, but here is " + key);
            }
            data.put(name, value(requireNonNull(value, name)));
        });
        return Collections.unmodifiableMap(data);
    }

    private static Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return data(map);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Literals::value).toList();
        }
        return scalar("the data of an obligation", value);
    }

    private static Object scalar(String where, Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (value instanceof Double || value instanceof Float) {
            return floating(where, (Number) value);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (TIMES.contains(requireNonNull(value, where).getClass())) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                where + " takes text, numbers, true or false, enums, times, dates and durations, but not "
                        + value.getClass().getName());
    }

    /** As it is printed, which is what its author typed. */
    private static BigDecimal floating(String where, Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException(where + " takes finite numbers only, but was " + value);
        }
        return new BigDecimal(value.toString());
    }
}
