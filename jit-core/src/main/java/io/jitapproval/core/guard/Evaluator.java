package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.Recorded;
import io.jitapproval.core.policy.Relation;
import io.jitapproval.core.policy.Withheld;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the policy, with everything that it may want to know. */
final class Evaluator {

    private final PolicyInForce inForce;
    private final Attributes attributes;
    private final InstantSource clock;
    private final Set<String> obligations;
    private final Recorded recorded;
    private final Suspensions suspensions;

    Evaluator(GuardSettings settings, PolicyInForce inForce, Attributes attributes) {
        this.inForce = inForce;
        this.clock = settings.time();
        this.obligations = settings.obligations().keySet();
        this.attributes = attributes;
        this.recorded = settings.recorded();
        this.suspensions = new Suspensions(settings.store());
    }

    /**
     * An answer, with what it took: so that it can be explained later without being decided again. Its time is that at which it
     * was first needed: reading the clock takes a third of the time that a decision without it takes.
     */
    final class Answer implements InstantSource {

        private final Policy policy;
        private final AttributeLookup lookup;
        private final EvaluationRequest request;
        private final Withheld withheld;
        private final Decision decision;
        private @Nullable Instant now;

        private Answer(EvaluationRequest request) {
            this.policy = inForce.policy();
            this.lookup = attributes.lookup(this);
            this.request = request;
            this.withheld = Withheld.NOTHING;
            this.decision = settled(policy.evaluate(request, this, lookup));
        }

        /** The answer to the same question if some rules answer nobody: by the same policy, at the same time, with what was fetched. */
        private Answer(Answer other, Withheld withheld) {
            this.policy = other.policy;
            this.lookup = other.lookup;
            this.request = other.request;
            this.now = other.now;
            this.withheld = withheld;
            this.decision = settled(policy.evaluate(request, this, lookup, withheld));
        }

        Answer without(Withheld rules) {
            return new Answer(this, rules);
        }

        /** The share of what a rule would approve that goes to people, by the same policy. */
        BigDecimal audit(String rule) {
            return policy.audit(rule);
        }

        /** Whether the same policy asks people where no rule counts. */
        boolean asksByDefault() {
            return policy.asksByDefault();
        }

        @Override
        public Instant instant() {
            Instant read = now;
            if (read == null) {
                read = clock.instant();
                now = read;
            }
            return read;
        }

        Decision decision() {
            return decision;
        }

        EvaluationRequest request() {
            return request;
        }

        /** The same answer with its full explanation: by the same policy at the same time, and nothing more is fetched. */
        Decision explained(Set<String> hidden) {
            return settled(policy.explained(request, instant(), lookup.sealed(), hidden, withheld));
        }

        /** What the record keeps of what was known; nothing more is fetched. */
        Map<String, Object> attributes(Set<String> hidden) {
            return recorded.of(policy, request, lookup, hidden);
        }

        /** Who owns a rule of the same policy; empty if the rule does not say. */
        Optional<String> owner(String rule) {
            return policy.owner(rule);
        }

        /** Whom an attribute holds, in the same evaluation. */
        Relation holds(String attribute) {
            return Relation.of(attribute, request, instant(), lookup);
        }
    }

    Answer decide(EvaluationRequest request) {
        Answer answer = new Answer(request);
        Withheld suspended = suspensions.of(answer.decision());
        return suspended == Withheld.NOTHING ? answer : answer.without(suspended);
    }

    /** A decision with its full explanation, for which everything is fetched that any rule looks at. */
    Decision explained(EvaluationRequest request) {
        Instant now = clock.instant();
        return settled(
                inForce.policy().explained(request, now, attributes.lookup(() -> now), Set.of(), suspensions.now()));
    }

    /** What may run only together with something that nobody here can do may not run. */
    private Decision settled(Decision decision) {
        if (decision.obligations().isEmpty() || decision.kind() == Decision.Kind.DENY) {
            return decision;
        }
        List<Obligation> unknown = decision.obligations().stream()
                .filter(obligation -> !obligations.contains(obligation.id()))
                .toList();
        return unknown.isEmpty()
                ? decision
                : new Decision.Deny(
                        Reason.OBLIGATION_UNKNOWN,
                        decision.rules(),
                        decision.policy(),
                        unknown,
                        decision.explanation());
    }
}
