package io.jitapproval.core.feedback.report;

import io.jitapproval.core.explain.Visible;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * HTML while it is written. Text has two ways in, and both are escaped: {@link #say} for our own words, {@link #tell} for what comes from
 * a record, which is also made visible and cut. Tags and attributes are ours alone.
 */
final class Html {

    /** Text of a record is cut at so many characters where nothing else is said. */
    static final int LONGEST = 300;

    private static final Pattern NUMBER = Pattern.compile("(?<=\\d) (?=%|\\d{3}(?!\\d))");

    private final StringBuilder out = new StringBuilder(1 << 16);
    private int ids;
    private boolean isCode;

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
            out.append(escaped(attributes[i + 1]).replace("\"", "&quot;"));
            out.append('"');
        }
        out.append('>');
        isCode |= tag.equals("code");
        return this;
    }

    Html close(String... tags) {
        for (String tag : tags) {
            isCode &= !tag.equals("code");
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
        out.append(isCode ? escaped(words) : together(escaped(words)));
        return this;
    }

    Html tell(String text) {
        return tell(text, LONGEST);
    }

    /** What comes from a record. */
    Html tell(String text, int most) {
        return say(Visible.of(text, most));
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

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Keeps a number on one line with its thousands and its sign. */
    private static String together(String text) {
        return NUMBER.matcher(text).replaceAll("\u00A0");
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
