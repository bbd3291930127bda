package io.jitapproval.core.policy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.core.policy.Situation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Design §3 once more, slow and obvious, over the bare data of a document. Shares no code with the engine. With a flaw it
 * is the broken twin on which a law has to fail.
 */
final class Reference implements Situation.Decider {

    enum Flaw {
        UNKNOWN_DENY_IS_FALSE,
        UNKNOWN_IS_FALSE,
        UNKNOWN_AUTO_DOES_NOT_NARROW,
        FIRST_MATCH,
        MERGE_TAKES_LONGEST,
        IGNORES_NEVER,
        WINDOW_END_INCLUDED,
        CALENDAR_OF_THE_MOMENT,
        GLOB_STAR_NEEDS_ONE,
        REGEX_FINDS_INSIDE,
        TEXT_IGNORES_CASE,
        NETWORK_ONE_BIT_SHORT,
        NETWORK_MAPPED_IS_IPV6,
        FUTURE_IS_YOUNG,
        AGE_LIMIT_INCLUDED,
        SIZE_COUNTS_HALVES,
        EVERY_OF_NONE_FAILS,
        SOME_IGNORES_UNKNOWN,
        SUBSET_IS_OVERLAP,
        NONE_OF_UNKNOWN_HOLDS,
        PROJECTION_SKIPS_MISSING,
        FAILED_LOOKUP_IS_MISSING
    }

    private final Set<Flaw> flaws;

    Reference(Flaw... flaws) {
        this.flaws = EnumSet.noneOf(Flaw.class);
        this.flaws.addAll(List.of(flaws));
    }

    @Override
    public Outcome decide(Situation situation) {
        Map<String, List<Map<String, Object>>> hits = new HashMap<>();
        for (Map<String, Object> rule : situation.rules()) {
            if (!isCandidate(rule, situation)) {
                continue;
            }
            Boolean match = rule.containsKey("when")
                    ? ReferenceConditions.test(map(rule.get("when")), situation, flaws)
                    : Boolean.TRUE;
            String effect = (String) rule.get("effect");
            boolean tightens = effect.equals("deny") || effect.equals("require-approval");
            if (match == null && flaws.contains(Flaw.UNKNOWN_IS_FALSE)) {
                continue;
            }
            if (match == null && effect.equals("deny") && flaws.contains(Flaw.UNKNOWN_DENY_IS_FALSE)) {
                continue;
            }
            if (match == null && effect.equals("auto-approve")) {
                hits.computeIfAbsent("maybe", any -> new ArrayList<>()).add(rule);
            } else if (match == null ? tightens : match) {
                hits.computeIfAbsent(effect, any -> new ArrayList<>()).add(rule);
                if (flaws.contains(Flaw.FIRST_MATCH)) {
                    break;
                }
            }
        }
        return combine(situation, hits);
    }

    private Outcome combine(Situation situation, Map<String, List<Map<String, Object>>> hits) {
        List<Map<String, Object>> asked = hits.getOrDefault("require-approval", List.of());
        List<Map<String, Object>> auto = new ArrayList<>(hits.getOrDefault("auto-approve", List.of()));
        if (!auto.isEmpty() && !flaws.contains(Flaw.UNKNOWN_AUTO_DOES_NOT_NARROW)) {
            auto.addAll(hits.getOrDefault("maybe", List.of()));
        }
        if (hits.containsKey("deny")) {
            return new Outcome(Reason.POLICY_DENIED, ids(hits.get("deny")), Optional.empty());
        }
        if (!asked.isEmpty()) {
            Requirement together = merge(asked);
            if (!auto.isEmpty() && (!together.closedToMachines() || flaws.contains(Flaw.IGNORES_NEVER))) {
                List<Map<String, Object>> both =
                        Stream.concat(asked.stream(), auto.stream()).toList();
                return new Outcome(Reason.AUTO_APPROVED, ids(both), Optional.of(merge(both)));
            }
            return new Outcome(Reason.APPROVAL_REQUIRED, ids(asked), Optional.of(together));
        }
        if (hits.containsKey("allow")) {
            return new Outcome(Reason.POLICY_ALLOWED, ids(hits.get("allow")), Optional.empty());
        }
        if (!auto.isEmpty()) {
            return new Outcome(Reason.AUTO_APPROVED, ids(auto), Optional.of(merge(auto)));
        }
        if (situation.byDefault() instanceof Map<?, ?> asks) {
            Map<String, Object> rule = Map.of("approval", asks.get("require-approval"));
            return new Outcome(Reason.APPROVAL_REQUIRED, Set.of(), Optional.of(requirement(rule)));
        }
        return new Outcome(Reason.NO_RULE_MATCHED, Set.of(), Optional.empty());
    }

    private static boolean isCandidate(Map<String, Object> rule, Situation situation) {
        String resource = situation.request().resource().ref().toString();
        return fits(list(rule.get("actions")), situation.request().action().name())
                && (!rule.containsKey("resources") || fits(list(rule.get("resources")), resource));
    }

    private static boolean fits(Collection<?> patterns, String name) {
        return patterns.stream()
                .map(String.class::cast)
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }

    private static Set<String> ids(List<Map<String, Object>> rules) {
        Set<String> ids = new TreeSet<>();
        rules.forEach(rule -> ids.add((String) rule.get("id")));
        return ids;
    }

    // Requirements

    private Requirement merge(List<Map<String, Object>> rules) {
        List<Requirement> all = rules.stream().map(Reference::requirement).toList();
        Map<Set<ApproverSelector>, Integer> stages = new HashMap<>();
        all.forEach(each -> each.stages().forEach(stage -> stages.merge(stage.by(), stage.people(), Math::max)));
        Set<Stage> merged = new HashSet<>();
        stages.forEach((by, people) -> merged.add(new Stage(by, people)));
        return new Requirement(
                merged,
                best(all.stream().map(Requirement::decideWithin)),
                best(all.stream().map(Requirement::useWithin)),
                new GrantTerms(
                        all.stream()
                                .map(each -> each.grant().scope())
                                .min(Enum::compareTo)
                                .orElseThrow(),
                        best(all.stream().map(each -> each.grant().within())),
                        all.stream().mapToInt(each -> each.grant().uses()).min().orElseThrow(),
                        all.stream()
                                .map(each -> each.grant().clock())
                                .min(Enum::compareTo)
                                .orElseThrow()),
                all.stream().anyMatch(Requirement::reasonRequired),
                all.stream().anyMatch(Requirement::closedToMachines));
    }

    private Duration best(Stream<Duration> durations) {
        List<Duration> sorted = durations.sorted().toList();
        return flaws.contains(Flaw.MERGE_TAKES_LONGEST) ? sorted.get(sorted.size() - 1) : sorted.get(0);
    }

    private static Requirement requirement(Map<String, Object> rule) {
        Map<String, Object> grant = rule.containsKey("grant") ? map(rule.get("grant")) : Map.of();
        Duration within = Duration.parse((String) grant.getOrDefault("within", "PT15M"));
        GrantTerms terms = new GrantTerms(
                GrantScope.valueOf(
                        grant.getOrDefault("scope", "exact").toString().toUpperCase(Locale.ROOT)),
                within,
                (Integer) grant.getOrDefault("uses", 1),
                grant.getOrDefault("from", "approval").equals("approval") ? GrantClock.APPROVAL : GrantClock.FIRST_USE);
        Duration useWithin = Duration.parse((String) grant.getOrDefault("useWithin", within.toString()));
        if (!rule.containsKey("approval")) {
            return new Requirement(Set.of(), Duration.ofDays(31), useWithin, terms, false, false);
        }
        Map<String, Object> approval = map(rule.get("approval"));
        Collection<?> by = approval.get("by") instanceof Collection<?> some ? some : List.of(approval.get("by"));
        Set<ApproverSelector> selectors = new HashSet<>();
        by.forEach(one -> map(one).forEach((kind, name) -> selectors.add(
                new ApproverSelector(ApproverSelector.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), (String) name))));
        return new Requirement(
                Set.of(new Stage(selectors, (Integer) approval.getOrDefault("people", 1))),
                Duration.parse((String) approval.getOrDefault("decideWithin", "PT1H")),
                useWithin,
                terms,
                "required".equals(approval.get("reason")),
                "never".equals(approval.get("autoApproval")));
    }

    static List<Object> list(Object value) {
        return ((List<?>) value).stream().map(Object.class::cast).toList();
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, each) -> map.put((String) key, each));
        return map;
    }
}
