package io.jitapproval.core.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An exact number to compare with. Against whole numbers, decimals and doubles it compares without allocating. */
final class Decimal {

    /** What {@link #compare} says of something that is no number. */
    static final int INCOMPARABLE = 2;

    /** Up to here every whole number is a double. */
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private final BigDecimal exact;
    private final boolean isWhole;
    private final long whole;

    private Decimal(BigDecimal exact) {
        this.exact = exact;
        boolean isSmall = exact.precision() - (long) exact.scale() <= 19 && exact.scale() <= 100;
        long asLong = isSmall ? exact.longValue() : 0;
        this.isWhole = BigDecimal.valueOf(asLong).compareTo(exact) == 0;
        this.whole = asLong;
    }

    static Decimal of(BigDecimal exact) {
        return new Decimal(exact);
    }

    /**
     * The number, or null for NaN, infinity and classes that we do not know. A double counts as the decimal that it is
     * written as: 0.1 is 0.1.
     */
    static @Nullable Decimal of(Number number) {
        BigDecimal exact = exact(number);
        return exact == null ? null : new Decimal(exact);
    }

    BigDecimal exact() {
        return exact;
    }

    /** -1, 0 or 1 as the value is less than, equal to or more than this number; {@link #INCOMPARABLE} if it is none. */
    int compare(Object value) {
        if (value instanceof Integer number) {
            return compareWhole(number);
        }
        if (value instanceof Long number) {
            return compareWhole(number);
        }
        if (value instanceof BigDecimal number) {
            return number.compareTo(exact);
        }
        if (value instanceof Double number
                && isWhole
                && Math.abs(whole) <= EXACT_IN_DOUBLE
                && whole != Long.MIN_VALUE) {
            double d = number;
            return Double.isFinite(d) ? Double.compare(d + 0.0, (double) whole) : INCOMPARABLE;
        }
        if (value instanceof Decimal number) {
            return number.exact.compareTo(exact);
        }
        BigDecimal other = value instanceof Number number ? exact(number) : null;
        return other == null ? INCOMPARABLE : other.compareTo(exact);
    }

    private int compareWhole(long number) {
        return isWhole
                ? Long.compare(number, whole)
                : BigDecimal.valueOf(number).compareTo(exact);
    }

    private static @Nullable BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : null;
        }
        boolean isWhole = number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicInteger
                || number instanceof AtomicLong;
        return isWhole ? BigDecimal.valueOf(number.longValue()) : null;
    }
}
