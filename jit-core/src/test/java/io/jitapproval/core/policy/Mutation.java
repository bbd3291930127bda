package io.jitapproval.core.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Changes a document at one place. */
final class Mutation {

    private static final List<Object> STRANGERS = List.of(
            "",
            " ",
            "x",
            "*",
            "a*b",
            "PT-5M",
            "P1M",
            "07:00",
            "10MB",
            "2026-01-01",
            -1,
            0,
            1,
            new BigDecimal("1.5"),
            new BigDecimal("1e12"),
            true,
            List.of(),
            List.of("x"),
            List.of(1, "x"),
            List.of(List.of()),
            Map.of(),
            Map.of("x", 1),
            Map.of("role", "x"),
            Map.of("attribute", "subject.id"),
            Map.of("attribute", "subjekt"),
            Map.of("equals", 1));
    private static final String LETTERS = "aZ09-+.:/*\\ _\u0007\u200b[(";

    private final Random random;
    private int at;
    private final List<Object> values = new ArrayList<>();

    private Mutation(Random random) {
        this.random = random;
    }

    static Object of(Map<String, Object> document, Random random) {
        Mutation mutation = new Mutation(random);
        mutation.collect(document);
        mutation.at = mutation.place();
        return mutation.copy(document);
    }

    /** Anywhere, but objects are chosen as often as all else: most that can be wrong is wrong in them. */
    private int place() {
        int[] places = random.nextBoolean()
                ? IntStream.range(0, values.size())
                        .filter(place -> values.get(place) instanceof Map)
                        .toArray()
                : IntStream.range(0, values.size()).toArray();
        return places[random.nextInt(places.length)];
    }

    private void collect(Object value) {
        values.add(value);
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::collect);
        } else if (value instanceof List<?> list) {
            list.forEach(this::collect);
        }
    }

    private Object copy(Object value) {
        if (at-- == 0) {
            return changed(value);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put((String) key, copy(each)));
            return copy;
        }
        return value instanceof List<?> list ? list.stream().map(this::copy).toList() : value;
    }

    private Object changed(Object value) {
        if (random.nextInt(4) == 0) {
            return random.nextBoolean() ? one(STRANGERS) : one(values);
        }
        if (value instanceof Map<?, ?> map) {
            return changedMap(Replay.map(map));
        }
        if (value instanceof List<?> list) {
            List<Object> other = new ArrayList<>(list);
            switch (list.isEmpty() ? 0 : random.nextInt(3)) {
                case 0 -> other.add(one(values));
                case 1 -> other.remove(random.nextInt(other.size()));
                default -> other.add(other.get(0));
            }
            return other;
        }
        return value instanceof String text ? changedText(text) : one(STRANGERS);
    }

    private Map<String, Object> changedMap(Map<String, Object> map) {
        Map<String, Object> other = new LinkedHashMap<>(map);
        List<String> keys = new ArrayList<>(map.keySet());
        String key = keys.isEmpty() ? "x" : keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(4)) {
            case 0 -> other.remove(key);
            case 1 -> {
                Object value = other.remove(key);
                other.put(changedText(key), value == null ? "x" : value);
            }
            case 2 -> other.put(random.nextBoolean() ? "ifAbsent" : changedText(key), one(values));
            default ->
                values.stream()
                        .filter(Map.class::isInstance)
                        .skip(random.nextInt(3))
                        .findFirst()
                        .ifPresent(stranger -> Replay.map(stranger).forEach(other::putIfAbsent));
        }
        return other;
    }

    private String changedText(String text) {
        int place = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
        boolean isAdded = random.nextBoolean() || place == text.length();
        int behind = isAdded ? place : text.offsetByCodePoints(place, 1);
        String added = isAdded ? String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))) : "";
        return text.substring(0, place) + added + text.substring(behind);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
