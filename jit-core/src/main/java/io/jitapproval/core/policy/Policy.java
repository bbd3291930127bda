package io.jitapproval.core.policy;

import io.jitapproval.Decision;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.Explanation.Match;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.policy.RuleSpec.Mode;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy document, compiled (design §3). Immutable; any number of threads may ask it.
 *
 * <p>Rules have no order: {@code deny} and {@code require-approval} count when they match or are unknown, {@code
 * auto-approve} and {@code allow} only when they match. An unknown {@code auto-approve} permits nothing, but narrows what
 * others give: else a missing attribute could widen a grant.
 */
public final class Policy {

    /** Stands for a time at which nothing looks. */
    private static final Instant UNREAD = Instant.EPOCH;

    private final String version;
    private final ActionIndex index;
    /** Of the rules that never count; null if there are none. */
    private final @Nullable ActionIndex shadows;

    private final List<RuleSpec> rules;
    private final Set<String> actions;
    /** Of the rules that send a share to people. */
    private final Map<String, BigDecimal> audits;
    /** The answer where no rule counts. */
    private final Decision otherwise;

    private final Optional<Requirement> otherwiseAsks;
    private final Map<String, Definitions> definitions;

    Policy(
            String version,
            List<RuleSpec> specs,
            Optional<Requirement> otherwiseAsks,
            Map<String, Definitions> definitions) {
        this(version, specs, otherwiseAsks, definitions, RuleGroup::new);
    }

    private Policy(
            String version,
            List<RuleSpec> specs,
            Optional<Requirement> otherwiseAsks,
            Map<String, Definitions> definitions,
            RuleGroup.Maker maker) {
        this.version = version;
        this.definitions = Collections.unmodifiableMap(definitions);
        this.otherwiseAsks = otherwiseAsks;
        this.rules = List.copyOf(specs);
        List<Rule> compiled = new ArrayList<>(specs.size());
        Set<String> names = new TreeSet<>();
        for (RuleSpec spec : specs) {
            compiled.add(new Rule(compiled.size(), spec, version));
            names.addAll(spec.actions());
        }
        this.index = new ActionIndex(of(compiled, Mode.ENFORCE), maker);
        List<Rule> shadow = of(compiled, Mode.SHADOW);
        this.shadows = shadow.isEmpty() ? null : new ActionIndex(shadow, maker);
        this.actions = Collections.unmodifiableSet(names);
        this.audits = rules.stream()
                .filter(spec -> spec.audit().signum() > 0)
                .collect(Collectors.toUnmodifiableMap(RuleSpec::id, RuleSpec::audit));
        this.otherwise = otherwise(Explanation.NONE);
    }

    private static List<Rule> of(List<Rule> rules, Mode mode) {
        return rules.stream().filter(rule -> rule.spec().mode() == mode).toList();
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

    /** The same policy with groups made otherwise. */
    Policy with(RuleGroup.Maker maker) {
        return new Policy(version, rules, otherwiseAsks, definitions, maker);
    }

    /** The same policy without the rules that never count. */
    Policy withoutShadows() {
        return shadows == null
                ? this
                : new Policy(
                        version,
                        rules.stream().filter(rule -> rule.mode() == Mode.ENFORCE).toList(),
                        otherwiseAsks,
                        definitions);
    }

    /** {@return SHA-256, in hex, of what the document says: not of its white space, its order of keys and rules or its schema} */
    public String version() {
        return version;
    }

    /** What each document names for its rules, by its origin, in the order of the documents. */
    Map<String, Definitions> definitions() {
        return definitions;
    }

    /**
     * Whether any rule that counts is for an action.
     *
     * @param action the action's name
     * @return true if one names it, or a beginning of it, whatever its conditions
     */
    public boolean covers(String action) {
        return index.find(action) != null;
    }

    /**
     * This policy and the rules of others, whose defaults do not count.
     *
     * @param others the other policies
     * @return this if there are no others; else a policy with a version of its own
     */
    public Policy and(List<Policy> others) {
        if (others.isEmpty()) {
            return this;
        }
        List<String> versions = new ArrayList<>();
        List<RuleSpec> all = new ArrayList<>(rules);
        versions.add(version);
        for (Policy other : others) {
            versions.add(other.version);
            all.addAll(other.rules);
        }
        return new Policy(Canonical.versionOf(versions), all, otherwiseAsks, definitions);
    }

    /** What the conditions of the rules for an action name, those of shadow rules included. */
    List<Attribute> named(String action) {
        Candidates candidates = index.find(action);
        List<Attribute> named = candidates == null ? List.of() : candidates.named();
        Candidates shadow = shadows == null ? null : shadows.find(action);
        if (shadow == null || shadow.named().isEmpty()) {
            return named;
        }
        Map<String, Attribute> all = new LinkedHashMap<>();
        named.forEach(attribute -> all.put(attribute.head(), attribute));
        shadow.named().forEach(attribute -> all.putIfAbsent(attribute.head(), attribute));
        return List.copyOf(all.values());
    }

    /** {@return the actions that rules name: exact names, and beginnings that end in a star} */
    public Set<String> actions() {
        return actions;
    }

    /** {@return the ids of the obligations that decisions of this policy may carry} */
    public Set<String> obligations() {
        return rules.stream()
                .filter(rule -> rule.mode() == Mode.ENFORCE)
                .flatMap(rule -> rule.obligations().stream())
                .map(Obligation::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Who answers for a rule.
     *
     * @param rule the rule's id
     * @return its owner; empty if the rule does not say, or there is none of that id
     */
    public Optional<String> owner(String rule) {
        return rules.stream()
                .filter(spec -> spec.id().equals(rule))
                .findFirst()
                .flatMap(spec -> Optional.ofNullable(spec.about().owner()));
    }

    /**
     * Whether much depends on what a rule is about.
     *
     * @param rule the rule's id
     * @return whether its {@code risk} is {@code high} or {@code critical}
     */
    public boolean isHighRisk(String rule) {
        return rules.stream()
                .filter(spec -> spec.id().equals(rule))
                .map(spec -> spec.about().risk())
                .anyMatch(risk -> risk == RuleSpec.Risk.HIGH || risk == RuleSpec.Risk.CRITICAL);
    }

    /**
     * How large a share of what a rule would approve is to go to people all the same.
     *
     * @param rule the rule's id
     * @return in [0, 1]; 0 if the rule says nothing of it, or there is none of that id
     */
    public BigDecimal audit(String rule) {
        return audits.getOrDefault(rule, BigDecimal.ZERO);
    }

    /** {@return whether people are asked where no rule counts} */
    public boolean asksByDefault() {
        return otherwiseAsks.isPresent();
    }

    /**
     * Whether a rule answers in people's place, now or at another time.
     *
     * @param rule the rule's id
     * @return false also if there is none of that id
     */
    public boolean isAutoApproval(String rule) {
        return rules.stream().anyMatch(spec -> spec.id().equals(rule) && spec.effect() == Effect.AUTO_APPROVE);
    }

    /** {@return its rules, in the order of its documents} */
    List<RuleSpec> rules() {
        return rules;
    }

    /** {@return how many rules it has} */
    public int size() {
        return rules.size();
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
        return evaluate(index.find(request.action().name()), request, now, lookup, Withheld.NOTHING);
    }

    /**
     * Decides, and reads the clock only if the answer may depend on the time.
     *
     * @param request the question
     * @param clock   tells the time; for one evaluation always the same
     * @param lookup  fetches what the request lacks; made for this evaluation
     * @return the same answer as at that time
     */
    public Decision evaluate(EvaluationRequest request, InstantSource clock, AttributeLookup lookup) {
        return evaluate(request, clock, lookup, Withheld.NOTHING);
    }

    /**
     * As above, where some rules answer nobody.
     *
     * @param request  the question
     * @param clock    tells the time; for one evaluation always the same
     * @param lookup   fetches what the request lacks; made for this evaluation
     * @param withheld which rules answer nobody
     * @return the answer; never more permissive than without
     */
    public Decision evaluate(
            EvaluationRequest request, InstantSource clock, AttributeLookup lookup, Withheld withheld) {
        Candidates candidates = index.find(request.action().name());
        boolean timeless = shadows == null && (candidates == null || !candidates.looksAtTime());
        return evaluate(candidates, request, timeless ? UNREAD : clock.instant(), lookup, withheld);
    }

    private Decision evaluate(
            @Nullable Candidates candidates,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup,
            Withheld withheld) {
        Decision decision = candidates == null ? otherwise : enforced(candidates, request, now, lookup, withheld);
        return shadows == null ? decision : fenced(decision, shadows, request, now, lookup, withheld);
    }

    private Decision enforced(
            Candidates candidates, EvaluationRequest request, Instant now, AttributeLookup lookup, Withheld withheld) {
        Hit denied = candidates.deny() ? hits(null, candidates, Effect.DENY, request, now, lookup) : null;
        if (denied != null) {
            return combine(denied, null, null, null, null);
        }
        Hit asked = candidates.require() ? hits(null, candidates, Effect.REQUIRE_APPROVAL, request, now, lookup) : null;
        if (asked == null && candidates.allow()) {
            Hit allowed = hits(null, candidates, Effect.ALLOW, request, now, lookup);
            if (Hit.anyMatched(allowed)) {
                return combine(null, null, null, allowed, null);
            }
        }
        // What is closed to machines needs no look at them, and at what they would have to fetch.
        Hit auto = Hit.anyClosedToMachines(asked)
                ? null
                : hits(null, candidates, Effect.AUTO_APPROVE, request, now, lookup);
        return Withheld.explain(withheld, combine(null, asked, Withheld.apply(withheld, auto), null, null), auto);
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
        return explained(request, now, lookup, hidden, Withheld.NOTHING);
    }

    /**
     * As above, where some rules answer nobody.
     *
     * @param request  the question
     * @param now      the time
     * @param lookup   fetches what the request lacks; made for this evaluation
     * @param hidden   the names of the action's properties whose values the explanation must not show
     * @param withheld which rules answer nobody
     * @return the answer
     */
    public Decision explained(
            EvaluationRequest request, Instant now, AttributeLookup lookup, Set<String> hidden, Withheld withheld) {
        Map<Effect, Hit> hits = new EnumMap<>(Effect.class);
        Map<Effect, Hit> all = new EnumMap<>(Effect.class);
        List<RuleTrace> traces = new ArrayList<>(rules.size());
        List<RuleTrace> shadowTraces = new ArrayList<>();
        for (Rule rule : rules(request.action().name())) {
            Trace trace = new Trace(hidden);
            RuleSpec spec = rule.spec();
            boolean shadow = spec.mode() == Mode.SHADOW;
            Match match = shadow
                    ? Shadows.test(rule, request, now, lookup, trace, trace)
                    : rule.test(request, now, lookup, trace);
            RuleTrace told = Withheld.trace(
                    withheld, new RuleTrace(spec.id(), spec.effect(), match, spec.because(), trace.comparisons()));
            if (told != null) {
                (shadow ? shadowTraces : traces).add(told);
            }
            if (Rule.counts(spec.effect(), match)) {
                all.put(spec.effect(), rule.hit(match).before(all.get(spec.effect())));
                if (!shadow) {
                    hits.put(spec.effect(), rule.hit(match).before(hits.get(spec.effect())));
                }
            }
        }
        Decision decision = combine(
                Withheld.apply(withheld, hits), new Explanation(traces, lookup.traces(hidden), Optional.empty()));
        return shadowTraces.isEmpty()
                ? decision
                : Shadows.explain(decision, combine(Withheld.apply(withheld, all), null), shadowTraces);
    }

    /** All of an action, in the document's order. */
    private List<Rule> rules(String action) {
        List<Rule> rules = new ArrayList<>();
        collect(index.find(action), rules);
        if (shadows != null) {
            collect(shadows.find(action), rules);
        }
        rules.sort(Comparator.comparingInt(Rule::position));
        return rules;
    }

    private static void collect(@Nullable Candidates candidates, List<Rule> rules) {
        for (Candidates some = candidates; some != null; some = some.wider()) {
            for (Effect effect : Effect.values()) {
                Collections.addAll(rules, some.rules(effect));
            }
        }
    }

    private Decision combine(Map<Effect, Hit> hits, @Nullable Explanation full) {
        return combine(
                hits.get(Effect.DENY),
                hits.get(Effect.REQUIRE_APPROVAL),
                hits.get(Effect.AUTO_APPROVE),
                hits.get(Effect.ALLOW),
                full);
    }

    Optional<Requirement> otherwiseAsks() {
        return otherwiseAsks;
    }

    /** The answer if these rules for one action came out so: the same combining, without a request. */
    Decision combined(Map<Rule, Match> outcomes) {
        Map<Effect, Hit> hits = new EnumMap<>(Effect.class);
        outcomes.forEach((rule, match) -> {
            Effect effect = rule.spec().effect();
            if (Rule.counts(effect, match)) {
                hits.put(effect, rule.hit(match).before(hits.get(effect)));
            }
        });
        return combine(hits, null);
    }

    /** Shadow rules never count, also where looking up what they need fails in earnest. */
    private Decision fenced(
            Decision decision,
            ActionIndex shadow,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup,
            Withheld withheld) {
        try {
            return shadowed(decision, shadow, request, now, lookup, withheld);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error | RuntimeException e) {
            List<Rule> rules = rules(request.action().name());
            return Shadows.oneByOne(
                    decision, rules, request, now, lookup, hits -> combine(Withheld.apply(withheld, hits), null));
        }
    }

    /** The same decision; its explanation says what it would be with the shadow rules, if any of them would count. */
    private Decision shadowed(
            Decision decision,
            ActionIndex shadow,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup,
            Withheld withheld) {
        String action = request.action().name();
        Candidates candidates = shadow.find(action);
        if (candidates == null) {
            return decision;
        }
        Map<Effect, Hit> all = new EnumMap<>(Effect.class);
        List<RuleTrace> traces = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            Hit would = hits(null, candidates, effect, request, now, lookup);
            Hit together = hits(would, index.find(action), effect, request, now, lookup);
            if (would != null) {
                traces.addAll(Hit.traces(would, null));
            }
            if (together != null) {
                all.put(effect, together);
            }
        }
        return traces.isEmpty()
                ? decision
                : Shadows.explain(decision, combine(Withheld.apply(withheld, all), null), traces);
    }

    private static @Nullable Hit hits(
            @Nullable Hit others,
            @Nullable Candidates candidates,
            Effect effect,
            EvaluationRequest request,
            Instant now,
            AttributeLookup lookup) {
        Hit hits = others;
        for (Candidates some = candidates; some != null; some = some.wider()) {
            hits = some.hits(effect, hits, request, now, lookup);
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
        List<Obligation> todo = Hit.obligations(first, more);
        Explanation why = full == null ? new Explanation(deciding) : full;
        return switch (reason) {
            case POLICY_DENIED -> new Decision.Deny(reason, ids, version, todo, why);
            case APPROVAL_REQUIRED -> new Decision.ApprovalRequired(Hit.merge(first, null), ids, version, todo, why);
            case POLICY_ALLOWED -> new Decision.Permit(reason, ids, version, Optional.empty(), todo, why);
            default -> new Decision.Permit(reason, ids, version, Optional.of(Hit.merge(first, more)), todo, why);
        };
    }

    private Decision otherwise(Explanation why) {
        return otherwiseAsks.isPresent()
                ? new Decision.ApprovalRequired(otherwiseAsks.get(), List.of(), version, List.of(), why)
                : new Decision.Deny(Reason.NO_RULE_MATCHED, List.of(), version, List.of(), why);
    }

    /** {@return the version, for logs} */
    @Override
    public String toString() {
        return "policy " + version;
    }
}
