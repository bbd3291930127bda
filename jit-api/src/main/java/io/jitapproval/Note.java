package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * What somebody said about a request without deciding anything.
 *
 * @param kind what it is
 * @param by   the identity of who said it
 * @param text what was said; not blank, at most {@value #LONGEST} characters
 * @param at   when
 */
public record Note(Kind kind, Ref by, String text, Instant at) {

    /** No note has more characters than this. */
    public static final int LONGEST = 4000;

    /** How many notes a requester may add to a request, and how many all others together. */
    public static final int MOST = 50;

    /** The kinds of notes. */
    public enum Kind {
        /** Anybody who may see the request remarks something. */
        COMMENT,
        /** Somebody who may decide wants to know something of the requester. The request's clock runs on. */
        QUESTION,
        /** The requester says more, asked or not. Votes stay; those who vote from then on must have seen it. */
        INFORMATION,
        /** The requester asks for something else instead. The votes so far are gone. */
        CHANGE;

        /** {@return the kind as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the text.
     *
     * @param kind as above
     * @param by   as above
     * @param text as above
     * @param at   as above
     * @throws IllegalArgumentException if the text is blank or too long
     */
    public Note {
        requireNonNull(kind, "kind");
        requireNonNull(by, "by");
        if (Text.requireNotBlank(text, "note").length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a note has at most " + LONGEST + " characters, but this one has " + text.length());
        }
        requireNonNull(at, "at");
    }
}
