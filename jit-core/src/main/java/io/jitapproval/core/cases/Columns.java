package io.jitapproval.core.cases;

import java.util.ArrayList;
import java.util.List;

/** Lines whose parts stand below each other. */
final class Columns {

    private final int[] widths;
    private final List<String[]> rows = new ArrayList<>();

    Columns(int many) {
        this.widths = new int[many];
    }

    void add(String... row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row[i].length());
        }
        rows.add(row);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
