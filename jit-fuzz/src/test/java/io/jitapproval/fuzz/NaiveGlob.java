package io.jitapproval.fuzz;

/** Globs by a table of all prefixes of the pattern and of the text: slow and plain. */
final class NaiveGlob {

    private NaiveGlob() {}

    /** Of a pattern that can be read. */
    static boolean fits(String pattern, String text) {
        int[] wanted = pattern.codePoints().toArray();
        int[] given = text.codePoints().toArray();
        boolean[] row = new boolean[given.length + 1];
        row[0] = true;
        for (int i = 0; i < wanted.length; i++) {
            boolean[] next = new boolean[given.length + 1];
            boolean isRun = wanted[i] == '*';
            boolean isOne = wanted[i] == '?';
            if (wanted[i] == '\\') {
                i++;
            }
            for (int j = 0; j <= given.length; j++) {
                next[j] = isRun
                        ? row[j] || (j > 0 && next[j - 1])
                        : j > 0 && row[j - 1] && (isOne || given[j - 1] == wanted[i]);
            }
            row = next;
        }
        return row[given.length];
    }
}
