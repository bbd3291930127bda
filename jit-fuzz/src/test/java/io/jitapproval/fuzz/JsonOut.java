package io.jitapproval.fuzz;

import java.util.Collection;
import java.util.Map;

/** Writes JSON that may be wrong on purpose: half characters go out as they are, and {@link Raw} text as well. */
final class JsonOut {

    /** Stands in the document without quotes. */
    record Raw(String text) {}

    private final StringBuilder out = new StringBuilder();

    private JsonOut() {}

    static String of(Object value) {
        JsonOut json = new JsonOut();
        json.write(value);
        return json.out.toString();
    }

    private void write(Object value) {
        if (value instanceof Map<?, ?> map) {
            String next = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(next);
                text(String.valueOf(entry.getKey()));
                out.append(':');
                write(entry.getValue());
                next = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Collection<?> list) {
            String next = "[";
            for (Object each : list) {
                out.append(next);
                write(each);
                next = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Raw raw) {
            out.append(raw.text());
        } else if (value instanceof String text) {
            text(text);
        } else {
            out.append(value);
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
