package io.jitapproval.core.feedback.history;

import java.util.List;

/**
 * What came of going through a history.
 *
 * @param lines     how many lines there were, blank ones left out
 * @param decisions how many decisions were handed over
 * @param notes     what was seen on the way, in the order of the codes
 */
public record Reading(long lines, long decisions, List<Note> notes) {

    /**
     * Copies the list.
     *
     * @param lines     as above
     * @param decisions as above
     * @param notes     as above
     */
    public Reading {
        notes = List.copyOf(notes);
    }

    /**
     * Something that is no fault, but that whoever uses the history should know.
     *
     * @param code     its stable code, such as {@code JIT-H021}
     * @param text     what it is, in a sentence
     * @param count    how many times it was seen
     * @param examples where it was seen first, as {@code file:line}; at most three
     */
    public record Note(String code, String text, long count, List<String> examples) {

        /**
         * Copies the list.
         *
         * @param code     as above
         * @param text     as above
         * @param count    as above
         * @param examples as above
         */
        public Note {
            examples = List.copyOf(examples);
        }
    }
}
