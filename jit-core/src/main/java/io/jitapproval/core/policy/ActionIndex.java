package io.jitapproval.core.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules for an action without looking at the others and without allocating: names in a hash map, beginnings in
 * a trie whose edges are strings.
 */
final class ActionIndex {

    private final Map<String, Candidates> exact = new HashMap<>();
    private final Trie root = new Trie("");

    ActionIndex(List<Rule> rules, RuleGroup.Maker maker) {
        Map<String, List<Rule>> names = new HashMap<>();
        for (Rule rule : rules) {
            List<String> patterns = rule.spec().actions();
            // Shortest first: what a shorter beginning covers is not entered again.
            List<String> beginnings =
                    patterns.size() == 1 && !isPrefix(patterns.get(0)) ? List.of() : beginnings(patterns);
            beginnings.forEach(pattern -> root.enter(pattern.substring(0, pattern.length() - 1), rule));
            for (String pattern : patterns) {
                if (!isPrefix(pattern) && (beginnings.isEmpty() || !root.covers(pattern, rule))) {
                    List<Rule> some = names.computeIfAbsent(pattern, any -> new ArrayList<>(1));
                    if (some.isEmpty() || some.get(some.size() - 1) != rule) {
                        some.add(rule);
                    }
                }
            }
        }
        root.finish(null, maker);
        names.forEach((name, some) -> exact.put(name.intern(), new Candidates(some, root.find(name), maker)));
    }

    private static List<String> beginnings(List<String> patterns) {
        return patterns.stream()
                .filter(ActionIndex::isPrefix)
                .sorted(Comparator.comparingInt(String::length))
                .toList();
    }

    static boolean isPrefix(String pattern) {
        return pattern.endsWith("*");
    }

    /** The rules for the action; null if there are none. */
    @Nullable
    Candidates find(String action) {
        Candidates found = exact.get(action);
        return found != null ? found : root.find(action);
    }

    /** A node: what its edge from above says, and the nodes below by their first character. */
    private static final class Trie {

        private String edge;
        private char[] firsts = {};
        private Trie[] below = {};
        private List<Rule> rules = new ArrayList<>(1);
        private @Nullable Candidates candidates;

        Trie(String edge) {
            this.edge = edge;
        }

        @Nullable
        Candidates find(String name) {
            Trie node = this;
            int at = 0;
            while (true) {
                Trie next = node.below(name, at);
                if (next == null || !name.startsWith(next.edge, at)) {
                    return node.candidates;
                }
                at += next.edge.length();
                node = next;
            }
        }

        /** Whether the rule stands at this name or at a beginning of it. */
        boolean covers(String name, Rule rule) {
            Trie node = this;
            int at = 0;
            while (true) {
                if (node.endsWith(rule)) {
                    return true;
                }
                Trie next = node.below(name, at);
                if (next == null || !name.startsWith(next.edge, at)) {
                    return false;
                }
                at += next.edge.length();
                node = next;
            }
        }

        void enter(String prefix, Rule rule) {
            if (covers(prefix, rule)) {
                return;
            }
            Trie node = this;
            int at = 0;
            while (at < prefix.length()) {
                Trie next = node.below(prefix, at);
                if (next == null) {
                    next = new Trie(prefix.substring(at));
                    node.add(next);
                } else {
                    next.splitWhereItDiffers(prefix, at);
                }
                at += next.edge.length();
                node = next;
            }
            node.rules.add(rule);
        }

        /** Candidates for this node and all below, given those of the nearest node above that has any. */
        void finish(@Nullable Candidates wider, RuleGroup.Maker maker) {
            candidates = rules.isEmpty() ? wider : new Candidates(rules, wider, maker);
            rules = List.of();
            for (Trie node : below) {
                node.finish(candidates, maker);
            }
        }

        private boolean endsWith(Rule rule) {
            return !rules.isEmpty() && rules.get(rules.size() - 1) == rule;
        }

        private @Nullable Trie below(String name, int at) {
            if (at >= name.length()) {
                return null;
            }
            char first = name.charAt(at);
            for (int i = 0; i < firsts.length; i++) {
                if (firsts[i] == first) {
                    return below[i];
                }
            }
            return null;
        }

        private void add(Trie node) {
            firsts = java.util.Arrays.copyOf(firsts, firsts.length + 1);
            below = java.util.Arrays.copyOf(below, below.length + 1);
            firsts[firsts.length - 1] = node.edge.charAt(0);
            below[below.length - 1] = node;
        }

        private void splitWhereItDiffers(String name, int at) {
            int same = 0;
            while (same < edge.length() && at + same < name.length() && edge.charAt(same) == name.charAt(at + same)) {
                same++;
            }
            if (same == edge.length()) {
                return;
            }
            Trie rest = new Trie(edge.substring(same));
            rest.firsts = firsts;
            rest.below = below;
            rest.rules = rules;
            edge = edge.substring(0, same);
            firsts = new char[] {};
            below = new Trie[] {};
            rules = new ArrayList<>(1);
            add(rest);
        }
    }
}
