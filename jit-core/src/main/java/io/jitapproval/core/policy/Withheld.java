package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code auto-approve} rules answer nobody in one evaluation. Such a rule permits nothing, but it still narrows what others
 * give: that it is withheld can loosen nothing. Explanations say that it does not match.
 */
@FunctionalInterface
public interface Withheld {

    /** Every rule answers. */
    Withheld NOTHING = rule -> null;

    /** None does, and explanations leave them out. */
    Withheld SILENTLY_ALL = rule -> "";

    /**
     * Why a rule answers nobody.
     *
     * @param rule the rule's id
     * @return why, for people; empty if explanations are to leave the rule out; null if it answers
     */
    @Nullable
    String why(String rule);

    /** These hits of auto-approve rules as they count. */
    static @Nullable Hit apply(Withheld withheld, @Nullable Hit first) {
        return withheld == NOTHING ? first : Hit.without(first, withheld);
    }

    /** As above, for hits by effect. */
    static Map<Effect, Hit> apply(Withheld withheld, Map<Effect, Hit> hits) {
        Hit left = apply(withheld, hits.get(Effect.AUTO_APPROVE));
        if (left == null || withheld == NOTHING) {
            return hits;
        }
        Map<Effect, Hit> all = new EnumMap<>(hits);
        all.put(Effect.AUTO_APPROVE, left);
        return all;
    }

    /** The same decision, whose explanation says which rules would have matched if they were not withheld. */
    static Decision explain(Withheld withheld, Decision decision, @Nullable Hit matching) {
        if (withheld == NOTHING || matching == null) {
            return decision;
        }
        List<RuleTrace> told = new ArrayList<>();
        for (RuleTrace trace : Hit.traces(matching, null)) {
            RuleTrace said = trace.match() == Match.MATCHED ? trace(withheld, trace) : trace;
            if (said != null && !said.equals(trace)) {
                told.add(said);
            }
        }
        if (told.isEmpty()) {
            return decision;
        }
        Explanation explained = decision.explanation();
        List<RuleTrace> all = new ArrayList<>(explained.rules());
        all.removeIf(trace -> told.stream().anyMatch(said -> said.rule().equals(trace.rule())));
        all.addAll(told);
        return Shadows.with(decision, new Explanation(all, explained.attributes(), explained.shadow()));
    }

    /** What an explanation says of a rule; null if it says nothing. */
    static @Nullable RuleTrace trace(Withheld withheld, RuleTrace trace) {
        String why = trace.effect() == Effect.AUTO_APPROVE ? withheld.why(trace.rule()) : null;
        if (why == null) {
            return trace;
        }
        List<ComparisonTrace> comparisons = new ArrayList<>();
        comparisons.add(new ComparisonTrace("", why, Match.NOT_MATCHED));
        comparisons.addAll(trace.comparisons());
        return why.isEmpty()
                ? null
                : new RuleTrace(trace.rule(), trace.effect(), Match.NOT_MATCHED, trace.because(), comparisons);
    }
}
