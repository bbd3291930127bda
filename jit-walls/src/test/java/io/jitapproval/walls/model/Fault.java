package io.jitapproval.walls.model;

/**
 * What fails during a deed.
 *
 * @param kind which part
 * @param call at the how manyth call of it, from 1; of no account for those that last for the whole deed
 */
record Fault(Kind kind, int call) {

    static final Fault NONE = new Fault(Kind.NONE, 1);

    enum Kind {
        NONE,
        /** The store throws and has done nothing. */
        STORE_BEFORE,
        /** The store throws and has done all of it. */
        STORE_AFTER,
        /** The sink throws and has written nothing. */
        SINK,
        /** The directory throws. */
        PEOPLE,
        /** The directory knows nobody during the whole deed. */
        SILENT_PEOPLE,
        /** The channel throws whatever it is told during the deed. */
        CHANNEL
    }

    /** Where it struck, which says what it may have done. */
    enum Hit {
        /** It did not. */
        NOT,
        /** Before the action ran, if there is one. */
        EARLY,
        /** After the action ran, or while a refusal was written down: nobody's answer depends on that. */
        LATE
    }

    boolean lasts() {
        return kind == Kind.SILENT_PEOPLE || kind == Kind.CHANNEL;
    }

    @Override
    public String toString() {
        return kind + (lasts() ? "" : " #" + call);
    }
}
