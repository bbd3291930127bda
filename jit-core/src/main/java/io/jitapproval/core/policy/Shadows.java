package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Explanation.Shadow;
import io.jitapproval.core.policy.RuleSpec.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells beside a decision what shadow rules would make of it. */
final class Shadows {

    private Shadows() {}

    /**
     * What becomes of a rule where shadow rules are looked at: what fails in earnest there must not reach the decision, and is
     * unknown.
     *
     * @param trace  where to tell what was compared, or null
     * @param failed where to tell that it failed
     */
    static Match test(
            Rule rule,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup,
            @Nullable Trace trace,
            Trace failed) {
        try {
            return rule.test(request, now, lookup, trace);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error | RuntimeException e) {
            failed.add("", "could not be evaluated: " + e.getClass().getSimpleName(), Match.UNKNOWN);
            return Match.UNKNOWN;
        }
    }

    /**
     * The same decision where evaluating rules together failed: says which of the shadow rules could not be evaluated, and what
     * would be.
     *
     * @param rules   all rules for the action, those that count too
     * @param combine decides by hits
     */
    static Decision oneByOne(
            Decision decision,
            List<Rule> rules,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup,
            Function<Map<Effect, Hit>, Decision> combine) {
        Map<Effect, Hit> all = new EnumMap<>(Effect.class);
        List<RuleTrace> traces = new ArrayList<>();
        for (Rule rule : rules) {
            Trace failed = new Trace(Set.of());
            Match match = test(rule, request, now, lookup, null, failed);
            RuleSpec spec = rule.spec();
            boolean counts = Rule.counts(spec.effect(), match);
            if (counts) {
                all.put(spec.effect(), rule.hit(match).before(all.get(spec.effect())));
            }
            if (spec.mode() == Mode.SHADOW && (counts || !failed.comparisons().isEmpty())) {
                traces.add(new RuleTrace(spec.id(), spec.effect(), match, spec.because(), failed.comparisons()));
            }
        }
        return traces.isEmpty() ? decision : explain(decision, combine.apply(all), traces);
    }

    /**
     * The same decision, which says besides what would be.
     *
     * @param decision what is decided
     * @param would    what would be decided if shadow rules counted
     * @param shadows  what became of the shadow rules
     */
    static Decision explain(Decision decision, Decision would, List<RuleTrace> shadows) {
        Explanation explained = decision.explanation();
        return with(
                decision,
                new Explanation(
                        explained.rules(),
                        explained.attributes(),
                        Optional.of(new Shadow(would.kind(), would.reason(), would.rules(), shadows))));
    }

    /** The same decision with another explanation. */
    static Decision with(Decision decision, Explanation why) {
        if (decision instanceof Decision.Permit permit) {
            return new Decision.Permit(
                    permit.reason(), permit.rules(), permit.policy(), permit.automatic(), permit.obligations(), why);
        }
        if (decision instanceof Decision.ApprovalRequired asks) {
            return new Decision.ApprovalRequired(
                    asks.requirement(), asks.rules(), asks.policy(), asks.obligations(), why);
        }
        return new Decision.Deny(decision.reason(), decision.rules(), decision.policy(), decision.obligations(), why);
    }
}
