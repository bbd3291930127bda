package io.jitapproval.core.policy;

import java.util.List;

/** The words of conditions, as the engine has them: an operator that is added is fuzzed. */
public final class Vocabulary {

    private Vocabulary() {}

    /** What stands behind any attribute. */
    public static List<String> operators() {
        return Operators.anywhere().keySet().stream().sorted().toList();
    }

    /** What stands behind {@code time} alone. */
    public static List<String> windows() {
        return WindowReader.WORDS;
    }
}
