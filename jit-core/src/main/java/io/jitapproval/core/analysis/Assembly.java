package io.jitapproval.core.analysis;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds a request in which given attributes have given values. What no request can carry, such as a path that goes on
 * behind a text which is itself compared, is left to providers.
 */
final class Assembly {

    /** Attributes that every request has, as text. */
    static final Set<String> BUILT_IN =
            Set.of("subject.id", "subject.type", "resource.id", "resource.type", "action.name");

    private static final Pattern INDEX = Pattern.compile("\\d{1,3}");
    private static final String PROJECTION = "*";

    private final Map<String, Map<String, Object>> roots = new LinkedHashMap<>();
    private final Map<String, Object> provided = new TreeMap<>();
    private final Set<String> failing = new TreeSet<>();

    private Assembly() {
        List.of("subject", "action", "resource", "context").forEach(root -> roots.put(root, new LinkedHashMap<>()));
    }

    /** The example; attributes that are not named are missing, and the moment, if it is not named, is the given one. */
    static Example build(String action, Map<String, Sample> samples, Instant moment) {
        return new Assembly().example(action, samples, moment);
    }

    private Example example(String action, Map<String, Sample> samples, Instant moment) {
        Map<String, List<String>> groups = new TreeMap<>();
        samples.forEach((path, sample) -> {
            if (sample.state() == Sample.State.FAILED) {
                failing.add(head(path));
            } else if (sample.state() == Sample.State.VALUE && !BUILT_IN.contains(path) && !path.equals("time")) {
                groups.computeIfAbsent(group(path), any -> new ArrayList<>()).add(path);
            }
        });
        groups.values().forEach(paths -> place(paths, samples));
        EvaluationRequest request = new EvaluationRequest(
                new Subject(
                        text(samples, "subject.type", "user"), text(samples, "subject.id", "someone"), root("subject")),
                List.of(),
                new Action(action, root("action")),
                new Resource(
                        text(samples, "resource.type", Resource.NONE.type()),
                        text(samples, "resource.id", Resource.NONE.id()),
                        root("resource")),
                root("context"));
        Sample time = samples.get("time");
        Instant now = time != null && time.value() instanceof Instant instant ? instant : moment;
        return new Example(request, now, provided, failing);
    }

    /** What providers are asked for: the path up to where it goes through a list. */
    private static String head(String path) {
        StringJoiner head = new StringJoiner(".");
        for (String key : path.split("\\.", -1)) {
            if (isStep(key)) {
                break;
            }
            head.add(key);
        }
        return head.toString();
    }

    private Map<String, Object> root(String name) {
        return roots.getOrDefault(name, Map.of());
    }

    private static String text(Map<String, Sample> samples, String path, String otherwise) {
        Sample sample = samples.get(path);
        return sample != null && sample.value() instanceof String text ? text : otherwise;
    }

    private static String group(String path) {
        int second = path.indexOf('.', path.indexOf('.') + 1);
        return second < 0 ? path : path.substring(0, second);
    }

    private void place(List<String> paths, Map<String, Sample> samples) {
        boolean together = paths.size() == 1 || !entangled(paths);
        for (String path : paths) {
            Object value = samples.getOrDefault(path, Sample.MISSING).value();
            if (value == null) {
                continue;
            }
            String[] keys = path.split("\\.", -1);
            // What models say no request can carry.
            if (!together || keys[0].equals("evidence") || !put(root(keys[0]), keys, 1, value)) {
                provided.put(path, value);
            }
        }
    }

    private static boolean entangled(List<String> paths) {
        for (String path : paths) {
            for (String key : path.split("\\.", -1)) {
                if (isStep(key)) {
                    return true;
                }
            }
            for (String other : paths) {
                if (other.startsWith(path + ".")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isStep(String key) {
        return key.equals(PROJECTION) || INDEX.matcher(key).matches();
    }

    /** Puts the value in place; false if no request can hold it there. */
    @SuppressWarnings("unchecked")
    private static boolean put(Map<String, Object> map, String[] keys, int at, Object value) {
        if (at == keys.length - 1 || isStep(keys[at + 1])) {
            Object held = at == keys.length - 1 ? value : list(keys, at + 1, value);
            return held != null && map.putIfAbsent(keys[at], held) == null;
        }
        Object below = map.computeIfAbsent(keys[at], key -> new LinkedHashMap<String, Object>());
        return below instanceof Map && put((Map<String, Object>) below, keys, at + 1, value);
    }

    /** The list behind a key of which {@code keys[at]} takes one or all elements. */
    private static @Nullable Object list(String[] keys, int at, Object value) {
        if (keys[at].equals(PROJECTION)) {
            if (!(value instanceof List<?> values)) {
                return null;
            }
            List<Object> elements = new ArrayList<>();
            for (Object each : values) {
                Object element = element(keys, at, each);
                if (element == null) {
                    return null;
                }
                elements.add(element);
            }
            return elements;
        }
        Object element = element(keys, at, value);
        if (element == null) {
            return null;
        }
        List<Object> elements = new ArrayList<>(Collections.nCopies(Integer.parseInt(keys[at]), "other"));
        elements.add(element);
        return elements;
    }

    private static @Nullable Object element(String[] keys, int at, Object value) {
        if (at == keys.length - 1) {
            return value;
        }
        if (isStep(keys[at + 1])) {
            return list(keys, at + 1, value);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        return put(map, keys, at + 1, value) ? map : null;
    }
}
