package io.jitapproval.walls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random graph of arguments that can be changed at each of its leaves. The same seed makes an equal one. */
@SuppressWarnings("JavaUtilDate") // as applications pass them
final class ArgumentGraph {

    private static final int DEEPEST = 4;
    private static final int WIDEST = 4;

    /** A record that holds what can change. */
    record Order(String name, List<Object> lines, Map<String, Object> notes) {}

    private final Random random;
    private final List<Runnable> leaves = new ArrayList<>();
    private final List<Object> root;

    /** The mark sets it apart from the graphs of other tests with the same seed. */
    ArgumentGraph(long seed, long mark) {
        random = new Random(seed);
        List<Object> list = list(0, 1 + random.nextInt(WIDEST));
        list.add("mark " + mark);
        root = list;
    }

    List<Object> root() {
        return root;
    }

    /** Changes one leaf, whatever it is. */
    void mutate(int leaf) {
        leaves.get(Math.floorMod(leaf, leaves.size())).run();
    }

    private Object value(int depth) {
        int kind = random.nextInt(depth >= DEEPEST ? 5 : 12);
        return switch (kind) {
            case 0 -> random.nextInt(100);
            case 1 -> "text" + random.nextInt(100);
            case 2 -> random.nextBoolean();
            case 3 -> random.nextDouble();
            case 4 -> java.math.BigDecimal.valueOf(random.nextInt(1000), 2);
            case 5 -> date();
            case 6 -> bytes();
            case 7 -> numbers();
            case 8 -> array(depth);
            case 9 -> map(depth);
            case 10 -> order(depth);
            default -> list(depth, random.nextInt(WIDEST));
        };
    }

    private List<Object> list(int depth, int size) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(depth + 1));
            int at = i;
            leaves.add(() -> list.set(at, other(list.get(at))));
        }
        leaves.add(() -> list.add("more"));
        if (size > 0) {
            leaves.add(() -> list.remove(size - 1));
        }
        return list;
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        int size = random.nextInt(WIDEST);
        for (int i = 0; i < size; i++) {
            String key = "key" + i;
            map.put(key, value(depth + 1));
            leaves.add(() -> map.put(key, other(map.get(key))));
            leaves.add(() -> map.remove(key));
        }
        leaves.add(() -> map.put("more", null));
        return map;
    }

    private Object array(int depth) {
        Object[] array = new Object[1 + random.nextInt(WIDEST)];
        for (int i = 0; i < array.length; i++) {
            array[i] = value(depth + 1);
            int at = i;
            leaves.add(() -> array[at] = other(array[at]));
        }
        return array;
    }

    private Object bytes() {
        byte[] bytes = new byte[1 + random.nextInt(WIDEST)];
        random.nextBytes(bytes);
        int at = random.nextInt(bytes.length);
        leaves.add(() -> bytes[at] ^= 1);
        return bytes;
    }

    private Object numbers() {
        long[] numbers = random.longs(1L + random.nextInt(WIDEST)).toArray();
        int at = random.nextInt(numbers.length);
        leaves.add(() -> numbers[at]++);
        return numbers;
    }

    private Object date() {
        Date date = new Date(random.nextInt());
        leaves.add(() -> date.setTime(date.getTime() + 1));
        return date;
    }

    private Object order(int depth) {
        List<Object> lines = list(depth + 1, random.nextInt(WIDEST));
        Map<String, Object> notes = map(depth + 1);
        return new Order("order" + random.nextInt(10), lines, notes);
    }

    /** Something else, and often something near. */
    private static Object other(Object value) {
        if (value instanceof Integer number) {
            return number + 1;
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof String text) {
            return text + " ";
        }
        if (value instanceof Double number) {
            return Math.nextUp(number);
        }
        return value == null ? "null" : null;
    }

    /** As text, by content: equal for equal graphs, however deep. */
    static String content(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ArgumentGraph::content).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((key, element) ->
                    text.append(key).append('=').append(content(element)).append(' '));
            return text.append('}').toString();
        }
        if (value instanceof Object[] array) {
            return "array" + Arrays.stream(array).map(ArgumentGraph::content).toList();
        }
        if (value instanceof byte[] bytes) {
            return "bytes" + Arrays.toString(bytes);
        }
        if (value instanceof long[] numbers) {
            return "longs" + Arrays.toString(numbers);
        }
        if (value instanceof Date date) {
            return "date" + date.getTime();
        }
        if (value instanceof Order order) {
            return "order" + order.name() + content(order.lines()) + content(order.notes());
        }
        return value == null ? "null" : value.getClass().getSimpleName() + value;
    }
}
