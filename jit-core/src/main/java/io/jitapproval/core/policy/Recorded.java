package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of a request the record keeps: those that the policy names in its conditions for the action, and those that the
 * application chose, without those that it excludes. Nothing is fetched for it. Immutable.
 */
public final class Recorded {

    /** Only what the policy names. */
    public static final Recorded NAMED = new Recorded(List.of(), List.of());

    /** The roots below which the record keeps attributes; what the action has are its arguments. */
    private static final List<String> ROOTS = List.of("subject", "resource", "context");

    /** An attribute that holds more values than this is not kept, but named as unknown. */
    private static final int MOST_VALUES = 1_000;

    private static final int DEEPEST = 32;
    private static final String UNKNOWN = "unknown";

    private final List<String> chosen;
    private final List<String> excluded;

    private Recorded(List<String> chosen, List<String> excluded) {
        this.chosen = chosen;
        this.excluded = excluded;
    }

    /**
     * Reads what the application wants.
     *
     * @param patterns paths, each with what is below it, or beginnings that end in a star; with an exclamation mark before them, what
     *                 is to be left out in any case
     * @return what to keep
     * @throws IllegalArgumentException if one of them is no path that could ever be kept
     */
    public static Recorded of(List<String> patterns) {
        List<String> chosen = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        for (String pattern : patterns) {
            boolean out = pattern.startsWith("!");
            String path = out ? pattern.substring(1) : pattern;
            int star = path.indexOf('*');
            String begin = star < 0 ? path : path.substring(0, star);
            boolean reachable = Attribute.ROOTS.stream()
                    .filter(root -> out || ROOTS.contains(root))
                    .anyMatch(root -> begin.equals(root)
                            || begin.startsWith(root + ".")
                            || (star >= 0 && root.startsWith(begin)));
            if (path.isBlank() || (star >= 0 && star < path.length() - 1) || !reachable) {
                throw new IllegalArgumentException(
                        "an attribute to record is a path below subject, resource or context such as"
                                + " 'subject.department', or a beginning such as 'subject.*', but was '" + pattern
                                + "'");
            }
            (out ? excluded : chosen).add(path);
        }
        return chosen.isEmpty() && excluded.isEmpty() ? NAMED : new Recorded(chosen, excluded);
    }

    /**
     * What the record keeps of one evaluation.
     *
     * @param policy  the policy that decided
     * @param request the request
     * @param lookup  what the evaluation fetched; nothing more is
     * @param hidden  the names of the action's properties whose values must not be shown
     * @return the attributes by root and name, with {@code unknown}, the paths that were asked for and not known; empty if there is
     *         nothing to keep
     */
    public Map<String, Object> of(
            Policy policy, EvaluationRequest request, AttributeLookup lookup, Set<String> hidden) {
        List<Attribute> named = policy.named(request.action().name());
        if (named.isEmpty() && chosen.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        List<Object> unknown = new ArrayList<>();
        if (!chosen.isEmpty()) {
            choose("subject", request.subject().properties(), kept, unknown);
            choose("resource", request.resource().properties(), kept, unknown);
            choose("context", request.context(), kept, unknown);
        }
        AttributeLookup known = lookup.sealed();
        for (Attribute attribute : named) {
            if (!attribute.isArgument(request) && !attribute.isHidden(hidden) && !isIn(excluded, attribute.head())) {
                put(attribute, request, known, kept, unknown);
            }
        }
        if (!unknown.isEmpty()) {
            kept.put(UNKNOWN, unknown);
        }
        return kept;
    }

    private void choose(
            String root,
            Map<String, ? extends @Nullable Object> properties,
            Map<String, Object> kept,
            List<Object> unknown) {
        Map<String, Object> some = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            String path = root + "." + name;
            try {
                Object copy = new Copy().of(path, value, isIn(chosen, path), 0);
                if (copy != null) {
                    some.put(name, copy);
                }
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Error | RuntimeException unreadable) {
                unknown.add(path);
            }
        });
        if (!some.isEmpty()) {
            kept.put(root, some);
        }
    }

    private void put(
            Attribute attribute,
            EvaluationRequest request,
            AttributeLookup known,
            Map<String, Object> kept,
            List<Object> unknown) {
        try {
            Object value = attribute.held(request, known);
            if (value == Absent.NOT_NEEDED) {
                return;
            }
            Object copy = value instanceof Absent ? null : new Copy().of(attribute.head(), value, true, 0);
            if (value instanceof Absent) {
                unknown.add(attribute.head());
            } else if (copy != null) {
                put(kept, attribute.head().split("\\.", -1), copy);
            }
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error | RuntimeException unreadable) {
            // A collection of the application that throws when read, or one that holds too much: the record must not
            // change the answer.
            unknown.add(attribute.head());
        }
    }

    @SuppressWarnings("unchecked") // every map in here was made in here
    private static void put(Map<String, Object> kept, String[] keys, Object value) {
        Map<String, Object> at = kept;
        for (int i = 0; i < keys.length - 1; i++) {
            Object next = at.computeIfAbsent(keys[i], any -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map)) {
                return;
            }
            at = (Map<String, Object>) next;
        }
        at.put(keys[keys.length - 1], value);
    }

    private static boolean isIn(List<String> patterns, String path) {
        for (String pattern : patterns) {
            boolean fits = pattern.endsWith("*")
                    ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                    : path.equals(pattern) || path.startsWith(pattern + ".");
            if (fits) {
                return true;
            }
        }
        return false;
    }

    /** Copies one value, so that nobody changes it behind the record's back. Inside of lists a path goes on without an index. */
    private final class Copy {

        private int values;

        @Nullable
        Object of(String path, @Nullable Object value, boolean wanted, int depth) {
            if (value == null || isIn(excluded, path)) {
                return null;
            }
            if (++values > MOST_VALUES || depth > DEEPEST) {
                throw new IllegalStateException("more than the record keeps");
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> {
                    String below = path + "." + key;
                    Object one = of(below, each, wanted || isIn(chosen, below), depth + 1);
                    if (one != null) {
                        copy.put(String.valueOf(key), one);
                    }
                });
                return copy.isEmpty() && !(wanted && map.isEmpty()) ? null : copy;
            }
            if (!wanted) {
                return null;
            }
            if (value instanceof Collection<?> list) {
                List<Object> copy = new ArrayList<>();
                for (Object each : list) {
                    Object one = of(path, each, true, depth + 1);
                    if (one != null) {
                        copy.add(one);
                    }
                }
                return copy;
            }
            String text = Values.text(value);
            return text != null
                    ? text
                    : isValue(value) ? value : "⟨" + value.getClass().getName() + "⟩";
        }

        private static boolean isValue(Object value) {
            return value instanceof Number
                    || value instanceof Boolean
                    || value instanceof TemporalAccessor
                    || value instanceof Duration;
        }
    }
}
