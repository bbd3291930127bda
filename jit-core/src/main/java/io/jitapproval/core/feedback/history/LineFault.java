package io.jitapproval.core.feedback.history;

import java.io.Serial;

/** What is wrong with one line. Has no stack trace: it is told to people, with the line's place. */
final class LineFault extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HistoryCode code;
    /** In bytes, counted from 1. */
    private final int column;

    LineFault(HistoryCode code, int column, String what) {
        super(what, null, false, false);
        this.code = code;
        this.column = column;
    }

    HistoryCode code() {
        return code;
    }

    int column() {
        return column;
    }
}
