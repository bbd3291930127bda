package io.jitapproval.core.binding;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One walk from a value to what policies compare and people read. */
@SuppressWarnings("JavaUtilDate") // arguments of applications
final class PlainView {

    private final Shapes shapes;
    private final Limits.Budget budget = new Limits.Budget();

    PlainView(Shapes shapes) {
        this.shapes = shapes;
    }

    @Nullable
    Object of(@Nullable Object value, int depth) {
        if (value == null || value instanceof String) {
            return value;
        }
        Shape shape = shapes.get(value.getClass());
        return switch (shape.kind()) {
            case STRING, BOOLEAN, DOUBLE, TEMPORAL -> value;
            case BIG_INTEGER -> {
                Numbers.requireReasonable((BigInteger) value);
                yield value;
            }
            case DECIMAL -> {
                Numbers.requireReasonable((BigDecimal) value);
                yield value;
            }
            case INTEGER -> value instanceof Long ? value : (Object) ((Number) value).longValue();
            case FLOAT -> ((Float) value).doubleValue();
            case CHARACTER -> value.toString();
            case ENUM -> ((Enum<?>) value).name();
            case TEXT -> shape.textOf(value);
            case DATE -> ((Date) value).toInstant();
            case BYTES -> {
                Numbers.requireReasonable((byte[]) value);
                yield Base64.getEncoder().encodeToString((byte[]) value);
            }
            case OPTIONAL_PRIMITIVE -> optionalPrimitive(value);
            case PRIMITIVES -> primitives(value, depth);
            case UNSUPPORTED -> throw new UnsupportedArgumentException(value.getClass(), shape.reason());
            default -> {
                Limits.requireDepth(depth, value);
                yield container(value, shape, depth);
            }
        };
    }

    private @Nullable Object container(Object value, Shape shape, int depth) {
        return switch (shape.kind()) {
            case OPTIONAL -> {
                budget.spend(value);
                yield of(((Optional<?>) value).orElse(null), depth + 1);
            }
            case ARRAY -> list(Arrays.asList((Object[]) value), depth);
            case COLLECTION, SET -> list((Collection<?>) value, depth);
            case MAP -> map((Map<?, ?>) value, depth);
            case RECORD -> record(value, shape.requireComponents(), depth);
            case CODEC -> {
                budget.spend(value);
                yield of(Foreign.toPlain(shape.requireCodec(), value), depth + 1);
            }
            default -> throw new IllegalStateException(shape.kind() + " is no container");
        };
    }

    private static @Nullable Object optionalPrimitive(Object value) {
        if (value instanceof OptionalInt present) {
            return present.isPresent() ? (Object) (long) present.getAsInt() : null;
        }
        if (value instanceof OptionalLong present) {
            return present.isPresent() ? (Object) present.getAsLong() : null;
        }
        OptionalDouble present = (OptionalDouble) value;
        return present.isPresent() ? (Object) present.getAsDouble() : null;
    }

    private Object primitives(Object array, int depth) {
        int length = Array.getLength(array);
        budget.spend(array, length);
        ArrayList<@Nullable Object> plain = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            plain.add(of(Array.get(array, i), depth));
        }
        return new Frozen.FrozenList(plain, true);
    }

    private Object list(Collection<?> value, int depth) {
        ArrayList<@Nullable Object> plain = new ArrayList<>();
        Foreign.forEach(value, budget, element -> {
            try {
                plain.add(of(element, depth + 1));
            } catch (UnsupportedArgumentException e) {
                throw e.within("[" + plain.size() + "]");
            }
        });
        return new Frozen.FrozenList(plain, true);
    }

    private Object map(Map<?, ?> value, int depth) {
        LinkedHashMap<String, @Nullable Object> plain = new LinkedHashMap<>();
        Foreign.forEach(value, budget, (key, element) -> {
            String name = key(value, key);
            try {
                if (plain.containsKey(name)) {
                    throw new UnsupportedArgumentException(value.getClass(), "two of its keys read the same");
                }
                plain.put(name, of(element, depth + 1));
            } catch (UnsupportedArgumentException e) {
                throw e.within("{}");
            }
        });
        return new Frozen.FrozenMap<String>(plain, true);
    }

    private static String key(Map<?, ?> map, @Nullable Object key) {
        if (key instanceof String string) {
            return string;
        }
        if (key instanceof Enum) {
            return ((Enum<?>) key).name();
        }
        if (key instanceof UUID || Numbers.isIntegral(key)) {
            return String.valueOf(key);
        }
        throw Foreign.refusedKey(map, key);
    }

    private Object record(Object value, RecordShape components, int depth) {
        LinkedHashMap<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < components.count(); i++) {
            budget.spend(value);
            try {
                plain.put(components.name(i), of(components.get(value, i), depth + 1));
            } catch (UnsupportedArgumentException e) {
                throw e.within(components.name(i));
            }
        }
        return new Frozen.FrozenMap<String>(plain, true);
    }
}
