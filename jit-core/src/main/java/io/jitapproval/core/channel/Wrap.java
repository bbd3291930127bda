package io.jitapproval.core.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks lines for a terminal of 80 columns. Nothing is left out, and what follows a break is indented so far that no label stands there. */
final class Wrap {

    static final int COLUMNS = 80;

    private static final int LEAST_INDENT = 4;
    private static final int MOST_INDENT = 30;
    private static final Pattern LABEL = Pattern.compile("  \\S+(?: \\S+)*  +| {3,}");

    private Wrap() {}

    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\\R", -1)) {
            if (columns(line) <= COLUMNS) {
                lines.add(line);
            } else {
                broken(line, lines);
            }
        }
        return lines;
    }

    private static void broken(String line, List<String> lines) {
        Matcher label = LABEL.matcher(line);
        int column = label.lookingAt() ? label.end() : LEAST_INDENT;
        String indent = " ".repeat(Math.min(column, MOST_INDENT));
        int[] points = line.codePoints().toArray();
        int from = 0;
        while (from < points.length) {
            String before = lines.isEmpty() || from == 0 ? "" : indent;
            int room = COLUMNS - before.length();
            int to = end(points, from, room, from == 0 ? column : 0);
            int shown = isOneBlank(points, from, to) ? to - 1 : to;
            lines.add(before + new String(points, from, shown - from));
            from = to;
        }
    }

    /** Whether a line ends in a blank between two words, which the break stands for; of more blanks none is left out. */
    private static boolean isOneBlank(int[] points, int from, int to) {
        return to < points.length && to - from > 1 && points[to - 1] == ' ' && points[to - 2] != ' ';
    }

    /** Where the line that begins at an index ends: behind the last blank that fits, or else where the room ends. */
    private static int end(int[] points, int from, int room, int least) {
        int to = from;
        int used = 0;
        while (to < points.length && used + width(points[to]) <= room) {
            used += width(points[to++]);
        }
        if (to == points.length) {
            return to;
        }
        int blank = to;
        while (blank > from + least && points[blank - 1] != ' ') {
            blank--;
        }
        return blank > from + least ? blank : Math.max(to, from + 1);
    }

    static int columns(String line) {
        return line.codePoints().map(Wrap::width).sum();
    }

    /** Ideographs and most pictures take two columns. */
    private static int width(int point) {
        boolean wide = Character.isIdeographic(point)
                || (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x3041 && point <= 0x33FF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xFF01 && point <= 0xFF60)
                || (point >= 0x1F300 && point <= 0x1FAFF);
        return wide ? 2 : 1;
    }
}
