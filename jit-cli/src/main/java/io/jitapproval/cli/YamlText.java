package io.jitapproval.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text as YAML writes it: without quotes where no reader could take it for something else, else in double quotes. */
final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/$][\\p{L}\\p{Nd}_/$.+@%&=;!?'()<>^~, -]*(?<! )");
    private static final Set<Character> FLOW = Set.of(',', '?');
    /** Words of YAML 1.1 and 1.2 that are no text. */
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    /** As names of fields only those matter that every YAML takes for something else. */
    private static final Set<String> NAMES = Set.of("true", "false", "null");

    private static final Pattern FOLDABLE = Pattern.compile("[^\\s\\p{Cntrl}]+( [^\\s\\p{Cntrl}]+)+");

    private YamlText() {}

    static String value(String text, boolean inFlow) {
        return isPlain(text, inFlow, WORDS) ? text : quoted(text);
    }

    static String name(String text, boolean inFlow) {
        return isPlain(text, inFlow, NAMES) ? text : quoted(text);
    }

    private static boolean isPlain(String text, boolean inFlow, Set<String> words) {
        return PLAIN.matcher(text).matches()
                && !words.contains(text.toLowerCase(Locale.ROOT))
                && !(inFlow && text.chars().anyMatch(c -> FLOW.contains((char) c)));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> escaped(out, point);
            }
        });
        return out.append('"').toString();
    }

    private static void escaped(StringBuilder out, int point) {
        int type = Character.getType(point);
        boolean isShown = type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE;
        if (isShown) {
            out.appendCodePoint(point);
        } else {
            out.append(String.format(Locale.ROOT, point > 0xFFFF ? "\\U%08X" : "\\u%04X", point));
        }
    }

    /** Whether the text can stand on several lines and be read as the same. */
    static boolean isFoldable(String text) {
        return FOLDABLE.matcher(text).matches();
    }

    /** The text on lines of at most this width, where its words allow. */
    static List<String> folded(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
