package io.jitapproval.core.analysis;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.policy.ConditionView;
import io.jitapproval.core.policy.ConditionView.Compare;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All requests for one action, as far as some rules can tell them apart. */
final class Space {

    private final String action;
    private final Instant at;
    private final List<Atom> atoms;
    private final List<Dimension> dimensions;
    private final Map<RuleView, Formula> formulas;
    private final int[] dimensionOf;

    private Space(
            String action, Instant at, List<Atom> atoms, List<Dimension> dimensions, Map<RuleView, Formula> formulas) {
        this.action = action;
        this.at = at;
        this.atoms = atoms;
        this.dimensions = dimensions;
        this.formulas = formulas;
        this.dimensionOf = new int[atoms.size()];
        for (int i = 0; i < dimensions.size(); i++) {
            for (int atom : dimensions.get(i).atoms()) {
                dimensionOf[atom] = i;
            }
        }
    }

    /** The space of these rules, all of which name the action, from this moment on. */
    static Space of(String action, Collection<RuleView> rules, Present present) {
        Builder builder = new Builder(action, present);
        Map<RuleView, Formula> formulas = new LinkedHashMap<>();
        rules.forEach(rule -> formulas.put(rule, builder.formula(rule)));
        return new Space(action, present.at(), builder.atoms, builder.dimensions(), formulas);
    }

    int atoms() {
        return atoms.size();
    }

    List<Dimension> dimensions() {
        return dimensions;
    }

    int dimensionOf(int atom) {
        return dimensionOf[atom];
    }

    @Nullable
    Formula formula(RuleView rule) {
        return formulas.get(rule);
    }

    /** Why the space may have more than is listed; null if it has not. */
    @Nullable
    String inexact() {
        return dimensions.stream()
                .map(Dimension::inexact)
                .filter(why -> why != null)
                .findFirst()
                .orElse(null);
    }

    /** The wider space in which atoms of unlisted combinations come out in any way, each by itself. */
    Space freed() {
        List<Dimension> free = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            if (dimension.inexact() == null) {
                free.add(dimension);
                continue;
            }
            for (int atom : dimension.atoms()) {
                List<Dimension.Cell> any = List.of(
                        new Dimension.Cell(new int[] {Masks.NO}, null),
                        new Dimension.Cell(new int[] {Masks.UNKNOWN}, null),
                        new Dimension.Cell(new int[] {Masks.YES}, null));
                free.add(new Dimension(new int[] {atom}, any, dimension.inexact()));
            }
        }
        return new Space(action, at, atoms, free, formulas);
    }

    Atom atom(int number) {
        return atoms.get(number);
    }

    /** What the atoms of a dimension make of an example. */
    int[] outcomes(Dimension dimension, Example example) {
        return Arrays.stream(dimension.atoms())
                .map(atom -> Masks.of(atoms.get(atom).test().test(example)))
                .toArray();
    }

    /** The space with other cells in place of these; null leaves a cell out, unless no cell of its dimension would be left. */
    Space with(Function<Dimension.Cell, Dimension.@Nullable Cell> change) {
        List<Dimension> others = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            List<Dimension.Cell> cells = new ArrayList<>();
            for (Dimension.Cell cell : dimension.cells()) {
                Dimension.Cell other = change.apply(cell);
                if (other != null) {
                    cells.add(other);
                }
            }
            List<Dimension.Cell> kept = cells.isEmpty() ? dimension.cells() : cells;
            others.add(new Dimension(dimension.atoms(), kept, dimension.inexact()));
        }
        return new Space(action, at, atoms, others, formulas);
    }

    /** An example of these cells; null if one of them has no values. */
    @Nullable
    Example example(Collection<Dimension.Cell> cells) {
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (Dimension.Cell cell : cells) {
            if (cell.samples() == null) {
                return null;
            }
            samples.putAll(cell.samples());
        }
        return Assembly.build(action, samples, at);
    }

    private static final class Builder {

        private final String action;
        private final Present present;
        private final List<Atom> atoms = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<String, List<String>> resources = new HashMap<>();
        /** The moments at which rules begin or end. */
        private final Set<Instant> edges = new LinkedHashSet<>();

        Builder(String action, Present present) {
            this.action = action;
            this.present = present;
        }

        private int number(Atom atom) {
            return numbers.computeIfAbsent(atom.key(), key -> {
                atoms.add(atom);
                return atoms.size() - 1;
            });
        }

        Formula formula(RuleView rule) {
            List<Formula> parts = new ArrayList<>();
            Instant from = rule.notBefore();
            Instant to = rule.expires();
            if (from != null || to != null) {
                Atom atom = new Atom(
                        "valid " + from + " " + to,
                        List.of("time"),
                        null,
                        example -> rule.isValid(example.time()) ? Match.MATCHED : Match.NOT_MATCHED);
                parts.add(new Formula.Leaf(number(atom)));
                Stream.of(from, to).filter(Objects::nonNull).forEach(edges::add);
            }
            if (!rule.resources().isEmpty()) {
                String key = "resource " + new TreeSet<>(rule.resources());
                Atom atom = new Atom(
                        key,
                        List.of("resource.type", "resource.id"),
                        null,
                        example -> rule.isOn(example.request()) ? Match.MATCHED : Match.NOT_MATCHED);
                parts.add(new Formula.Leaf(number(atom)));
                resources.computeIfAbsent(key, any -> List.copyOf(rule.resources()));
            }
            ConditionView when = rule.when();
            if (when != null) {
                parts.add(formula(when));
            }
            return parts.size() == 1 ? parts.get(0) : new Formula.All(parts);
        }

        private Formula formula(ConditionView condition) {
            if (condition instanceof ConditionView.All all) {
                return new Formula.All(all.parts().stream().map(this::formula).toList());
            }
            if (condition instanceof ConditionView.Any any) {
                return new Formula.Any(any.parts().stream().map(this::formula).toList());
            }
            if (condition instanceof ConditionView.Not not) {
                return new Formula.Not(formula(not.part()));
            }
            Compare compare = (Compare) condition;
            Set<String> paths = new LinkedHashSet<>();
            paths.add(compare.path());
            if (compare.other() != null) {
                paths.add(compare.other());
            }
            if (Pool.AGES.contains(compare.word()) || hasAge(compare.operand())) {
                paths.add("time");
            }
            return new Formula.Leaf(number(new Atom(
                    compare.key(),
                    List.copyOf(paths),
                    compare,
                    example -> compare.test().test(example.request(), example.time(), example.lookup()))));
        }

        private static boolean hasAge(Object operand) {
            return operand instanceof ConditionView.Inner inner
                    && inner.parts().stream().anyMatch(part -> Pool.AGES.contains(part.word()));
        }

        /** Attributes that are compared with each other come together. */
        List<Dimension> dimensions() {
            Map<String, String> leaders = new LinkedHashMap<>();
            for (Atom atom : atoms) {
                for (String path : atom.paths()) {
                    leaders.putIfAbsent(path, path);
                    String first = leader(leaders, atom.paths().get(0));
                    leaders.put(leader(leaders, path), first);
                }
            }
            Map<String, List<Integer>> groups = new LinkedHashMap<>();
            for (int i = 0; i < atoms.size(); i++) {
                String leader = leader(leaders, atoms.get(i).paths().get(0));
                groups.computeIfAbsent(leader, any -> new ArrayList<>()).add(i);
            }
            List<Dimension> dimensions = new ArrayList<>();
            for (List<Integer> group : groups.values()) {
                dimensions.add(new Cells(action, present, atoms, group, resources, edges).dimension());
            }
            return dimensions;
        }

        private static String leader(Map<String, String> leaders, String path) {
            String each = path;
            for (String next = leaders.get(each); next != null && !next.equals(each); next = leaders.get(each)) {
                each = next;
            }
            return each;
        }
    }
}
