package io.jitapproval.core.analysis;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.analysis.Dimension.Cell;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a request that fulfils a goal: tries the cells of one dimension after the other, and turns back where the goal
 * can no longer be reached. Then, if nothing was found where combinations may be unlisted, looks again in the wider space:
 * what is not even there is nowhere.
 *
 * @param <T> what the goal makes of the request
 */
final class Search<T> {

    /** Cells tried in one search. */
    static final int MOST_STEPS = 20_000;

    /** What is looked for. */
    interface Goal<T> {

        /**
         * The rules on which it still depends, the most telling first; null if it cannot be reached any more. When all of
         * them are decided, the goal is tested.
         *
         * @param masks what each rule may come out as
         */
        @Nullable
        List<RuleView> open(Map<RuleView, Integer> masks);

        /** Whether outcomes fulfil the goal; those of rules that it does not depend on may be any. */
        boolean isReached(Map<RuleView, Match> outcomes);

        /** What the goal makes of a request, asking the engine; empty if the engine sees it otherwise. */
        Optional<T> confirm(Example example);
    }

    /**
     * What came of it.
     *
     * @param found   what was found
     * @param unknown why nothing can be said though nothing was found; null if there is nothing
     */
    record Result<T>(Optional<T> found, @Nullable String unknown) {}

    private final Space space;
    private final Goal<T> goal;
    private final boolean confirming;
    private final int[] atoms;
    private final @Nullable Cell[] chosen;
    /** Outcomes of rules that do not fulfil the goal. */
    private final Set<Map<RuleView, Match>> hopeless = new HashSet<>();

    private int steps;
    private boolean disputed;
    private @Nullable T found;
    private boolean reached;

    private Search(Space space, Goal<T> goal, boolean confirming) {
        this.space = space;
        this.goal = goal;
        this.confirming = confirming;
        this.atoms = new int[space.atoms()];
        this.chosen = new Cell[space.dimensions().size()];
        for (int i = 0; i < chosen.length; i++) {
            open(space.dimensions().get(i));
        }
    }

    static <T> Result<T> find(Space space, List<RuleView> rules, Goal<T> goal) {
        Search<T> search = new Search<>(space, goal, true);
        search.walk(rules);
        T found = search.found;
        if (found != null) {
            return new Result<>(Optional.of(found), null);
        }
        if (search.steps > MOST_STEPS) {
            return new Result<>(Optional.empty(), "there are too many combinations to try");
        }
        if (search.disputed) {
            return new Result<>(Optional.empty(), "attributes that lie within each other cannot be set one by one");
        }
        String inexact = space.inexact();
        if (inexact == null) {
            return new Result<>(Optional.empty(), null);
        }
        Search<T> wider = new Search<>(space.freed(), goal, false);
        wider.walk(rules);
        boolean none = !wider.reached && wider.steps <= MOST_STEPS;
        return new Result<>(Optional.empty(), none ? null : "of " + inexact);
    }

    private void open(Dimension dimension) {
        for (int i = 0; i < dimension.atoms().length; i++) {
            int mask = 0;
            for (Cell cell : dimension.cells()) {
                mask |= cell.outcomes()[i];
            }
            atoms[dimension.atoms()[i]] = mask;
        }
    }

    /** Whether to stop. */
    private boolean walk(List<RuleView> rules) {
        if (++steps > MOST_STEPS) {
            return true;
        }
        Map<RuleView, Integer> masks = new LinkedHashMap<>();
        for (RuleView rule : rules) {
            Formula formula = space.formula(rule);
            masks.put(rule, formula == null ? Masks.NO : formula.possible(atoms));
        }
        List<RuleView> open = goal.open(masks);
        if (open == null) {
            return false;
        }
        Set<Integer> telling = new HashSet<>();
        int next = -1;
        for (RuleView rule : open) {
            Formula formula = space.formula(rule);
            if (formula != null && !Masks.isOne(masks.getOrDefault(rule, Masks.NO))) {
                formula.atoms(telling::add);
                next = next < 0 ? undecided(formula) : next;
            }
        }
        return next < 0 ? leaf(masks) : branch(rules, next, telling);
    }

    private int undecided(Formula formula) {
        int[] first = {-1};
        formula.atoms(atom -> {
            int dimension = space.dimensionOf(atom);
            if (first[0] < 0 && chosen[dimension] == null) {
                first[0] = dimension;
            }
        });
        return first[0];
    }

    private boolean branch(List<RuleView> rules, int number, Set<Integer> telling) {
        Dimension dimension = space.dimensions().get(number);
        Set<List<Integer>> seen = new HashSet<>();
        for (Cell cell : dimension.cells()) {
            List<Integer> kind = new ArrayList<>();
            for (int i = 0; i < dimension.atoms().length; i++) {
                if (telling.contains(dimension.atoms()[i])) {
                    kind.add(cell.outcomes()[i]);
                }
            }
            if (!seen.add(kind)) {
                continue;
            }
            chosen[number] = cell;
            for (int i = 0; i < dimension.atoms().length; i++) {
                atoms[dimension.atoms()[i]] = cell.outcomes()[i];
            }
            if (walk(rules)) {
                return true;
            }
        }
        chosen[number] = null;
        open(dimension);
        return false;
    }

    private boolean leaf(Map<RuleView, Integer> masks) {
        Map<RuleView, Match> outcomes = new LinkedHashMap<>();
        masks.forEach((rule, mask) -> outcomes.put(rule, Masks.isOne(mask) ? Masks.match(mask) : Match.NOT_MATCHED));
        if (hopeless.contains(outcomes)) {
            return false;
        }
        if (!goal.isReached(outcomes)) {
            hopeless.add(outcomes);
            return false;
        }
        reached = true;
        if (!confirming) {
            return true;
        }
        List<Cell> cells = Arrays.stream(chosen).filter(Objects::nonNull).toList();
        Example example = space.example(cells);
        Optional<T> confirmed = example == null ? Optional.empty() : goal.confirm(example);
        disputed |= confirmed.isEmpty();
        found = confirmed.orElse(null);
        return confirmed.isPresent();
    }
}
