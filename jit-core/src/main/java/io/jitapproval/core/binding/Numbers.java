package io.jitapproval.core.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Bounds on numbers and byte strings, whose text would otherwise cost far more than the value. */
final class Numbers {

    private static final int MAX_RAW_BYTES = Limits.MAX_BYTES / 4 * 3;

    private Numbers() {}

    static void requireReasonable(BigInteger value) {
        if (value.bitLength() > Limits.MAX_BITS) {
            throw tooLong(BigInteger.class);
        }
    }

    static void requireReasonable(BigDecimal value) {
        if (value.precision() > Limits.MAX_DIGITS) {
            throw tooLong(BigDecimal.class);
        }
    }

    static void requireReasonable(byte[] value) {
        if (value.length > MAX_RAW_BYTES) {
            throw new UnsupportedArgumentException(
                    byte[].class, "more than " + MAX_RAW_BYTES + " bytes; bind a digest of them instead");
        }
    }

    /** Whether the value is of exactly one of the integral classes. */
    static boolean isIntegral(@Nullable Object value) {
        if (value instanceof BigInteger bigInteger) {
            if (value.getClass() != BigInteger.class) {
                return false;
            }
            requireReasonable(bigInteger);
            return true;
        }
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    private static UnsupportedArgumentException tooLong(Class<?> type) {
        return new UnsupportedArgumentException(type, "more than " + Limits.MAX_DIGITS + " digits");
    }
}
