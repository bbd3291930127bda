package io.jitapproval.core.analysis;

import io.jitapproval.core.policy.ConditionView.Compare;
import io.jitapproval.core.policy.ConditionView.Hours;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Chooses the values of attributes that hang together, so that every outcome of their comparisons is reached. */
final class Sampler {

    private static final int MOST_ELEMENTS = 10;
    private static final Set<String> OPERANDS_ARE_LISTS =
            Set.of("in", "notIn", "containsAny", "containsAll", "containsNone", "subsetOf");

    private final List<Atom> atoms;
    private final int variables;
    private final Instant at;
    private final Set<Instant> edges;
    private final Pool pool = new Pool();

    /** For the atoms on these attributes, from this moment on; rules begin and end at the edges. */
    Sampler(List<Atom> atoms, Set<String> paths, Instant at, Set<Instant> edges) {
        this.edges = edges;
        this.atoms = atoms;
        this.variables = paths.size();
        this.at = at;
        for (Atom atom : atoms) {
            if (atom.compare() != null) {
                pool.add(atom.compare());
            }
        }
    }

    Pool pool() {
        return pool;
    }

    /**
     * The values of one attribute, the most natural first.
     *
     * @param probe what the atoms make of the attribute having this value
     */
    List<Sample> of(String path, Function<Sample, String> probe) {
        if (path.equals("time")) {
            return moments().stream().map(Sample::of).toList();
        }
        Set<Sample> samples = new LinkedHashSet<>();
        List<Object> plain = pool.values(variables);
        if (Assembly.BUILT_IN.contains(path)) {
            plain.stream()
                    .filter(each -> each instanceof String text && !text.isBlank())
                    .forEach(each -> samples.add(Sample.of(each)));
            return List.copyOf(samples);
        }
        boolean isList = isList(path);
        if (isList) {
            lists(plain, probe).forEach(each -> samples.add(Sample.of(each)));
        }
        List<Sample> scalars = plain.stream().map(Sample::of).toList();
        if (!isList) {
            samples.addAll(scalars);
        }
        samples.add(Sample.MISSING);
        samples.addAll(scalars);
        pool.odd(variables).forEach(each -> samples.add(Sample.of(each)));
        samples.add(Sample.FAILED);
        return List.copyOf(samples);
    }

    private boolean isList(String path) {
        return atoms.stream().map(Atom::compare).anyMatch(compare -> {
            if (compare == null) {
                return false;
            }
            return compare.path().equals(path)
                    ? Pool.ON_LISTS.contains(compare.word()) || Pool.ON_SIZES.contains(compare.word())
                    : path.equals(compare.other()) && OPERANDS_ARE_LISTS.contains(compare.word());
        });
    }

    private List<Instant> moments() {
        List<Instant> named = new ArrayList<>(edges);
        List<Hours> windows = new ArrayList<>();
        for (Atom atom : atoms) {
            Compare compare = atom.compare();
            if (compare != null && compare.operand() instanceof Hours hours) {
                windows.add(hours);
            }
        }
        pool.scaled.stream()
                .filter(Instant.class::isInstance)
                .map(Instant.class::cast)
                .forEach(named::add);
        return Moments.from(at, named, windows);
    }

    /** Lists with every combination of elements that the atoms can tell apart. */
    private List<List<Object>> lists(List<Object> plain, Function<Sample, String> probe) {
        Map<String, Object> kinds = new LinkedHashMap<>();
        List<Object> elements = new ArrayList<>(plain);
        elements.add(Map.of());
        for (Object element : elements) {
            String kind = variables > 1 ? element.toString() : probe.apply(Sample.of(List.of(element)));
            if (!pool.together.isEmpty()) {
                kind += " " + element.getClass().getSimpleName() + (isTogether(element) ? " " + element : "");
            }
            kinds.putIfAbsent(kind, element);
        }
        List<Object> different = List.copyOf(kinds.values());
        List<List<Object>> lists = new ArrayList<>();
        if (different.size() <= MOST_ELEMENTS) {
            for (int chosen = 1; chosen <= 1 << different.size(); chosen++) {
                lists.add(chosen(different, chosen % (1 << different.size())));
            }
            lists.sort((a, b) -> Integer.compare(a.isEmpty() ? 99 : a.size(), b.isEmpty() ? 99 : b.size()));
        } else {
            pool.inexact("so many values of which a list may hold some");
            different.forEach(each -> lists.add(List.of(each)));
            for (int i = 0; i < different.size(); i++) {
                for (int j = 0; j < i; j++) {
                    lists.add(List.of(different.get(j), different.get(i)));
                }
            }
            lists.add(List.of());
            lists.add(different);
        }
        return sized(lists);
    }

    private boolean isTogether(Object element) {
        return element instanceof BigDecimal number
                ? pool.together.stream()
                        .anyMatch(each -> each instanceof BigDecimal other && other.compareTo(number) == 0)
                : pool.together.contains(element);
    }

    private static List<Object> chosen(List<Object> from, int bits) {
        List<Object> chosen = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            if ((bits & 1 << i) != 0) {
                chosen.add(from.get(i));
            }
        }
        return chosen;
    }

    /** Each list in every size that matters: an element may stand there several times. */
    private List<List<Object>> sized(List<List<Object>> lists) {
        Set<List<Object>> sized = new LinkedHashSet<>(lists);
        for (List<Object> list : lists) {
            for (int size : pool.sizes) {
                for (int each = Math.max(1, size); each <= size + 1; each++) {
                    if (!list.isEmpty() && each > list.size()) {
                        List<Object> padded = new ArrayList<>(list);
                        while (padded.size() < each) {
                            padded.add(list.get(list.size() - 1));
                        }
                        sized.add(padded);
                    }
                }
            }
        }
        return List.copyOf(sized);
    }
}
