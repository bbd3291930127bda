package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A policy document, compiled (design §3). Immutable; any number of threads may ask it.
 *
 * <p>Rules have no order: {@code deny} and {@code require-approval} count when they match or are unknown, {@code
 * auto-approve} and {@code allow} only when they match. An unknown {@code auto-approve} permits nothing, but narrows what
 * others give: else a missing attribute could widen a grant.
 */
public final class Policy {

    private final String version;
    private final ActionIndex index;
    private final int size;
    private final Set<String> actions;
    /** The answer where no rule counts. */
    private final Decision otherwise;

    private final Optional<Requirement> otherwiseAsks;

    Policy(String version, List<RuleSpec> specs, Optional<Requirement> otherwiseAsks) {
        this.version = version;
        this.otherwiseAsks = otherwiseAsks;
        List<Rule> rules = new ArrayList<>(specs.size());
        Set<String> names = new TreeSet<>();
        for (RuleSpec spec : specs) {
            Rule rule = new Rule(rules.size(), spec, version);
            rules.add(rule);
            names.addAll(spec.actions());
        }
        this.size = rules.size();
        this.index = new ActionIndex(rules);
        this.actions = Collections.unmodifiableSet(names);
        this.otherwise = otherwise(Explanation.NONE);
    }

    /**
     * Reads a document.
     *
     * @param document the document
     * @return the policy
     * @throws io.jitapproval.JitConfigurationException with every fault of the document, each with its code and place
     */
    public static Policy parse(PolicyText document) {
        return parse(List.of(document));
    }

    /**
     * Reads documents whose rules count together.
     *
     * @param documents the documents; at least one
     * @return the policy
     * @throws io.jitapproval.JitConfigurationException with every fault of every document, each with its code and place
     */
    public static Policy parse(List<PolicyText> documents) {
        return PolicyReader.read(documents);
    }

    /** {@return SHA-256, in hex, of what the document says: not of its white space, its order of keys and rules or its schema} */
    public String version() {
        return version;
    }

    /** {@return the actions that rules name: exact names, and beginnings that end in a star} */
    public Set<String> actions() {
        return actions;
    }

    /** {@return how many rules it has} */
    public int size() {
        return size;
    }

    /**
     * Decides.
     *
     * @param request the question
     * @param now     the time
     * @param lookup  fetches what the request lacks; made for this evaluation
     * @return the answer; its explanation lists the rules that decided
     */
    public Decision evaluate(EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Candidates candidates = index.find(request.action().name());
        if (candidates == null) {
            return otherwise;
        }
        Hit denied = hits(candidates, Effect.DENY, request, now, lookup);
        if (denied != null) {
            return combine(denied, null, null, null, null);
        }
        Hit asked = hits(candidates, Effect.REQUIRE_APPROVAL, request, now, lookup);
        if (asked == null) {
            Hit allowed = hits(candidates, Effect.ALLOW, request, now, lookup);
            if (Hit.anyMatched(allowed)) {
                return combine(null, null, null, allowed, null);
            }
        }
        Hit auto = hits(candidates, Effect.AUTO_APPROVE, request, now, lookup);
        return combine(null, asked, auto, null, null);
    }

    /**
     * Decides and explains: the same answer as {@link #evaluate}, whose explanation lists every rule for the action with
     * the comparisons that it looked at.
     *
     * @param request the question
     * @param now     the time
     * @param lookup  fetches what the request lacks; made for this evaluation
     * @param hidden  the names of the action's properties whose values the explanation must not show
     * @return the answer
     */
    public Decision explained(EvaluationRequest request, Instant now, AttributeLookup lookup, Set<String> hidden) {
        List<Rule> rules = new ArrayList<>();
        for (Candidates some = index.find(request.action().name()); some != null; some = some.wider()) {
            for (Effect effect : Effect.values()) {
                Collections.addAll(rules, some.rules(effect));
            }
        }
        rules.sort(Comparator.comparingInt(Rule::position));
        Map<Effect, Hit> hits = new EnumMap<>(Effect.class);
        List<RuleTrace> traces = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            Trace trace = new Trace(hidden);
            Match match = rule.test(request, now, lookup, trace);
            RuleSpec spec = rule.spec();
            traces.add(new RuleTrace(spec.id(), spec.effect(), match, spec.because(), trace.comparisons()));
            if (counts(spec.effect(), match)) {
                hits.put(spec.effect(), rule.hit(match).before(hits.get(spec.effect())));
            }
        }
        return combine(
                hits.get(Effect.DENY),
                hits.get(Effect.REQUIRE_APPROVAL),
                hits.get(Effect.AUTO_APPROVE),
                hits.get(Effect.ALLOW),
                new Explanation(traces));
    }

    private static boolean counts(Effect effect, Match match) {
        return match == Match.MATCHED || (match == Match.UNKNOWN && effect != Effect.ALLOW);
    }

    private static @Nullable Hit hits(
            Candidates candidates, Effect effect, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Hit hits = null;
        for (Candidates some = candidates; some != null; some = some.wider()) {
            for (Rule rule : some.rules(effect)) {
                Match match = rule.test(request, now, lookup, null);
                if (counts(effect, match)) {
                    hits = rule.hit(match).before(hits);
                }
            }
        }
        return hits;
    }

    /** The one place that combines. Without an explanation, that of the deciding rules is given. */
    private Decision combine(
            @Nullable Hit denied,
            @Nullable Hit asked,
            @Nullable Hit auto,
            @Nullable Hit allowed,
            @Nullable Explanation full) {
        boolean machine = Hit.anyMatched(auto);
        if (denied != null) {
            return decide(denied, null, Reason.POLICY_DENIED, full);
        }
        if (asked != null) {
            boolean answered = machine && !Hit.merge(asked, null).closedToMachines();
            return decide(
                    asked, answered ? auto : null, answered ? Reason.AUTO_APPROVED : Reason.APPROVAL_REQUIRED, full);
        }
        if (allowed != null) {
            return decide(allowed, null, Reason.POLICY_ALLOWED, full);
        }
        if (auto != null && machine) {
            return decide(auto, null, Reason.AUTO_APPROVED, full);
        }
        return full == null ? otherwise : otherwise(full);
    }

    private Decision decide(Hit first, @Nullable Hit more, Reason reason, @Nullable Explanation full) {
        Decision ready = first.decision();
        if (ready != null && more == null && full == null) {
            return ready;
        }
        List<RuleTrace> deciding = Hit.traces(first, more);
        List<String> ids = deciding.stream().map(RuleTrace::rule).toList();
        Explanation why = full == null ? new Explanation(deciding) : full;
        return switch (reason) {
            case POLICY_DENIED -> new Decision.Deny(reason, ids, version, why);
            case APPROVAL_REQUIRED -> new Decision.ApprovalRequired(Hit.merge(first, null), ids, version, why);
            case POLICY_ALLOWED -> new Decision.Permit(reason, ids, version, Optional.empty(), why);
            default -> new Decision.Permit(reason, ids, version, Optional.of(Hit.merge(first, more)), why);
        };
    }

    private Decision otherwise(Explanation why) {
        return otherwiseAsks.isPresent()
                ? new Decision.ApprovalRequired(otherwiseAsks.get(), List.of(), version, why)
                : new Decision.Deny(Reason.NO_RULE_MATCHED, List.of(), version, why);
    }

    /** {@return the version, for logs} */
    @Override
    public String toString() {
        return "policy " + version;
    }
}
