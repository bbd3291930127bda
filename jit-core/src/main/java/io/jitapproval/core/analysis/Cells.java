package io.jitapproval.core.analysis;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.analysis.Dimension.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds all that some atoms on the same attributes can come out as together, by asking the engine about chosen values. */
final class Cells {

    private static final int MOST_EXAMPLES = 20_000;
    private static final int MOST_EXACT_VARIABLES = 2;

    private final String action;
    private final Present present;
    private final Instant at;
    private final List<Atom> atoms = new ArrayList<>();
    private final int[] numbers;
    private final List<String> paths;
    private final List<List<String>> resources = new ArrayList<>();
    private final Set<Instant> edges;
    private List<Sample> moments = List.of();
    private @Nullable String inexact;

    Cells(
            String action,
            Present present,
            List<Atom> all,
            List<Integer> group,
            Map<String, List<String>> resources,
            Set<Instant> edges) {
        this.edges = edges;
        this.action = action;
        this.present = present;
        this.at = present.at();
        this.numbers = group.stream().mapToInt(Integer::intValue).toArray();
        Set<String> found = new LinkedHashSet<>();
        for (int number : group) {
            Atom atom = all.get(number);
            atoms.add(atom);
            found.addAll(atom.paths());
            List<String> patterns = resources.get(atom.key());
            if (patterns != null && atom.compare() == null) {
                this.resources.add(patterns);
            }
        }
        // Time first: the values of others may hang on it.
        found.remove("time");
        boolean onTime = atoms.stream().anyMatch(atom -> atom.paths().contains("time"));
        this.paths = new ArrayList<>(onTime ? List.of("time") : List.of());
        this.paths.addAll(new TreeSet<>(found));
    }

    Dimension dimension() {
        Sampler sampler = new Sampler(atoms, new TreeSet<>(paths), at, edges);
        List<List<Sample>> values = new ArrayList<>();
        for (String path : paths) {
            if (path.equals("time")) {
                Set<String> keys = atoms.stream().map(Atom::key).collect(Collectors.toSet());
                moments = present.moments(keys, () -> distinct(samples(sampler, path)));
                values.add(moments);
            } else {
                values.add(samples(sampler, path));
            }
        }
        judge(sampler);
        Map<String, Cell> cells = new LinkedHashMap<>();
        long many = 1;
        for (List<Sample> each : values) {
            many = Math.min(many * each.size(), Long.MAX_VALUE / 100_000);
        }
        if (many > MOST_EXAMPLES) {
            inexact("so many combinations of " + String.join(", ", paths));
        }
        int[] at = new int[paths.size()];
        long left = MOST_EXAMPLES;
        do {
            Map<String, Sample> samples = new LinkedHashMap<>();
            for (int i = 0; i < at.length; i++) {
                samples.put(paths.get(i), values.get(i).get(at[i]));
            }
            int[] outcomes = outcomes(samples);
            cells.putIfAbsent(key(outcomes), new Cell(outcomes, samples));
        } while (--left > 0 && next(at, values));
        return new Dimension(numbers, List.copyOf(cells.values()), inexact);
    }

    private List<Sample> samples(Sampler sampler, String path) {
        if (path.equals("action.name")) {
            return List.of(Sample.of(action));
        }
        Set<Sample> samples = new LinkedHashSet<>();
        if (path.equals("resource.type") || path.equals("resource.id")) {
            for (List<String> patterns : resources) {
                patterns.forEach(pattern ->
                        parts(pattern, path.equals("resource.type")).forEach(part -> samples.add(Sample.of(part))));
            }
        }
        if (!path.equals("time")) {
            for (Sample moment : moments) {
                relative((Instant) requireNonNull(moment.value()), sampler.pool())
                        .forEach(each -> samples.add(Sample.of(each.toString())));
            }
        }
        samples.addAll(sampler.of(path, sample -> key(outcomes(Map.of(path, sample)))));
        return List.copyOf(samples);
    }

    /** The types or ids that a pattern {@code type/id} or a beginning of it names, and one that only begins so. */
    private static List<String> parts(String pattern, boolean type) {
        boolean prefix = pattern.endsWith("*");
        String text = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        List<String> parts = new ArrayList<>();
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            parts.add(type ? text.substring(0, slash) : text.substring(slash + 1));
            if (prefix && !type) {
                parts.add(text.substring(slash + 1) + "1");
            }
        }
        if (prefix && type) {
            parts.add(text);
            parts.add(text + "s");
        }
        parts.removeIf(String::isBlank);
        return parts;
    }

    /** Moments around the present one that comparisons with it, or with a time so long ago, can tell apart. */
    private static List<Instant> relative(Instant now, Pool pool) {
        List<Instant> around = new ArrayList<>();
        for (Duration age : pool.agesAndNone()) {
            Instant then = now.minus(age);
            around.addAll(List.of(then.minusSeconds(1), then, then.plusSeconds(1)));
        }
        around.addAll(List.of(now.plusSeconds(60), now.plusSeconds(61)));
        return around;
    }

    /** Of the moments that no atom on the time alone can tell apart, the first. */
    private List<Sample> distinct(List<Sample> samples) {
        Map<String, Sample> kinds = new LinkedHashMap<>();
        Example some = Assembly.build(action, Map.of(), at);
        for (Sample sample : samples) {
            Instant moment = (Instant) requireNonNull(sample.value());
            int[] outcomes = outcomes(new Example(some.request(), moment, Map.of(), Set.of()));
            StringBuilder kind = new StringBuilder();
            for (int i = 0; i < outcomes.length; i++) {
                kind.append(atoms.get(i).paths().size() == 1 ? (char) ('0' + outcomes[i]) : ' ');
            }
            kinds.putIfAbsent(kind.toString(), sample);
        }
        return List.copyOf(kinds.values());
    }

    private void judge(Sampler sampler) {
        String why = sampler.pool().inexact();
        if (why != null) {
            inexact(why);
        }
        boolean withTime = paths.size() > 1 && paths.get(0).equals("time");
        if (paths.size() > MOST_EXACT_VARIABLES) {
            inexact("a chain of comparisons of " + String.join(", ", paths));
        } else if (withTime && !sampler.pool().scaled.isEmpty()) {
            inexact("the comparison of " + paths.get(1) + " both with a constant and with the present moment");
        }
    }

    private void inexact(String why) {
        inexact = inexact == null ? why : inexact;
    }

    private int[] outcomes(Map<String, Sample> samples) {
        return outcomes(Assembly.build(action, samples, at));
    }

    private int[] outcomes(Example example) {
        int[] outcomes = new int[atoms.size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = Masks.of(atoms.get(i).test().test(example));
        }
        return outcomes;
    }

    private static String key(int[] outcomes) {
        char[] key = new char[outcomes.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (char) ('0' + outcomes[i]);
        }
        return new String(key);
    }

    private static boolean next(int[] at, List<List<Sample>> values) {
        for (int i = at.length - 1; i >= 0; i--) {
            if (++at[i] < values.get(i).size()) {
                return true;
            }
            at[i] = 0;
        }
        return false;
    }
}
