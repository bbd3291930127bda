package io.jitapproval.core.guard;

import io.jitapproval.core.binding.ArgumentFreezer;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a frozen call.
 *
 * @param name     its name
 * @param declared what a copy has to be an instance of
 * @param live   the very object that the action will use
 * @param frozen the copy that nobody else can change; the same object where that is immutable
 * @param plain  the copy as policy compares it and people read it
 * @param bound  whether it is part of what is approved
 * @param hidden whether it is sensitive
 * @param lowerable whether an approval may lower it
 */
record Argument(
        String name,
        Class<?> declared,
        @Nullable Object live,
        @Nullable Object frozen,
        @Nullable Object plain,
        boolean bound,
        boolean hidden,
        boolean lowerable) {

    /** For a further call, whose action gets a copy of its own. */
    Argument anew(ArgumentFreezer freezer) {
        Object copy = freezer.copy(frozen, declared);
        return new Argument(name, declared, copy, copy, plain, bound, hidden, lowerable);
    }

    @Override
    public String toString() {
        return name;
    }
}
