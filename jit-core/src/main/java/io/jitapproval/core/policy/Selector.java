package io.jitapproval.core.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that has to hold wherever a rule matches, and that a look into a hash map can tell: an attribute that equals, is in
 * or contains constants, or a resource that is one of some. Wherever the value is of the kind and its key is none of these, the
 * rule does not match, whatever else it compares.
 *
 * @param source    what is looked at
 * @param attribute the same as the compiled path; null for the resource
 * @param keys       the keys of the constants, at least one
 */
record Selector(Source source, @Nullable Attribute attribute, Set<Object> keys) {

    private static final Set<String> WHOLE = Set.of("equals", "in");
    private static final Set<String> ELEMENTS = Set.of("contains", "containsAny");

    /** Larger numbers are not brought into the one form that their keys need: that would cost more than comparing them. */
    private static final int MOST_BITS = 256;

    private static final int LARGEST_SCALE = 400;
    /** Whole numbers of up to so many digits are their own keys. */
    private static final int DIGITS = 18;

    private static final long BOUND = 1_000_000_000_000_000_000L;

    /** Constants that compare with each other, so that a value of the kind is known to be equal to them or not. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN
    }

    /**
     * What is looked at.
     *
     * @param path     of the attribute; {@code resource} for the resource itself
     * @param elements whether the attribute is a list whose elements are looked at
     * @param kind     of the constants
     */
    record Source(String path, boolean elements, Kind kind) {}

    /** All that the rule has. */
    static List<Selector> of(RuleSpec rule) {
        List<Selector> all = new ArrayList<>();
        boolean exact = rule.resources().stream().noneMatch(ResourcePattern::prefix);
        if (exact && !rule.resources().isEmpty()) {
            Set<Object> keys =
                    rule.resources().stream().map(ResourcePattern::text).collect(Collectors.toSet());
            all.add(new Selector(new Source("resource", false, Kind.TEXT), null, keys));
        }
        if (rule.when() != null) {
            collect(rule.when(), all);
        }
        return all;
    }

    /** Only what a conjunction cannot do without. */
    private static void collect(Condition condition, List<Selector> all) {
        if (condition instanceof Condition.All conjunction) {
            conjunction.parts().forEach(part -> collect(part, all));
        } else if (condition instanceof Condition.Named named) {
            collect(named.part(), all);
        } else if (condition instanceof Comparison comparison) {
            Selector selector = of(comparison);
            if (selector != null) {
                all.add(selector);
            }
        }
    }

    private static @Nullable Selector of(Comparison comparison) {
        String word = comparison.operator().word();
        boolean elements = ELEMENTS.contains(word);
        if (!elements && !WHOLE.contains(word)) {
            return null;
        }
        Set<Object> keys = new LinkedHashSet<>();
        Kind kind = null;
        for (Object constant : constants(comparison.operand())) {
            Object key = key(constant);
            if (key == null || (kind != null && kind != kind(key))) {
                return null;
            }
            kind = kind(key);
            keys.add(key);
        }
        return kind == null
                ? null
                : new Selector(new Source(comparison.attribute().path(), elements, kind), comparison.attribute(), keys);
    }

    private static Collection<?> constants(Object operand) {
        return operand instanceof Constants list ? list.values() : List.of(operand);
    }

    /** Two values of a kind have the same key exactly if {@link Values#equal} says so. Null for what has no kind. */
    static @Nullable Object key(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long whole = ((Number) value).longValue();
            return -BOUND < whole && whole < BOUND
                    ? (Object) whole
                    : BigDecimal.valueOf(whole).stripTrailingZeros();
        }
        if (value instanceof Enum<?> || value instanceof UUID || value instanceof Character) {
            return Values.text(value);
        }
        if (value instanceof Decimal constant) {
            return number(constant.exact());
        }
        boolean isNumber = value instanceof Double
                || value instanceof Float
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class;
        Decimal decimal = isNumber ? Decimal.of((Number) value) : null;
        return decimal == null ? null : number(decimal.exact());
    }

    private static @Nullable Object number(BigDecimal number) {
        if (Math.abs((long) number.scale()) > LARGEST_SCALE
                || number.unscaledValue().bitLength() > MOST_BITS) {
            return null;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isLong = shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= DIGITS;
        return isLong ? (Object) shortest.longValueExact() : shortest;
    }

    static Kind kind(Object key) {
        if (key instanceof String) {
            return Kind.TEXT;
        }
        return key instanceof Boolean ? Kind.BOOLEAN : Kind.NUMBER;
    }
}
