package io.jitapproval.core.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What a request may hold under one attribute.
 *
 * @param state whether there is a value
 * @param value the value; null if there is none
 */
record Sample(State state, @Nullable Object value) {

    static final Sample MISSING = new Sample(State.MISSING, null);
    static final Sample FAILED = new Sample(State.FAILED, null);

    enum State {
        VALUE,
        MISSING,
        /** There may be one, but looking it up failed. */
        FAILED
    }

    static Sample of(Object value) {
        return new Sample(State.VALUE, value);
    }
}
