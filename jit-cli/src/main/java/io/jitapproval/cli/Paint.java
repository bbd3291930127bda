package io.jitapproval.cli;

import io.jitapproval.Decision;

/** Colours for a terminal, or none. */
enum Paint {
    PLAIN,
    COLOURED;

    private static final String RESET = "\u001B[0m";
    private static final String BOLD = "\u001B[1m";
    private static final String GREEN = "\u001B[1;32m";
    private static final String YELLOW = "\u001B[1;33m";
    private static final String RED = "\u001B[1;31m";

    String of(Decision.Kind kind, String text) {
        return colour(
                text,
                switch (kind) {
                    case PERMIT -> GREEN;
                    case APPROVAL_REQUIRED -> YELLOW;
                    case DENY -> RED;
                });
    }

    String of(Finding.Severity severity, String text) {
        return colour(
                text,
                switch (severity) {
                    case ERROR -> RED;
                    case WARNING -> YELLOW;
                    case NOTE -> GREEN;
                });
    }

    String strong(String text) {
        return colour(text, BOLD);
    }

    private String colour(String text, String colour) {
        return this == PLAIN ? text : colour + text + RESET;
    }
}
