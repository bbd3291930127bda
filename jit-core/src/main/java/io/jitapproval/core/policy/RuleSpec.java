package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.Requirement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule as its document says it, checked.
 *
 * @param id          its id
 * @param actions     exact names, and beginnings that end in {@code *}
 * @param resources   empty means any
 * @param when        null means always
 * @param effect      its effect
 * @param because     empty if it has none
 * @param requirement for {@code require-approval} what it asks, for {@code auto-approve} what it gives
 */
record RuleSpec(
        String id,
        List<String> actions,
        List<ResourcePattern> resources,
        @Nullable Condition when,
        Effect effect,
        String because,
        Optional<Requirement> requirement) {}
