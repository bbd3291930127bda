package io.jitapproval.cli;

/** How a command ended, as the shell sees it. */
enum Exit {
    /** Done, and nothing to complain about. */
    GOOD(0),
    /** Done, with findings or failed cases. */
    FINDINGS(1),
    /** The input, or the way the command was called, could not be used. */
    UNUSABLE(2);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The worse of both. */
    Exit and(Exit other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
