package io.jitapproval.core.feedback.report;

import io.jitapproval.core.explain.Visible;
import java.util.Collection;

/**
 * HTML while it is written. Text has two ways in, and both are escaped: {@link #say} for our own words, {@link #tell} for what comes from
 * a record, which is also made visible and cut. Tags and attributes are ours alone.
 */
final class Html {

    /** Text of a record is cut at so many characters where nothing else is said. */
    static final int LONGEST = 300;

    private final StringBuilder out;
    private int ids;

    Html() {
        this(1 << 16);
    }

    Html(int size) {
        out = new StringBuilder(size);
    }

    /** An id that nothing else on the page has. */
    String newId(String prefix) {
        ids++;
        return prefix + ids;
    }

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    Html close(String... tags) {
        for (String tag : tags) {
            out.append("</").append(tag).append('>');
        }
        return this;
    }

    Html line() {
        out.append('\n');
        return this;
    }

    /** Our own words. */
    Html say(String words) {
        escape(words);
        return this;
    }

    Html tell(String text) {
        return tell(text, LONGEST);
    }

    /** What comes from a record. */
    Html tell(String text, int most) {
        escape(Visible.of(text, most));
        return this;
    }

    /** An element with our own words. */
    Html sayIn(String tag, String words, String... attributes) {
        return open(tag, attributes).say(words).close(tag);
    }

    /** An element with what comes from a record. */
    Html tellIn(String tag, String text, String... attributes) {
        return open(tag, attributes).tell(text).close(tag);
    }

    /** A term and what is said of it. */
    Html fact(String term, String words) {
        return open("div").sayIn("dt", term).sayIn("dd", words).close("div").line();
    }

    /** A list of what comes from a record, each cut at so many characters. */
    Html list(Collection<String> texts, int most) {
        open("ul");
        texts.forEach(text -> open("li").tell(text, most).close("li").line());
        return close("ul").line();
    }

    /** Names of decisions or rules. */
    Html codes(Collection<String> names) {
        open("ul", "class", "codes");
        names.forEach(name -> open("li").tellIn("code", name).close("li").line());
        return close("ul").line();
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    /** The style sheet, which is ours and the only text that is not escaped. */
    Html style(Style style) {
        out.append("<style>").append(style.text()).append("</style>");
        return this;
    }

    Html doctype() {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
