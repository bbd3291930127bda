package io.jitapproval.core.analysis;

import io.jitapproval.core.policy.ConditionView;
import io.jitapproval.core.policy.ConditionView.Compare;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which rules there are for which action, and names that stand for all actions that some rules tell apart. */
final class ActionMap {

    private static final int MOST_NAMES = 500;
    private static final Set<String> ON_NAMES = Set.of("equals", "notEquals", "in", "notIn", "exists");

    private final Map<String, Set<RuleView>> exact = new HashMap<>();
    private final NavigableMap<String, Set<RuleView>> prefixes = new TreeMap<>();
    private final NavigableSet<String> names = new TreeSet<>();

    /**
     * Names of actions.
     *
     * @param byName  each name with the rules for it
     * @param inexact why there may be actions that none of them stands for; null if there are none
     */
    record Names(
            Map<String, List<RuleView>> byName, @Nullable String inexact) {}

    ActionMap(Collection<RuleView> rules) {
        for (RuleView rule : rules) {
            for (String pattern : rule.actions()) {
                if (pattern.endsWith("*")) {
                    prefixes.computeIfAbsent(prefix(pattern), any -> new LinkedHashSet<>())
                            .add(rule);
                } else {
                    exact.computeIfAbsent(pattern, any -> new LinkedHashSet<>()).add(rule);
                    names.add(pattern);
                }
            }
        }
    }

    static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }

    static boolean fits(String pattern, String name) {
        return pattern.endsWith("*") ? name.startsWith(prefix(pattern)) : name.equals(pattern);
    }

    /** The rules for an action. */
    List<RuleView> rules(String action) {
        Set<RuleView> rules = new LinkedHashSet<>(exact.getOrDefault(action, Set.of()));
        for (int length = 0; length <= action.length(); length++) {
            rules.addAll(prefixes.getOrDefault(action.substring(0, length), Set.of()));
        }
        return List.copyOf(rules);
    }

    /** A name that no pattern fits but those that this beginning fits. */
    String fresh(String prefix) {
        Set<RuleView> wanted = new LinkedHashSet<>();
        for (int length = 0; length <= prefix.length(); length++) {
            wanted.addAll(prefixes.getOrDefault(prefix.substring(0, length), Set.of()));
        }
        for (int i = 0; ; i++) {
            String name = prefix + (i == 0 ? "other" : i % 2 == 0 ? "other" + i : Integer.toString(i * 7919, 36));
            if (new LinkedHashSet<>(rules(name)).equals(wanted)) {
                return name;
            }
        }
    }

    /** Names that stand for all actions for which there is one of these patterns. */
    Names names(Collection<String> patterns) {
        Map<Object, String> kinds = new LinkedHashMap<>();
        Map<String, List<RuleView>> byName = new LinkedHashMap<>();
        String[] inexact = {null};
        Consumer<String> add = name -> {
            if (byName.size() >= MOST_NAMES) {
                inexact[0] = "so many actions";
                return;
            }
            List<RuleView> rules = rules(name);
            Set<String> compared = new LinkedHashSet<>();
            rules.forEach(rule -> compared(rule.when(), compared, inexact));
            Object kind = compared.contains(name) ? name : new LinkedHashSet<>(rules);
            if (kinds.putIfAbsent(kind, name) == null) {
                byName.put(name, rules);
                compared.stream()
                        .filter(other -> patterns.stream().anyMatch(pattern -> fits(pattern, other)))
                        .forEach(other -> byName.computeIfAbsent(other, this::rules));
            }
        };
        for (String pattern : patterns) {
            if (!pattern.endsWith("*")) {
                add.accept(pattern);
                continue;
            }
            String prefix = prefix(pattern);
            add.accept(fresh(prefix));
            below(names.tailSet(prefix, true), prefix, add);
            below(prefixes.tailMap(prefix, false).keySet(), prefix, longer -> add.accept(fresh(longer)));
        }
        return new Names(byName, inexact[0]);
    }

    private static void below(Set<String> from, String prefix, Consumer<String> each) {
        for (String name : from) {
            if (!name.startsWith(prefix)) {
                return;
            }
            each.accept(name);
        }
    }

    /** The names with which conditions compare the action's. */
    private static void compared(@Nullable ConditionView condition, Set<String> names, @Nullable String[] inexact) {
        if (condition instanceof ConditionView.All all) {
            all.parts().forEach(part -> compared(part, names, inexact));
        } else if (condition instanceof ConditionView.Any any) {
            any.parts().forEach(part -> compared(part, names, inexact));
        } else if (condition instanceof ConditionView.Not not) {
            compared(not.part(), names, inexact);
        } else if (condition instanceof Compare compare
                && (compare.path().equals("action.name") || "action.name".equals(compare.other()))) {
            if (!ON_NAMES.contains(compare.word()) || compare.other() != null) {
                inexact[0] = "the operator '" + compare.word() + "' on action.name";
            } else if (compare.operand() instanceof String name) {
                names.add(name);
            } else if (compare.operand() instanceof Collection<?> several) {
                several.forEach(each -> names.add(String.valueOf(each)));
            }
        }
    }
}
