package io.jitapproval.core.binding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A double as ECMAScript's {@code Number::toString} writes it, which RFC 8785 asks for: the fewest digits that read
 * back as the same double. {@link Double#toString(double)} keeps that promise only since JDK 19.
 */
final class EcmaNumber {

    static final double TWO_TO_53 = 9_007_199_254_740_992d;

    /** Two different decimals of so many digits are never the same normal double. */
    private static final int UNIQUE_DIGITS = 15;

    private static final int ENOUGH_DIGITS = 17;
    private static final double LARGEST_UNIQUE = 1e15;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    private EcmaNumber() {}

    static String format(double value) {
        if (!Double.isFinite(value)) {
            throw new UnsupportedArgumentException(Double.class, "NaN and infinities have no form in JSON");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        StringBuilder text = new StringBuilder(26);
        if (value < 0) {
            text.append('-');
        }
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        layOut(text, digits, point);
        return text.toString();
    }

    /** ECMA-262, Number::toString: {@code digits} are s, {@code point} is n. */
    private static void layOut(StringBuilder text, String digits, int point) {
        int count = digits.length();
        if (point > 21 || point <= -6) {
            text.append(digits, 0, 1);
            if (count > 1) {
                text.append('.').append(digits, 1, count);
            }
            int exponent = point - 1;
            text.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
        } else if (point >= count) {
            text.append(digits).append("0".repeat(point - count));
        } else if (point > 0) {
            text.append(digits, 0, point).append('.').append(digits, point, count);
        } else {
            text.append("0.").append("0".repeat(-point)).append(digits);
        }
    }

    private static BigDecimal shortest(double value) {
        BigDecimal found = fewDecimals(value);
        if (found == null) {
            BigDecimal exact = new BigDecimal(value);
            int precision = value < Double.MIN_NORMAL ? 1 : UNIQUE_DIGITS;
            do {
                found = readsBack(exact, value, precision++);
            } while (found == null && precision < ENOUGH_DIGITS);
            if (found == null) {
                found = exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN));
            }
        }
        return found.stripTrailingZeros();
    }

    /** Prices and the like. A quotient of two exact doubles is rounded once, so equality proves the decimal. */
    private static @Nullable BigDecimal fewDecimals(double value) {
        for (int scale = 0; scale < POWERS.length; scale++) {
            double scaled = value * POWERS[scale];
            if (scaled >= LARGEST_UNIQUE) {
                return null;
            }
            long candidate = Math.round(scaled);
            if (candidate / POWERS[scale] == value) {
                return BigDecimal.valueOf(candidate, scale);
            }
        }
        return null;
    }

    /** Below a power of two doubles are denser than above it, so the nearest decimal may miss where the other does. */
    private static @Nullable BigDecimal readsBack(BigDecimal exact, double value, int precision) {
        BigDecimal nearest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        if (nearest.doubleValue() == value) {
            return nearest;
        }
        RoundingMode other = nearest.compareTo(exact) < 0 ? RoundingMode.UP : RoundingMode.DOWN;
        BigDecimal second = exact.round(new MathContext(precision, other));
        return second.doubleValue() == value ? second : null;
    }
}
