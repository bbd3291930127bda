package io.jitapproval.cli;

import io.jitapproval.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value of a YAML document with its place and, in its entries, the comments around it. Built up, then laid out. */
final class Piece {

    /** One field of a map or one item of a list. */
    static final class Entry {
        /** The name of the field; null in a list. */
        final @Nullable String name;

        final int line;
        final Piece value;
        /** Comments on lines of their own before it, and empty texts for blank lines. */
        final List<String> before = new ArrayList<>();
        /** A comment behind it; empty if there is none. */
        String behind = "";

        Entry(@Nullable String name, int line, Piece value) {
            this.name = name;
            this.line = line;
            this.value = value;
        }
    }

    final Node node;
    /** A scalar as it stands in the source. */
    final String raw;

    final int line;
    /** Of a block collection, the column of all its entries. */
    final int column;
    /** Of a flow collection, the place of its closing bracket. */
    int endLine;

    int endColumn;
    /** Whether it stands between brackets, and may again. */
    boolean isFlow;

    final List<Entry> entries = new ArrayList<>();
    /** Comments behind the last entry, and empty texts for blank lines. */
    final List<String> end = new ArrayList<>();

    Piece(Node node, String raw, int line, int column, boolean isFlow) {
        this.node = node;
        this.raw = raw;
        this.line = line;
        this.column = column;
        this.endLine = line;
        this.isFlow = isFlow;
    }

    boolean isCollection() {
        return node instanceof Node.Obj || node instanceof Node.Arr;
    }
}
