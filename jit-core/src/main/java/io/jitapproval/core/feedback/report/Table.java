package io.jitapproval.core.feedback.report;

import java.util.List;

/** A table in a box of its own, which scrolls where the page is too narrow or the table too long. */
final class Table {

    /** Before the name of a column with numbers. */
    private static final char NUMERIC = '#';

    private final Html html;
    private final String[] columns;

    /** Opens it; {@code #} before a column's name says that it holds numbers. */
    Table(Html html, String caption, String... columns) {
        this.html = html;
        this.columns = columns;
        String id = html.newId("t");
        html.open("div", "class", "scroll", "role", "group", "tabindex", "0", "aria-labelledby", id)
                .open("table")
                .sayIn("caption", caption, "id", id)
                .open("thead")
                .open("tr");
        for (String column : columns) {
            boolean isNumeric = isNumeric(column);
            (isNumeric ? html.open("th", "scope", "col", "class", "n") : html.open("th", "scope", "col"))
                    .say(isNumeric ? column.substring(1) : column)
                    .close("th");
        }
        html.close("tr", "thead").open("tbody").line();
    }

    private static boolean isNumeric(String column) {
        return column.charAt(0) == NUMERIC;
    }

    Table row(String... cells) {
        return row("", List.of(cells));
    }

    /** One with a class of its own; the first cell names it. */
    Table row(String kind, List<String> cells) {
        if (kind.isEmpty()) {
            html.open("tr");
        } else {
            html.open("tr", "class", kind);
        }
        for (int i = 0; i < columns.length; i++) {
            boolean isNumeric = isNumeric(columns[i]);
            if (i == 0) {
                html.open(
                        "th", isNumeric ? new String[] {"scope", "row", "class", "n"} : new String[] {"scope", "row"});
            } else {
                html.open("td", isNumeric ? new String[] {"class", "n"} : new String[0]);
            }
            html.tell(cells.get(i)).close(i == 0 ? "th" : "td");
        }
        html.close("tr").line();
        return this;
    }

    void close() {
        html.close("tbody", "table", "div").line();
    }
}
