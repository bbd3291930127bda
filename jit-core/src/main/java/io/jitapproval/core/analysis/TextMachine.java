package io.jitapproval.core.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds a shortest text for every combination of patterns that a text can fit at once, by walking the product of their
 * automata. Exact when it ends within its budget.
 */
final class TextMachine {

    static final int ONE = -1;
    static final int RUN = -2;

    private static final int MOST_STEPS = 1_000_000;
    private static final int LONGEST = 2_000;

    /** Characters that stand for all that no pattern names. */
    private static final String STRANGERS = "xyzqwvkj0~";

    /**
     * Code points, {@link #ONE} or {@link #RUN}.
     *
     * @param tokens what a text has to be made of, as a whole
     */
    record Pattern(List<Integer> tokens) {

        Pattern {
            tokens = List.copyOf(tokens);
        }

        static Pattern exact(String text) {
            return new Pattern(text.codePoints().boxed().toList());
        }

        static Pattern startsWith(String text) {
            return exact(text).and(RUN);
        }

        static Pattern endsWith(String text) {
            return new Pattern(List.of(RUN)).and(text);
        }

        static Pattern has(String text) {
            return endsWith(text).and(RUN);
        }

        /** {@code *} any run, {@code ?} one character, {@code \} takes the next as it is. */
        static Pattern glob(String glob) {
            List<Integer> tokens = new ArrayList<>();
            int[] points = glob.codePoints().toArray();
            for (int i = 0; i < points.length; i++) {
                if (points[i] == '\\' && i + 1 < points.length) {
                    tokens.add(points[++i]);
                } else {
                    tokens.add(points[i] == '*' ? RUN : points[i] == '?' ? ONE : points[i]);
                }
            }
            return new Pattern(tokens);
        }

        private Pattern and(int token) {
            List<Integer> more = new ArrayList<>(tokens);
            more.add(token);
            return new Pattern(more);
        }

        private Pattern and(String text) {
            List<Integer> more = new ArrayList<>(tokens);
            text.codePoints().forEach(more::add);
            return new Pattern(more);
        }

        private BitSet start() {
            BitSet state = new BitSet(tokens.size() + 1);
            state.set(0);
            return closed(state);
        }

        private BitSet closed(BitSet state) {
            for (int i = state.nextSetBit(0); i >= 0 && i < tokens.size(); i = state.nextSetBit(i + 1)) {
                if (tokens.get(i) == RUN) {
                    state.set(i + 1);
                }
            }
            return state;
        }

        private BitSet next(BitSet state, int point) {
            BitSet next = new BitSet(tokens.size() + 1);
            for (int i = state.nextSetBit(0); i >= 0 && i < tokens.size(); i = state.nextSetBit(i + 1)) {
                int token = tokens.get(i);
                if (token == RUN) {
                    next.set(i);
                } else if (token == ONE || token == point) {
                    next.set(i + 1);
                }
            }
            return closed(next);
        }

        private boolean accepts(BitSet state) {
            return state.get(tokens.size());
        }
    }

    /**
     * What was found.
     *
     * @param texts a text for each combination
     * @param exact whether there is no other combination
     */
    record Found(List<String> texts, boolean exact) {}

    private record State(List<BitSet> states, int length) {}

    private final List<Pattern> patterns;
    private final Set<Integer> sizes;
    private final int counted;
    private final List<Integer> alphabet = new ArrayList<>();

    private TextMachine(List<Pattern> patterns, Set<Integer> sizes) {
        this.patterns = patterns;
        this.sizes = sizes;
        this.counted = sizes.stream().mapToInt(each -> each + 1).max().orElse(0);
        Set<Integer> named = new TreeSet<>();
        patterns.forEach(
                pattern -> pattern.tokens().stream().filter(token -> token >= 0).forEach(named::add));
        STRANGERS
                .chars()
                .filter(c -> !named.contains(c))
                .findFirst()
                .ifPresentOrElse(alphabet::add, () -> alphabet.add(stranger(named)));
        alphabet.addAll(named);
    }

    private static int stranger(Set<Integer> named) {
        int point = 'a';
        while (named.contains(point) || !Character.isLetter(point)) {
            point++;
        }
        return point;
    }

    /** Texts for all combinations of these patterns and of being as long as, shorter or longer than these sizes. */
    static Found find(List<Pattern> patterns, Set<Integer> sizes) {
        if (sizes.stream().anyMatch(size -> size > LONGEST)) {
            return new Found(List.of(), false);
        }
        return new TextMachine(List.copyOf(new LinkedHashSet<>(patterns)), sizes).walk();
    }

    /**
     * Texts of more than this length for all combinations of these patterns, of which none is a glob: where a character stands
     * that no pattern names, more of them change nothing, and with so much room every combination can have one.
     */
    static Found findLong(List<Pattern> patterns, int length) {
        TextMachine machine = new TextMachine(List.copyOf(new LinkedHashSet<>(patterns)), Set.of());
        String filler = Character.toString(machine.alphabet.get(0));
        List<Pattern> more = new ArrayList<>(machine.patterns);
        more.add(Pattern.has(filler));
        Found found = new TextMachine(more, Set.of()).walk(machine.alphabet);
        return new Found(
                found.texts().stream()
                        .filter(text -> text.contains(filler))
                        .map(text -> text.replace(filler, filler.repeat(length + 1)))
                        .toList(),
                found.exact());
    }

    private Found walk() {
        return walk(alphabet);
    }

    private Found walk(List<Integer> alphabet) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<State, String> seen = new HashMap<>();
        Deque<State> open = new ArrayDeque<>();
        State start = new State(patterns.stream().map(Pattern::start).toList(), 0);
        seen.put(start, "");
        open.add(start);
        long steps = 0;
        while (!open.isEmpty()) {
            State state = open.remove();
            String text = seen.getOrDefault(state, "");
            texts.putIfAbsent(accepted(state), text);
            for (int point : alphabet) {
                steps += patterns.size() + 1L;
                if (steps > MOST_STEPS) {
                    return new Found(List.copyOf(texts.values()), false);
                }
                List<BitSet> states = new ArrayList<>(patterns.size());
                for (int i = 0; i < patterns.size(); i++) {
                    states.add(patterns.get(i).next(state.states().get(i), point));
                }
                State next = new State(states, Math.min(state.length() + 1, counted));
                if (seen.putIfAbsent(next, text + Character.toString(point)) == null) {
                    open.add(next);
                }
            }
        }
        return new Found(List.copyOf(texts.values()), true);
    }

    private String accepted(State state) {
        StringBuilder accepted = new StringBuilder();
        for (int i = 0; i < patterns.size(); i++) {
            accepted.append(patterns.get(i).accepts(state.states().get(i)) ? '1' : '0');
        }
        for (int size : sizes) {
            accepted.append(Integer.signum(Integer.compare(state.length(), size)));
        }
        return accepted.toString();
    }
}
