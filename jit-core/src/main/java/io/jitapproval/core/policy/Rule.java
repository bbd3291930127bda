package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.core.document.Words;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rule, compiled. */
final class Rule {

    private final int position;
    private final RuleSpec spec;
    private final ResourcePattern[] resources;
    private final @Nullable Condition when;
    private final RuleSpec.@Nullable Validity validity;
    private final String policy;
    /** Made when first needed, for most rules of a large policy never match. Two threads may both make one: they are equal. */
    private @Nullable Hit matched;

    private @Nullable Hit unknown;

    Rule(int position, RuleSpec spec, String policy) {
        this.position = position;
        this.spec = spec;
        this.resources = spec.resources().toArray(new ResourcePattern[0]);
        this.when = spec.when();
        this.validity = spec.validity();
        this.policy = policy;
    }

    /** Its place among the rules of the document. */
    int position() {
        return position;
    }

    RuleSpec spec() {
        return spec;
    }

    /** The requirement of a rule whose effect has one. */
    Requirement requirement() {
        return spec.requirement().orElseThrow();
    }

    /** The hit that stands for this rule having matched or being unknown. */
    Hit hit(Match match) {
        Hit made = match == Match.MATCHED ? matched : unknown;
        if (made == null) {
            made = Hit.alone(this, match, policy);
            if (match == Match.MATCHED) {
                matched = made;
            } else {
                unknown = made;
            }
        }
        return made;
    }

    /** Whether a rule of this effect counts: unknown never loosens. */
    static boolean counts(Effect effect, Match match) {
        return match == Match.MATCHED || (match == Match.UNKNOWN && effect != Effect.ALLOW);
    }

    /** These hits, and this rule before them if it counts. */
    @Nullable
    Hit before(@Nullable Hit others, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Match match = test(request, now, lookup, null);
        return counts(spec.effect(), match) ? hit(match).before(others) : others;
    }

    Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace) {
        if (validity != null && !validity.contains(now)) {
            if (trace != null) {
                trace.add("time", validity.whyNot(now), Match.NOT_MATCHED);
            }
            return Match.NOT_MATCHED;
        }
        if (resources.length > 0 && !isOn(request.resource(), trace)) {
            return Match.NOT_MATCHED;
        }
        return when == null ? Match.MATCHED : when.test(request, now, lookup, trace);
    }

    private boolean isOn(Resource resource, @Nullable Trace trace) {
        boolean found = false;
        for (int i = 0; i < resources.length && !found; i++) {
            found = resources[i].matches(resource);
        }
        if (trace != null) {
            String patterns =
                    Arrays.stream(resources).map(ResourcePattern::toString).collect(Collectors.joining(", ", "[", "]"));
            String text = "resource " + Render.value(resource.type() + "/" + resource.id())
                    + (found ? " is one of " : " is none of ") + Words.clean(patterns, 200);
            trace.add("resource", text, Values.of(found));
        }
        return found;
    }
}
