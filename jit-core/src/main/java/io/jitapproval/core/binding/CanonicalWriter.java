package io.jitapproval.core.binding;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java values as canonical JSON that tells their type, straight from the values and without a tree between.
 *
 * <p>Two values have the same bytes exactly when {@link ArgumentFreezer} calls them equal. What keeps this true: a
 * tagged value is an object whose one telling key starts with a single {@code $} and holds no colon; a map's own keys
 * never do, because a String key that starts with {@code $} gets one more, and a tagged key holds a colon.
 */
@SuppressWarnings("JavaUtilDate") // arguments of applications
final class CanonicalWriter {

    private static final byte[] INT = JsonSink.ascii("{\"$int\":\"");
    private static final byte[] DEC = JsonSink.ascii("{\"$dec\":\"");
    private static final byte[] DBL = JsonSink.ascii("{\"$dbl\":");
    private static final byte[] FLT = JsonSink.ascii("{\"$flt\":");
    private static final byte[] CHR = JsonSink.ascii("{\"$chr\":\"");
    private static final byte[] DATE = JsonSink.ascii("{\"$date\":\"");
    private static final byte[] BYTES = JsonSink.ascii("{\"$bytes\":\"");
    private static final byte[] OPT = JsonSink.ascii("{\"$opt\":[");
    private static final byte[] OPT_END = JsonSink.ascii("]}");
    private static final byte[] SET = JsonSink.ascii("{\"$set\":[");
    private static final byte[] TEXT_END = JsonSink.ascii("\"}");
    private static final byte[] RECORD_END = JsonSink.ascii("}}");
    private static final byte[] MINUS_ZERO = JsonSink.ascii("\"-0\"");

    private final Shapes shapes;

    CanonicalWriter(Shapes shapes) {
        this.shapes = shapes;
    }

    void write(JsonSink out, @Nullable Object value, int depth) {
        if (value == null) {
            out.nothing();
        } else if (value instanceof String string) {
            out.string(string);
        } else if (value instanceof Long || value instanceof Integer) {
            writeInteger(out, ((Number) value).longValue());
        } else {
            writeShaped(out, value, shapes.get(value.getClass()), depth);
        }
    }

    private void writeShaped(JsonSink out, Object value, Shape shape, int depth) {
        switch (shape.kind()) {
            case STRING -> out.string((String) value);
            case BOOLEAN -> out.bool((Boolean) value);
            case INTEGER -> writeInteger(out, ((Number) value).longValue());
            case BIG_INTEGER -> writeBigInteger(out, (BigInteger) value);
            case DECIMAL -> writeDecimal(out, (BigDecimal) value);
            case DOUBLE -> writeFloating(out, DBL, (Double) value);
            case FLOAT -> writeFloating(out, FLT, (Float) value);
            case CHARACTER -> writeText(out, CHR, value.toString());
            case ENUM -> writeText(out, shape.prefix(), ((Enum<?>) value).name());
            case TEXT, TEMPORAL -> writeText(out, shape.prefix(), shape.textOf(value));
            case DATE ->
                writeText(
                        out,
                        DATE,
                        Instant.ofEpochMilli(((Date) value).getTime()).toString());
            case BYTES -> writeBytes(out, (byte[]) value);
            case OPTIONAL_PRIMITIVE -> writeOptionalPrimitive(out, value);
            case PRIMITIVES -> writePrimitives(out, value);
            case UNSUPPORTED -> throw new UnsupportedArgumentException(value.getClass(), shape.reason());
            default -> {
                Limits.requireDepth(depth, value);
                writeContainer(out, value, shape, depth);
            }
        }
    }

    private void writeContainer(JsonSink out, Object value, Shape shape, int depth) {
        switch (shape.kind()) {
            case OPTIONAL -> writeOptional(out, (Optional<?>) value, depth);
            case ARRAY -> writeElements(out, Arrays.asList((Object[]) value), depth);
            case COLLECTION -> writeElements(out, (Collection<?>) value, depth);
            case SET -> writeSet(out, (Collection<?>) value, depth);
            case MAP -> writeMap(out, (Map<?, ?>) value, depth, false);
            case RECORD -> writeRecord(out, value, shape, depth);
            case CODEC -> {
                out.raw(shape.prefix());
                out.budget().spend(value);
                write(out, Foreign.toPlain(shape.requireCodec(), value), depth + 1);
                out.raw('}');
            }
            default -> throw new IllegalStateException(shape.kind() + " is no container");
        }
    }

    private static void writeInteger(JsonSink out, long value) {
        if (CanonicalJson.isExact(value)) {
            out.integer(value);
        } else {
            out.raw(INT);
            out.integer(value);
            out.raw(TEXT_END);
        }
    }

    private static void writeBigInteger(JsonSink out, BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            writeInteger(out, value.longValue());
        } else {
            Numbers.requireReasonable(value);
            writeText(out, INT, value.toString());
        }
    }

    private static void writeDecimal(JsonSink out, BigDecimal value) {
        Numbers.requireReasonable(value);
        writeText(out, DEC, value.toString());
    }

    private static void writeFloating(JsonSink out, byte[] tag, double value) {
        if (!Double.isFinite(value)) {
            throw new UnsupportedArgumentException(
                    tag == FLT ? Float.class : Double.class, "NaN and infinities cannot be approved");
        }
        out.raw(tag);
        if (value == 0 && Double.doubleToRawLongBits(value) != 0) {
            out.raw(MINUS_ZERO);
        } else {
            out.number(value);
        }
        out.raw('}');
    }

    private static void writeText(JsonSink out, byte[] tag, String text) {
        out.raw(tag);
        out.text(text);
        out.raw(TEXT_END);
    }

    private static void writeBytes(JsonSink out, byte[] value) {
        Numbers.requireReasonable(value);
        out.raw(BYTES);
        out.raw(Base64.getEncoder().encode(value));
        out.raw(TEXT_END);
    }

    private static void writeOptionalPrimitive(JsonSink out, Object value) {
        out.raw(OPT);
        if (value instanceof OptionalInt optionalInt) {
            optionalInt.ifPresent(out::integer);
        } else if (value instanceof OptionalLong optionalLong) {
            optionalLong.ifPresent(present -> writeInteger(out, present));
        } else {
            ((OptionalDouble) value).ifPresent(present -> writeFloating(out, DBL, present));
        }
        out.raw(OPT_END);
    }

    private void writeOptional(JsonSink out, Optional<?> value, int depth) {
        out.raw(OPT);
        if (value.isPresent()) {
            out.budget().spend(value);
            write(out, value.get(), depth + 1);
        }
        out.raw(OPT_END);
    }

    private static void writePrimitives(JsonSink out, Object array) {
        int length = Array.getLength(array);
        out.raw('[');
        for (int i = 0; i < length; i++) {
            out.budget().spend(array);
            if (i > 0) {
                out.raw(',');
            }
            writePrimitive(out, array, i);
        }
        out.raw(']');
    }

    private static void writePrimitive(JsonSink out, Object array, int index) {
        try {
            if (array instanceof int[] ints) {
                out.integer(ints[index]);
            } else if (array instanceof long[] longs) {
                writeInteger(out, longs[index]);
            } else if (array instanceof short[] shorts) {
                out.integer(shorts[index]);
            } else if (array instanceof double[] doubles) {
                writeFloating(out, DBL, doubles[index]);
            } else if (array instanceof float[] floats) {
                writeFloating(out, FLT, floats[index]);
            } else if (array instanceof boolean[] booleans) {
                out.bool(booleans[index]);
            } else {
                writeText(out, CHR, String.valueOf(((char[]) array)[index]));
            }
        } catch (UnsupportedArgumentException e) {
            throw e.within("[" + index + "]");
        }
    }

    private void writeElements(JsonSink out, Collection<?> elements, int depth) {
        out.raw('[');
        var index = new Foreign.Index();
        Foreign.forEach(elements, out.budget(), element -> {
            if (index.value++ > 0) {
                out.raw(',');
            }
            try {
                write(out, element, depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within("[" + (index.value - 1) + "]");
            }
        });
        out.raw(']');
    }

    private void writeSet(JsonSink out, Collection<?> elements, int depth) {
        out.raw(SET);
        int mark = out.size();
        var parts = new ArrayList<byte[]>();
        Foreign.forEach(elements, out.budget(), element -> {
            try {
                write(out, element, depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within("{}");
            }
            parts.add(out.since(mark));
            out.rewind(mark);
        });
        parts.sort(Arrays::compareUnsigned);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                if (Arrays.equals(parts.get(i), parts.get(i - 1))) {
                    throw new UnsupportedArgumentException(
                            elements.getClass(), "two of its elements have the same canonical form");
                }
                out.raw(',');
            }
            out.raw(parts.get(i));
        }
        out.raw(OPT_END);
    }

    /** A JSON object. With {@code named} keys are names of parameters or attributes, and may stand in a message. */
    void writeMap(JsonSink out, Map<?, ?> map, int depth, boolean named) {
        SortedFields fields = new SortedFields(Foreign.size(map));
        Foreign.forEach(map, out.budget(), (key, value) -> fields.add(key(map, key), value));
        fields.sort(map);
        out.raw('{');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            try {
                out.string(fields.key(i));
                out.raw(':');
                write(out, fields.value(i), depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within(named ? fields.key(i) : "{}");
            }
        }
        out.raw('}');
    }

    private String key(Map<?, ?> map, @Nullable Object key) {
        if (key instanceof String name) {
            return !name.isEmpty() && name.charAt(0) == '$' ? '$' + name : name;
        }
        if (key instanceof Enum) {
            Shape shape = shapes.get(key.getClass());
            if (shape.kind() == Shape.Kind.ENUM) {
                Enum<?> constant = (Enum<?>) key;
                return "$enum:" + constant.getDeclaringClass().getName() + '#' + constant.name();
            }
        }
        if (key instanceof UUID) {
            return "$uuid:" + key;
        }
        if (Numbers.isIntegral(key)) {
            return "$int:" + key;
        }
        throw Foreign.refusedKey(map, key);
    }

    private void writeRecord(JsonSink out, Object value, Shape shape, int depth) {
        RecordShape components = shape.requireComponents();
        out.raw(shape.prefix());
        for (int i = 0; i < components.count(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            int index = components.sorted(i);
            out.budget().spend(value);
            out.raw(components.key(index));
            try {
                write(out, components.get(value, index), depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within(components.name(index));
            }
        }
        out.raw(RECORD_END);
    }
}
