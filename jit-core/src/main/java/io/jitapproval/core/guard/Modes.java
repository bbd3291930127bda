package io.jitapproval.core.guard;

import io.jitapproval.Rollout;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which actions are enforced. The longest pattern that fits an action decides; an exact name is longer than any prefix. */
final class Modes {

    private static final String ANY = "*";

    private final Map<String, Rollout> exact = new LinkedHashMap<>();
    private final List<Map.Entry<String, Rollout>> prefixes;

    Modes(Map<String, Rollout> patterns) {
        Map<String, Rollout> open = new LinkedHashMap<>();
        patterns.forEach((pattern, mode) -> {
            if (pattern.endsWith(ANY)) {
                open.put(pattern.substring(0, pattern.length() - 1), mode);
            } else {
                exact.put(pattern, mode);
            }
        });
        prefixes = open.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
                .toList();
    }

    Rollout of(String action) {
        if (exact.isEmpty() && prefixes.isEmpty()) {
            return Rollout.ENFORCE;
        }
        @Nullable Rollout named = exact.get(action);
        if (named != null) {
            return named;
        }
        return prefixes.stream()
                .filter(entry -> action.startsWith(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(Rollout.ENFORCE);
    }

    boolean enforces(String action) {
        return of(action) == Rollout.ENFORCE;
    }
}
