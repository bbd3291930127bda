package io.jitapproval.core.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8785 (JSON Canonicalization Scheme) for trees of JSON: null, Boolean, String, Number, Map with String keys,
 * Iterable and Object[]. Stateless.
 *
 * <p>JSON numbers are doubles there. A number that a double cannot hold exactly (a long beyond 2^53, most BigDecimals)
 * is refused rather than rounded: write it as a string, or use {@link ArgumentFreezer#canonical(Object)}, which tags
 * types. Refused too: NaN, infinities, half surrogate pairs, nesting beyond 64, more than 100 000 elements, 1 MiB.
 */
public final class CanonicalJson {

    private static final BigInteger LARGEST_EXACT = BigInteger.ONE.shiftLeft(53);

    private CanonicalJson() {}

    /**
     * The canonical UTF-8 bytes.
     *
     * @throws UnsupportedArgumentException when the tree holds something else than JSON
     */
    public static byte[] bytes(@Nullable Object tree) {
        JsonSink out = new JsonSink();
        write(out, tree, 0);
        out.requireWithinLimit();
        return out.toByteArray();
    }

    /** As {@link #bytes(Object)}, read back as text. */
    public static String string(@Nullable Object tree) {
        return new String(bytes(tree), StandardCharsets.UTF_8);
    }

    /** A double as ECMAScript and so RFC 8785 write it. */
    public static String number(double value) {
        return EcmaNumber.format(value);
    }

    static boolean isExact(long value) {
        return value >= -(1L << 53) && value <= 1L << 53;
    }

    static boolean isExact(BigInteger value) {
        return value.bitLength() <= 54 && value.abs().compareTo(LARGEST_EXACT) <= 0;
    }

    private static void write(JsonSink out, @Nullable Object tree, int depth) {
        if (tree == null) {
            out.nothing();
        } else if (tree instanceof String string) {
            out.string(string);
        } else if (tree instanceof Boolean b) {
            out.bool(b);
        } else if (tree instanceof Number number) {
            writeNumber(out, number);
        } else if (tree instanceof Map) {
            Limits.requireDepth(depth, tree);
            writeObject(out, (Map<?, ?>) tree, depth);
        } else if (tree instanceof Iterable) {
            Limits.requireDepth(depth, tree);
            writeArray(out, (Iterable<?>) tree, depth);
        } else if (tree instanceof Object[] array) {
            Limits.requireDepth(depth, tree);
            writeArray(out, Arrays.asList(array), depth);
        } else {
            throw new UnsupportedArgumentException(tree.getClass(), "not JSON");
        }
    }

    private static void writeNumber(JsonSink out, Number number) {
        Class<?> type = number.getClass();
        if (type == Long.class || type == Integer.class || type == Short.class || type == Byte.class) {
            if (!isExact(number.longValue())) {
                throw inexact(type);
            }
            out.integer(number.longValue());
        } else if (type == Double.class || type == Float.class) {
            out.number(number.doubleValue());
        } else if (type == BigInteger.class) {
            if (!isExact((BigInteger) number)) {
                throw inexact(type);
            }
            out.integer(number.longValue());
        } else if (type == BigDecimal.class) {
            double rounded = number.doubleValue();
            if (!Double.isFinite(rounded) || !isShortestOf(rounded, (BigDecimal) number)) {
                throw inexact(type);
            }
            out.number(rounded);
        } else {
            throw new UnsupportedArgumentException(type, "not a number of JSON");
        }
    }

    private static boolean isShortestOf(double rounded, BigDecimal number) {
        return new BigDecimal(EcmaNumber.format(rounded)).compareTo(number) == 0;
    }

    private static UnsupportedArgumentException inexact(Class<?> type) {
        return new UnsupportedArgumentException(type, "a JSON number is a double, which cannot hold it exactly");
    }

    private static void writeArray(JsonSink out, Iterable<?> elements, int depth) {
        int index = 0;
        out.raw('[');
        try {
            for (Object element : elements) {
                out.budget().spend(elements);
                if (index > 0) {
                    out.raw(',');
                }
                write(out, element, depth + 1);
                index++;
            }
        } catch (UnsupportedArgumentException e) {
            throw e.within("[" + index + "]");
        }
        out.raw(']');
    }

    private static void writeObject(JsonSink out, Map<?, ?> members, int depth) {
        SortedFields fields = new SortedFields(members.size());
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.budget().spend(members);
            if (!(member.getKey() instanceof String)) {
                throw new UnsupportedArgumentException(members.getClass(), "a key is not a String");
            }
            fields.add((String) member.getKey(), member.getValue());
        }
        fields.sort(members);
        out.raw('{');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.string(fields.key(i));
            out.raw(':');
            try {
                write(out, fields.value(i), depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within("{}");
            }
        }
        out.raw('}');
    }
}
