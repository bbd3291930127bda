package io.jitapproval.core.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Plain values, as {@link ArgumentFreezer#plain} gives them, as canonical JSON and back without loss: what JSON has no type for stands in
 * an object of one member that names its type. Stateless.
 */
public final class KeptValues {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String MAP = "m";

    private static final Map<String, Function<String, Object>> READERS = Map.ofEntries(
            Map.entry("i", KeptValues::integer),
            Map.entry("d", BigDecimal::new),
            Map.entry("f", Double::valueOf),
            Map.entry("Instant", Instant::parse),
            Map.entry("LocalDate", LocalDate::parse),
            Map.entry("LocalTime", LocalTime::parse),
            Map.entry("LocalDateTime", LocalDateTime::parse),
            Map.entry("OffsetDateTime", OffsetDateTime::parse),
            Map.entry("OffsetTime", OffsetTime::parse),
            Map.entry("ZonedDateTime", ZonedDateTime::parse),
            Map.entry("Duration", Duration::parse),
            Map.entry("Period", Period::parse),
            Map.entry("Year", text -> Year.of(Integer.parseInt(text))),
            Map.entry("YearMonth", YearMonth::parse),
            Map.entry("MonthDay", MonthDay::parse));

    private KeptValues() {}

    /**
     * Writes a value.
     *
     * @throws UnsupportedArgumentException if it is no plain value, or too large
     */
    public static String write(@Nullable Object plain) {
        return CanonicalJson.string(tree(plain));
    }

    /**
     * Reads what {@link #write} wrote; lists and maps are unmodifiable.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static @Nullable Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("a kept value goes on after its end");
            }
            return value;
        }
    }

    private static @Nullable Object tree(@Nullable Object plain) {
        if (plain == null || plain instanceof String || plain instanceof Boolean) {
            return plain;
        }
        if (plain instanceof Long || plain instanceof Integer || plain instanceof BigInteger) {
            return Map.of("i", plain.toString());
        }
        if (plain instanceof BigDecimal) {
            return Map.of("d", plain.toString());
        }
        if (plain instanceof Double) {
            return Map.of("f", plain.toString());
        }
        if (plain instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>(list.size());
            list.forEach(one -> all.add(tree(one)));
            return all;
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((name, one) -> all.put(String.valueOf(name), tree(one)));
            return Map.of(MAP, all);
        }
        String type = plain.getClass().getSimpleName();
        if (plain.getClass().getPackageName().equals("java.time") && READERS.containsKey(type)) {
            return Map.of(type, plain.toString());
        }
        throw new UnsupportedArgumentException(plain.getClass(), "it is no plain value");
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> all = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                all.add(value(parser));
            }
            return Collections.unmodifiableList(all);
        }
        if (token == JsonToken.START_OBJECT) {
            return typed(parser);
        }
        throw new IllegalArgumentException("a kept value has an unknown form");
    }

    private static Object typed(JsonParser parser) {
        String type = parser.nextName();
        JsonToken token = parser.nextToken();
        Object value;
        if (MAP.equals(type) && token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                all.put(name, value(parser));
            }
            value = Collections.unmodifiableMap(all);
        } else {
            Function<String, Object> reader = type == null ? null : READERS.get(type);
            if (reader == null || token != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException("a kept value is of an unknown type");
            }
            value = reader.apply(parser.getString());
        }
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw new IllegalArgumentException("a kept value has an unknown form");
        }
        return value;
    }

    private static Object integer(String text) {
        BigInteger value = new BigInteger(text);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }
}
