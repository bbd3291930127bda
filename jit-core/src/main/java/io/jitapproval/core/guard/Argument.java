package io.jitapproval.core.guard;

import org.jspecify.annotations.Nullable;

/**
 * One argument of a frozen call.
 *
 * @param name   its name
 * @param live   the very object that the action will use
 * @param frozen the copy that nobody else can change; the same object where that is immutable
 * @param plain  the copy as policy compares it and people read it
 * @param bound  whether it is part of what is approved
 * @param hidden whether it is sensitive
 * @param lowerable whether an approval may lower it
 */
record Argument(
        String name,
        @Nullable Object live,
        @Nullable Object frozen,
        @Nullable Object plain,
        boolean bound,
        boolean hidden,
        boolean lowerable) {

    @Override
    public String toString() {
        return name;
    }
}
