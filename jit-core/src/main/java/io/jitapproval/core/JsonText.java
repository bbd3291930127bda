package io.jitapproval.core;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.io.JsonStringEncoder;

/** Data of a document as JSON: on one line where it fits, else an entry a line. */
final class JsonText {

    private static final int WIDTH = 100;
    private static final String STEP = "  ";
    private static final int PLAIN_SCALE = 40;

    private JsonText() {}

    /**
     * The value as it stands at a place.
     *
     * @param column how much stands before it on its line
     * @param indent the white space before its line
     * @param open   how many levels get an entry a line in any case
     * @param behind what follows it on its last line
     */
    static String at(Object value, int column, String indent, int open, String behind) {
        String line = line(value);
        if (line.length() <= 2 || (open == 0 && column + line.length() + behind.length() <= WIDTH)) {
            return line;
        }
        String inner = indent + STEP;
        StringBuilder out = new StringBuilder();
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
                Map.Entry<?, ?> entry = entries.next();
                String key = quote((String) entry.getKey()) + ": ";
                String comma = entries.hasNext() ? "," : "";
                out.append('\n').append(inner).append(key);
                out.append(at(entry.getValue(), inner.length() + key.length(), inner, Math.max(0, open - 1), comma));
                out.append(comma);
            }
            return out.append('\n').append(indent).append('}').toString();
        }
        if (value instanceof List<?> list) {
            out.append('[');
            for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
                Object item = items.next();
                String comma = items.hasNext() ? "," : "";
                out.append('\n').append(inner);
                out.append(at(item, inner.length(), inner, Math.max(0, open - 1), comma));
                out.append(comma);
            }
            return out.append('\n').append(indent).append(']').toString();
        }
        return line;
    }

    /** The value on one line. */
    static String line(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner line = new StringJoiner(", ", "{", "}");
            map.forEach((key, each) -> line.add(quote((String) key) + ": " + line(each)));
            return line.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner line = new StringJoiner(", ", "[", "]");
            list.forEach(each -> line.add(line(each)));
            return line.toString();
        }
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) <= PLAIN_SCALE ? number.toPlainString() : number.toString();
        }
        return value instanceof String text ? quote(text) : value.toString();
    }

    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
