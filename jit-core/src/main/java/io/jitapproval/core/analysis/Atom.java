package io.jitapproval.core.analysis;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.policy.ConditionView.Compare;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looks at and cannot be divided further: a comparison, its resources or its validity.
 *
 * @param key     equal for atoms that say the same
 * @param paths   the attributes that it depends on
 * @param compare the comparison; null for resources and validity
 * @param test    asks the engine
 */
record Atom(String key, List<String> paths, @Nullable Compare compare, Test test) {

    /** Asks the engine. */
    @FunctionalInterface
    interface Test {
        Match test(Example example);
    }
}
