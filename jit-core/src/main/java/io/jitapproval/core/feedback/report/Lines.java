package io.jitapproval.core.feedback.report;

/** Text of several lines, of which each is made visible by itself, so that the layout stays. */
final class Lines {

    private static final int LONGEST_LINE = 400;

    private Lines() {}

    /** Writes so many characters of it; what was cut is said. */
    static void write(Html html, String text, int most) {
        int left = most;
        int from = 0;
        while (from < text.length()) {
            if (left <= 0) {
                html.say("… cut: " + Told.count(text.length()) + " characters in all\n");
                return;
            }
            int to = text.indexOf('\n', from);
            to = to < 0 ? text.length() : to;
            int begin = from;
            while (begin < to && text.charAt(begin) == ' ') {
                begin++;
            }
            html.say(" ".repeat(Math.min(40, begin - from)));
            if (begin < to) {
                html.tell(text.substring(begin, to), LONGEST_LINE);
            }
            html.say("\n");
            left -= Math.min(LONGEST_LINE, to - from) + 1;
            from = to + 1;
        }
    }
}
