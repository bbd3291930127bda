package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How values compare. What cannot be compared is unknown, never just different. */
final class Values {

    /** Up to here a list is read by index, whatever its kind. */
    private static final int SHORT = 16;

    private Values() {}

    /** Kleene's not. */
    static Match not(Match match) {
        return switch (match) {
            case MATCHED -> Match.NOT_MATCHED;
            case NOT_MATCHED -> Match.MATCHED;
            case UNKNOWN -> Match.UNKNOWN;
        };
    }

    static Match of(boolean holds) {
        return holds ? Match.MATCHED : Match.NOT_MATCHED;
    }

    /** The text of what counts as text: enums by name, ids as written. Null for everything else. */
    static @Nullable String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof UUID || value instanceof Character ? value.toString() : null;
    }

    static Match equal(@Nullable Object value, @Nullable Object operand) {
        if (value instanceof String text && operand instanceof String other) {
            return of(text.equals(other));
        }
        if (value == null || operand == null) {
            return Match.UNKNOWN;
        }
        if (value instanceof Boolean && operand instanceof Boolean) {
            return of(value.equals(operand));
        }
        String text = text(value);
        String other = text(operand);
        if (text != null && other != null) {
            return of(text.equals(other));
        }
        int order = value instanceof Decimal ? order(operand, value) : order(value, operand);
        return order == Decimal.INCOMPARABLE ? Match.UNKNOWN : of(order == 0);
    }

    /** -1, 0 or 1, or {@link Decimal#INCOMPARABLE}. */
    static int order(Object value, Object operand) {
        if (operand instanceof Decimal decimal) {
            return decimal.compare(value);
        }
        if (operand instanceof Number number) {
            Decimal decimal = Decimal.of(number);
            return decimal == null ? Decimal.INCOMPARABLE : decimal.compare(value);
        }
        for (Scale<?> scale : Scale.ALL) {
            int order = scale.compare(value, operand);
            if (order != Decimal.INCOMPARABLE) {
                return order;
            }
        }
        return Decimal.INCOMPARABLE;
    }

    /** Whether the value equals one of the elements of the operand, which is a list. */
    static Match in(Object value, Object operand) {
        if (operand instanceof Constants constants) {
            String text = constants.isText() ? text(value) : null;
            return text != null ? of(constants.hasText(text)) : anyEqual(constants.values(), value);
        }
        return operand instanceof Collection<?> collection ? anyEqual(collection, value) : Match.UNKNOWN;
    }

    /** Whether the value, which is a list, has an element that equals the operand. */
    static Match contains(Object value, Object operand) {
        // One look at an interface, not three: each is remembered by the class in the place of the one before.
        if (value instanceof List<?> list && list.size() <= SHORT) {
            return anyEqual(list, operand);
        }
        return value instanceof Collection<?> collection ? anyEqual(collection, operand) : Match.UNKNOWN;
    }

    static Match containsAny(Object value, Object operand) {
        Match any = Match.NOT_MATCHED;
        Collection<?> wanted = elements(operand);
        if (wanted == null || !(value instanceof Collection<?> collection)) {
            return Match.UNKNOWN;
        }
        for (Object each : wanted) {
            Match match = each == null ? Match.UNKNOWN : anyEqual(collection, each);
            if (match == Match.MATCHED) {
                return match;
            }
            any = match == Match.UNKNOWN ? match : any;
        }
        return any;
    }

    static Match containsAll(Object value, Object operand) {
        Match all = Match.MATCHED;
        Collection<?> wanted = elements(operand);
        if (wanted == null || !(value instanceof Collection<?> collection)) {
            return Match.UNKNOWN;
        }
        for (Object each : wanted) {
            Match match = each == null ? Match.UNKNOWN : anyEqual(collection, each);
            if (match == Match.NOT_MATCHED) {
                return match;
            }
            all = match == Match.UNKNOWN ? match : all;
        }
        return all;
    }

    /** Whether the value, which is a list, has no element besides those of the operand. */
    static Match subsetOf(Object value, Object operand) {
        Match all = Match.MATCHED;
        if (!(value instanceof Collection<?> collection) || elements(operand) == null) {
            return Match.UNKNOWN;
        }
        for (Object each : collection) {
            Match match = each == null ? Match.UNKNOWN : in(each, operand);
            if (match == Match.NOT_MATCHED) {
                return match;
            }
            all = match == Match.UNKNOWN ? match : all;
        }
        return all;
    }

    /** How many elements a list or map, or characters (code points) a text has; -1 for everything else. */
    static int size(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        String text = text(value);
        return text == null ? -1 : text.codePointCount(0, text.length());
    }

    private static @Nullable Collection<?> elements(Object operand) {
        if (operand instanceof Constants constants) {
            return constants.values();
        }
        return operand instanceof Collection<?> collection ? collection : null;
    }

    private static Match anyEqual(Collection<?> collection, Object sought) {
        if (collection instanceof RandomAccess && collection instanceof List<?> list) {
            return anyEqual(list, sought);
        }
        Match any = Match.NOT_MATCHED;
        for (Object each : collection) {
            Match match = equal(each, sought);
            if (match == Match.MATCHED) {
                return match;
            }
            any = match == Match.UNKNOWN ? match : any;
        }
        return any;
    }

    private static Match anyEqual(List<?> list, Object sought) {
        Match any = Match.NOT_MATCHED;
        for (int i = 0; i < list.size(); i++) {
            Match match = equal(list.get(i), sought);
            if (match == Match.MATCHED) {
                return match;
            }
            any = match == Match.UNKNOWN ? match : any;
        }
        return any;
    }
}
