package io.jitapproval.core.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Random graphs of argument values. A {@link Node} is the meaning, and its {@code equals} is the equality that the
 * canonical form promises, written down a second time; {@link #realize} picks one of the Java values that have it.
 */
@SuppressWarnings("JavaUtilDate") // an argument like others
final class Graphs {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "1",
            "1.0",
            "-1",
            "true",
            "null",
            "$",
            "$$",
            "$int",
            "$int:1",
            "$enum:x",
            "v",
            "a,b",
            "[1]",
            "{}",
            "\"",
            "\\",
            "\n",
            "é",
            "e\u0301",
            "\ud83d\ude02",
            "€");

    private Graphs() {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "RED";
            }
        }
    }

    record Pair(Object left, Object right) {}

    record Twin(Object left, Object right) {}

    sealed interface Node {}

    /** Class of what it stands for, and a value with a sound {@code equals}. */
    record Leaf(String kind, Object value) implements Node {}

    record Row(List<Node> elements) implements Node {}

    record Bag(Set<Node> elements) implements Node {}

    record Table(Map<Leaf, Node> entries) implements Node {}

    record Product(boolean twin, Node left, Node right) implements Node {}

    record Maybe(List<Node> content) implements Node {}

    static Node node(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf(random);
        }
        return switch (random.nextInt(5)) {
            case 0 -> new Row(nodes(random, depth));
            case 1 -> new Bag(new HashSet<>(nodes(random, depth)));
            case 2 -> {
                Map<Leaf, Node> entries = new LinkedHashMap<>();
                nodes(random, depth).forEach(value -> entries.put(key(random), value));
                yield new Table(entries);
            }
            case 3 -> new Product(random.nextBoolean(), node(random, depth - 1), node(random, depth - 1));
            default -> {
                Node content = node(random, depth - 1);
                boolean empty = random.nextBoolean() || content.equals(new Leaf("null", 0));
                yield new Maybe(empty ? List.of() : List.of(content));
            }
        };
    }

    private static List<Node> nodes(Random random, int depth) {
        List<Node> nodes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            nodes.add(node(random, depth - 1));
        }
        return nodes;
    }

    private static Leaf key(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Leaf("integer", integer(random));
            case 1 -> new Leaf("enum", Colour.values()[random.nextInt(2)]);
            case 2 -> new Leaf("text", new UUID(0, random.nextInt(3)));
            default -> new Leaf("text", text(random));
        };
    }

    static Leaf leaf(Random random) {
        return switch (random.nextInt(13)) {
            case 0 -> new Leaf("null", 0);
            case 1 -> new Leaf("text", random.nextBoolean());
            case 2 -> new Leaf("integer", integer(random));
            case 3 -> new Leaf("text", new BigDecimal(BigInteger.valueOf(random.nextInt(3)), random.nextInt(3)));
            case 4 ->
                new Leaf("text", List.of(0.0, -0.0, 1.0, 0.1, 1e21, 1e-7, -1.5).get(random.nextInt(7)));
            case 5 -> new Leaf("text", List.of(0.0f, -0.0f, 1.0f, 0.1f).get(random.nextInt(4)));
            case 6 -> new Leaf("text", "ab1$\"".charAt(random.nextInt(5)));
            case 7 ->
                new Leaf(
                        "enum",
                        List.of(Colour.RED, Colour.GREEN, DayOfWeek.MONDAY, TimeUnit.DAYS)
                                .get(random.nextInt(4)));
            case 8 -> new Leaf("text", new UUID(0, random.nextInt(3)));
            case 9 -> new Leaf("bytes", text(random));
            case 10 -> new Leaf("date", (long) random.nextInt(3));
            case 11 ->
                new Leaf(
                        "text",
                        List.of(
                                        Instant.EPOCH,
                                        LocalDate.EPOCH,
                                        Duration.ZERO,
                                        Duration.ofMillis(-500),
                                        Instant.ofEpochMilli(1))
                                .get(random.nextInt(5)));
            default -> new Leaf("text", text(random));
        };
    }

    private static BigInteger integer(Random random) {
        BigInteger large = BigInteger.ONE.shiftLeft(List.of(31, 53, 63, 70).get(random.nextInt(4)));
        return List.of(BigInteger.ONE, BigInteger.ZERO, BigInteger.TWO.negate(), large, large.add(BigInteger.ONE))
                .get(random.nextInt(5));
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** A Java value of this meaning; which one, and in which order, the random source decides. Mutable throughout. */
    static Object realize(Node node, Random random) {
        if (node instanceof Leaf leaf) {
            return realizeLeaf(leaf, random);
        }
        if (node instanceof Row row) {
            List<Object> elements = realizeAll(row.elements(), random);
            return random.nextBoolean() ? elements : elements.toArray();
        }
        if (node instanceof Bag bag) {
            List<Node> shuffled = new ArrayList<>(bag.elements());
            Collections.shuffle(shuffled, random);
            return new LinkedHashSet<>(realizeAll(shuffled, random));
        }
        if (node instanceof Table table) {
            List<Map.Entry<Leaf, Node>> shuffled =
                    new ArrayList<>(table.entries().entrySet());
            Collections.shuffle(shuffled, random);
            Map<Object, Object> map = random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
            shuffled.forEach(entry -> map.put(realizeLeaf(entry.getKey(), random), realize(entry.getValue(), random)));
            return map;
        }
        if (node instanceof Product product) {
            Object left = realize(product.left(), random);
            Object right = realize(product.right(), random);
            return product.twin() ? new Twin(left, right) : new Pair(left, right);
        }
        List<Node> content = ((Maybe) node).content();
        return content.isEmpty() ? Optional.empty() : Optional.of(realize(content.get(0), random));
    }

    private static List<Object> realizeAll(List<Node> nodes, Random random) {
        List<Object> values = new ArrayList<>();
        nodes.forEach(node -> values.add(realize(node, random)));
        return values;
    }

    private static Object realizeLeaf(Leaf leaf, Random random) {
        return switch (leaf.kind()) {
            case "null" -> null;
            case "bytes" -> ((String) leaf.value()).getBytes(StandardCharsets.UTF_8);
            case "date" -> new Date((Long) leaf.value());
            case "integer" -> realizeInteger((BigInteger) leaf.value(), random);
            default -> leaf.value();
        };
    }

    private static Object realizeInteger(BigInteger value, Random random) {
        if (value.bitLength() < 8 && random.nextBoolean()) {
            return random.nextBoolean() ? (Object) value.byteValueExact() : (Object) value.shortValueExact();
        }
        if (value.bitLength() < 32 && random.nextBoolean()) {
            return value.intValueExact();
        }
        return value.bitLength() < 64 && random.nextBoolean() ? (Object) value.longValueExact() : value;
    }

    /** The same graph with one leaf changed: to another value, or to one of another class that reads the same. */
    static Node mutate(Node node, Random random) {
        if (node instanceof Leaf leaf) {
            Leaf other;
            do {
                other = random.nextBoolean() ? leaf(random) : new Leaf("text", String.valueOf(leaf.value()));
            } while (other.equals(leaf));
            return other;
        }
        if (node instanceof Row row) {
            return new Row(mutateOne(row.elements(), random));
        }
        if (node instanceof Bag bag) {
            Bag other;
            do {
                other = new Bag(new HashSet<>(mutateOne(new ArrayList<>(bag.elements()), random)));
            } while (other.equals(bag));
            return other;
        }
        if (node instanceof Table table) {
            Map<Leaf, Node> entries = new LinkedHashMap<>(table.entries());
            if (entries.isEmpty()) {
                entries.put(key(random), leaf(random));
            } else {
                Leaf key = new ArrayList<>(entries.keySet()).get(random.nextInt(entries.size()));
                entries.put(key, mutate(entries.get(key), random));
            }
            return new Table(entries);
        }
        if (node instanceof Product product) {
            return random.nextBoolean()
                    ? new Product(product.twin(), mutate(product.left(), random), product.right())
                    : new Product(product.twin(), product.left(), mutate(product.right(), random));
        }
        List<Node> content = ((Maybe) node).content();
        if (content.isEmpty()) {
            return new Maybe(List.of(new Leaf("text", "new")));
        }
        Node other = mutate(content.get(0), random);
        return new Maybe(other.equals(new Leaf("null", 0)) ? List.of() : List.of(other));
    }

    private static List<Node> mutateOne(List<Node> nodes, Random random) {
        List<Node> changed = new ArrayList<>(nodes);
        if (changed.isEmpty()) {
            changed.add(new Leaf("text", "new"));
        } else {
            int index = random.nextInt(changed.size());
            changed.set(index, mutate(changed.get(index), random));
        }
        return changed;
    }

    /** Changes everything that can be changed in place, whoever holds it. */
    @SuppressWarnings("unchecked")
    static void vandalize(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(Graphs::vandalize);
            ((List<Object>) list).add("vandal");
        } else if (value instanceof Set<?> set) {
            List<Object> elements = new ArrayList<>(set);
            set.clear();
            elements.forEach(Graphs::vandalize);
            ((Set<Object>) set).add("vandal");
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(Graphs::vandalize);
            ((Map<Object, Object>) map).put("vandal", 1);
        } else if (value instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                vandalize(array[i]);
                array[i] = "vandal";
            }
        } else if (value instanceof byte[] bytes) {
            Arrays.fill(bytes, (byte) 'v');
        } else if (value instanceof Date date) {
            date.setTime(666);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(Graphs::vandalize);
        } else if (value instanceof Pair pair) {
            vandalize(pair.left());
            vandalize(pair.right());
        } else if (value instanceof Twin twin) {
            vandalize(twin.left());
            vandalize(twin.right());
        }
    }
}
