package io.jitapproval.core.policy;

import io.jitapproval.core.document.LinearPattern;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.network.Network;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values for people: short, on one line, and never the {@code toString} of a class that we do not know. */
final class Render {

    static final String HIDDEN = "hidden";

    private static final int LONGEST = 80;
    private static final int MOST = 10;

    private Render() {}

    static String value(@Nullable Object value) {
        if (value instanceof Decimal decimal) {
            return Words.number(decimal.exact());
        }
        if (value instanceof Number number) {
            Decimal decimal = Decimal.of(number);
            return decimal == null ? Words.clean(String.valueOf(number), LONGEST) : Words.number(decimal.exact());
        }
        if (value instanceof Boolean || value instanceof TemporalAccessor || value instanceof TemporalAmount) {
            return value.toString();
        }
        if (value instanceof Constants constants) {
            return value(constants.values());
        }
        if (value instanceof Network.Networks networks) {
            List<String> all = networks.list().stream().map(Network::toString).toList();
            return all.size() == 1 ? text(all.get(0)) : collection(all);
        }
        if (value instanceof Glob || value instanceof LinearPattern) {
            return text(value.toString());
        }
        if (value instanceof Elements) {
            return value.toString();
        }
        if (value instanceof Collection<?> collection) {
            return collection(collection);
        }
        if (value instanceof Map<?, ?> map) {
            return "a map of " + map.size();
        }
        String text = value == null ? null : Values.text(value);
        if (text != null) {
            return text(text);
        }
        return value == null ? "null" : "a " + value.getClass().getSimpleName();
    }

    private static String text(String text) {
        String clean = Words.clean(text, LONGEST);
        boolean plain = !clean.isEmpty();
        for (int i = 0; i < clean.length() && plain; i++) {
            char c = clean.charAt(i);
            plain = Character.isLetterOrDigit(c) || "._-/@:+*…".indexOf(c) >= 0;
        }
        return plain ? clean : "'" + clean + "'";
    }

    private static String collection(Collection<?> collection) {
        StringJoiner joined = new StringJoiner(", ", "[", "]");
        int shown = 0;
        for (Object each : collection) {
            if (shown++ == MOST) {
                joined.add("… " + collection.size() + " in all");
                break;
            }
            joined.add(each instanceof Collection ? "[…]" : value(each));
        }
        return joined.toString();
    }
}
