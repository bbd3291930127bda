package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule that counts, chained to the others of its effect. The chain of one is made once, with its decision. */
final class Hit {

    private final Rule rule;
    private final Match match;
    private final RuleTrace trace;
    private final @Nullable Decision alone;
    private final @Nullable Hit next;

    private Hit(Rule rule, Match match, RuleTrace trace, @Nullable Decision alone, @Nullable Hit next) {
        this.rule = rule;
        this.match = match;
        this.trace = trace;
        this.alone = alone;
        this.next = next;
    }

    /** The chain of one. */
    static Hit alone(Rule rule, Match match, String policy) {
        RuleSpec spec = rule.spec();
        RuleTrace trace = new RuleTrace(spec.id(), spec.effect(), match, spec.because(), List.of());
        return new Hit(rule, match, trace, decision(spec, match, trace, policy), null);
    }

    /** This rule before those, of which there may be none. */
    Hit before(@Nullable Hit others) {
        return others == null ? this : new Hit(rule, match, trace, null, others);
    }

    /** The decision if this rule is the only one that counts; null if there are others or it cannot decide alone. */
    @Nullable
    Decision decision() {
        return alone;
    }

    static boolean anyMatched(@Nullable Hit first) {
        for (Hit hit = first; hit != null; hit = hit.next) {
            if (hit.match == Match.MATCHED) {
                return true;
            }
        }
        return false;
    }

    /** These, of which those that are withheld only narrow. */
    static @Nullable Hit without(@Nullable Hit first, Withheld withheld) {
        Hit left = null;
        for (Hit hit = first; hit != null; hit = hit.next) {
            boolean out = withheld.why(hit.rule.spec().id()) != null;
            left = hit.rule.hit(out ? Match.UNKNOWN : hit.match).before(left);
        }
        return left;
    }

    static boolean anyClosedToMachines(@Nullable Hit first) {
        for (Hit hit = first; hit != null; hit = hit.next) {
            if (hit.rule.requirement().closedToMachines()) {
                return true;
            }
        }
        return false;
    }

    static Requirement merge(Hit first, @Nullable Hit more) {
        Requirement merged = first.rule.requirement();
        for (Hit hit = first.next; hit != null; hit = hit.next) {
            merged = merged.merge(hit.rule.requirement());
        }
        for (Hit hit = more; hit != null; hit = hit.next) {
            merged = merged.merge(hit.rule.requirement());
        }
        return merged;
    }

    /** What became of the rules of both chains, in the order of the document. */
    static List<RuleTrace> traces(Hit first, @Nullable Hit more) {
        return Arrays.stream(sorted(first, more)).map(hit -> hit.trace).toList();
    }

    /** What the rules of both chains want done, in the order of the document, equal ones once. */
    static List<Obligation> obligations(Hit first, @Nullable Hit more) {
        Collection<Obligation> all = new LinkedHashSet<>();
        Hit[] hits = sorted(first, more);
        // The order of rules is no part of the version, so that it must not be part of what is done.
        Arrays.sort(hits, Comparator.comparing(hit -> hit.rule.spec().id()));
        for (Hit hit : hits) {
            all.addAll(hit.rule.spec().obligations());
        }
        return List.copyOf(all);
    }

    private static Hit[] sorted(Hit first, @Nullable Hit more) {
        Hit[] hits = new Hit[length(first) + length(more)];
        int at = 0;
        for (Hit hit = first; hit != null; hit = hit.next) {
            hits[at++] = hit;
        }
        for (Hit hit = more; hit != null; hit = hit.next) {
            hits[at++] = hit;
        }
        Arrays.sort(hits, Comparator.comparingInt(hit -> hit.rule.position()));
        return hits;
    }

    private static int length(@Nullable Hit first) {
        int length = 0;
        for (Hit hit = first; hit != null; hit = hit.next) {
            length++;
        }
        return length;
    }

    private static @Nullable Decision decision(RuleSpec spec, Match match, RuleTrace trace, String policy) {
        List<String> ids = List.of(spec.id());
        List<Obligation> todo = List.copyOf(new LinkedHashSet<>(spec.obligations()));
        Explanation why = new Explanation(List.of(trace));
        boolean matched = match == Match.MATCHED;
        return switch (spec.effect()) {
            case DENY -> new Decision.Deny(Reason.POLICY_DENIED, ids, policy, todo, why);
            case REQUIRE_APPROVAL ->
                new Decision.ApprovalRequired(spec.requirement().orElseThrow(), ids, policy, todo, why);
            case AUTO_APPROVE ->
                matched ? new Decision.Permit(Reason.AUTO_APPROVED, ids, policy, spec.requirement(), todo, why) : null;
            case ALLOW ->
                matched ? new Decision.Permit(Reason.POLICY_ALLOWED, ids, policy, Optional.empty(), todo, why) : null;
        };
    }
}
