package io.jitapproval.core.feedback.insight;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.PolicyView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the first reading of the history gives all detectors. */
final class Frame {

    private final InsightSettings settings;
    private final @Nullable PolicyView policy;
    private final @Nullable ToDoubleFunction<PastDecision> given;
    private final Map<String, Instant> rules = new HashMap<>();
    private final Map<String, Instant> policies = new HashMap<>();
    private final Map<String, Instant> subjects = new HashMap<>();
    /** By action and type of resource: approved and all. */
    private final Map<String, int[]> rates = new HashMap<>();
    /** What people denied although a rule would have approved. */
    private final Counts auditDenials = new Counts();

    private final Longs waits = new Longs();
    private Instant last = Instant.MIN;
    private Duration medianWait = Duration.ZERO;

    Frame(InsightSettings settings, @Nullable PolicyView policy, @Nullable ToDoubleFunction<PastDecision> given) {
        this.settings = settings;
        this.policy = policy;
        this.given = given;
    }

    void survey(PastDecision decision) {
        Instant opened = decision.opened();
        if (settings.asOf().isPresent() && opened.isAfter(settings.asOf().get())) {
            return;
        }
        last = later(last, opened);
        decision.decided().ifPresent(decided -> last = later(last, decided));
        for (String rule : decision.rules()) {
            rules.merge(rule, opened, Frame::earlier);
        }
        policies.merge(decision.policy(), opened, Frame::earlier);
        subjects.merge(subject(decision), opened, Frame::earlier);
        if (decision.isLabelled()) {
            int[] rate = rates.computeIfAbsent(ease(decision), key -> new int[2]);
            rate[0] += decision.isApproved() ? 1 : 0;
            rate[1]++;
            decision.decided()
                    .ifPresent(decided -> waits.add(
                            Math.max(0, Duration.between(opened, decided).toMillis())));
            if (decision.route() == Route.AUDIT && !decision.isApproved()) {
                auditDenials.add(equal(decision));
            }
        }
    }

    void surveyed() {
        medianWait = Longs.quantile(waits.sorted(), 0.5).orElse(Duration.ZERO);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    InsightSettings settings() {
        return settings;
    }

    @Nullable
    PolicyView policy() {
        return policy;
    }

    boolean isEmpty() {
        return last.equals(Instant.MIN);
    }

    Instant asOf() {
        return settings.asOf().orElse(last);
    }

    Instant from() {
        return asOf().minus(settings.window());
    }

    boolean isInside(PastDecision decision) {
        return !decision.opened().isBefore(from()) && !decision.opened().isAfter(asOf());
    }

    /** Half of all decisions by people took at most this. */
    Duration medianWait() {
        return medianWait;
    }

    /** When the rule is first known to have been there; null if that is not known. */
    @Nullable
    Instant ruleSince(PolicyView.RuleView rule) {
        Instant since = rules.get(rule.id());
        Instant version = policy == null ? null : policies.get(policy.policy().version());
        if (version != null && (since == null || version.isBefore(since))) {
            since = version;
        }
        Instant begins = rule.notBefore();
        return begins != null && (since == null || begins.isBefore(since)) ? begins : since;
    }

    /** Whether the subject was there for the whole window. */
    boolean wasThere(String subject) {
        Instant since = subjects.get(subject);
        return since != null && !since.isAfter(from());
    }

    /** The rule of the policy; empty without a policy or such a rule. */
    Optional<PolicyView.RuleView> rule(String id) {
        return policy == null
                ? Optional.empty()
                : policy.rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** What becomes of a rule with what the record knows; unknown where it fails. */
    static Match test(PolicyView.RuleView rule, PastDecision decision) {
        try {
            return rule.test(decision.request(), decision.opened(), AttributeLookup.NONE);
        } catch (RuntimeException e) {
            return Match.UNKNOWN;
        }
    }

    static String subject(PastDecision decision) {
        return decision.request().subject().type() + "/"
                + decision.request().subject().id();
    }

    static boolean isNamed(Ref person) {
        return !person.id().equals(PastDecision.UNNAMED);
    }

    static boolean isNamed(PastDecision decision) {
        return !decision.request().subject().id().equals(PastDecision.UNNAMED);
    }

    /** The subject's peers, as {@code department sales}; empty if none of the properties is there. */
    String peers(PastDecision decision) {
        Map<String, @Nullable Object> properties = decision.request().subject().properties();
        for (String name : settings.peers()) {
            Object value = properties.get(name);
            if (value instanceof List<?> several) {
                value = several.isEmpty() ? null : several.get(0);
            }
            if (value != null) {
                return name + " " + value;
            }
        }
        return "";
    }

    /** Requests that are equal but for who asks among peers, and for what no rule may have looked at. */
    long equal(PastDecision decision) {
        EvaluationRequest request = decision.request();
        return Counts.key(
                request.action().name(),
                request.resource().type(),
                request.resource().id(),
                peers(decision));
    }

    /** Comparable requests: the same action, and as easy to approve, in tenths. */
    String bin(PastDecision decision) {
        double score;
        if (given != null) {
            score = given.applyAsDouble(decision);
        } else {
            int[] rate = rates.getOrDefault(ease(decision), new int[] {0, 0});
            score = (rate[0] + 1.0) / (rate[1] + 2.0);
        }
        long tenth = Double.isNaN(score) ? -1 : (long) Math.floor(10 * Math.min(score, 0.999999));
        return decision.request().action().name() + "\n" + tenth;
    }

    boolean wasDeniedInAudit(PastDecision decision) {
        return auditDenials.get(equal(decision)) > 0;
    }

    private static String ease(PastDecision decision) {
        return decision.request().action().name() + "\n"
                + decision.request().resource().type();
    }
}
