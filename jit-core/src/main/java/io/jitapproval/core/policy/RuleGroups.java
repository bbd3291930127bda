package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.Selector.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The many rules that one action has of one effect, each in the group of its most selective comparison, and the rest, which have
 * none. Finds the same hits as testing every rule does.
 */
final class RuleGroups {

    /** So few rules are tested sooner than found. */
    static final int FEWEST = 8;

    private final RuleGroup[] groups;
    private final Rule[] rest;

    private record Member(Rule rule, Selector selector) {}

    private RuleGroups(List<RuleGroup> groups, List<Rule> rest) {
        this.groups = groups.toArray(new RuleGroup[0]);
        this.rest = rest.toArray(new Rule[0]);
    }

    /** The groups; null where grouping gains nothing. */
    static @Nullable RuleGroups of(Rule[] rules, RuleGroup.Maker maker) {
        if (rules.length < FEWEST) {
            return null;
        }
        List<List<Selector>> selectors =
                Arrays.stream(rules).map(rule -> Selector.of(rule.spec())).toList();
        Map<Source, Map<Object, Integer>> counts = new HashMap<>();
        selectors.forEach(some -> some.forEach(selector -> selector.keys()
                .forEach(key -> counts.computeIfAbsent(selector.source(), any -> new HashMap<>())
                        .merge(key, 1, Integer::sum))));
        counts.values().removeIf(keys -> total(keys.values()) < FEWEST);
        Map<Source, List<Member>> members = new LinkedHashMap<>();
        List<Rule> rest = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            Selector best = best(selectors.get(i), counts, rules.length);
            if (best == null) {
                rest.add(rules[i]);
            } else {
                members.computeIfAbsent(best.source(), any -> new ArrayList<>()).add(new Member(rules[i], best));
            }
        }
        List<RuleGroup> groups = new ArrayList<>();
        members.forEach((source, some) -> {
            if (some.size() < FEWEST) {
                some.forEach(member -> rest.add(member.rule));
            } else {
                groups.add(group(source, some, maker));
            }
        });
        return groups.isEmpty() ? null : new RuleGroups(groups, rest);
    }

    /** The selector whose commonest key the fewest rules have; null if none spares at least half of the rules. */
    private static @Nullable Selector best(
            List<Selector> selectors, Map<Source, Map<Object, Integer>> counts, int rules) {
        Selector best = null;
        int fewest = rules / 2 + 1;
        for (Selector selector : selectors) {
            Map<Object, Integer> keys = counts.get(selector.source());
            if (keys != null) {
                int most = selector.keys().stream()
                        .mapToInt(key -> keys.getOrDefault(key, 0))
                        .max()
                        .orElse(0);
                if (most < fewest) {
                    best = selector;
                    fewest = most;
                }
            }
        }
        return best;
    }

    private static int total(Collection<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private static RuleGroup group(Source source, List<Member> members, RuleGroup.Maker maker) {
        Map<Object, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            for (Object key : members.get(i).selector.keys()) {
                places.computeIfAbsent(key, any -> new ArrayList<>()).add(i);
            }
        }
        Map<Object, int[]> byKey = new HashMap<>();
        places.forEach((key, some) ->
                byKey.put(key, some.stream().mapToInt(Integer::intValue).toArray()));
        Rule[] rules = members.stream().map(Member::rule).toArray(Rule[]::new);
        return maker.make(source, members.get(0).selector.attribute(), rules, byKey);
    }

    /** The rules that count, before those that are given. */
    @Nullable
    Hit hits(@Nullable Hit others, EvaluationRequest request, Instant now, AttributeLookup lookup) {
        Hit hits = others;
        for (RuleGroup group : groups) {
            hits = group.hits(hits, request, now, lookup);
        }
        for (Rule rule : rest) {
            hits = rule.before(hits, request, now, lookup);
        }
        return hits;
    }
}
