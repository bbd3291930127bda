package io.jitapproval.core.feedback.replay;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Since when a history holds an attribute, by action. Before that it says nothing of it; from then on a decision without it tells that
 * the request had none. Of our own guard's decisions that is not so.
 */
final class Census {

    private static final int MOST_ACTIONS = 10_000;

    private final List<Path> paths = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, @Nullable Instant[]> since = new HashMap<>();

    /** The way to an attribute. */
    private record Path(String root, List<String> keys) {

        static Path of(String path) {
            int dot = path.indexOf('.');
            return new Path(
                    path.substring(0, dot), List.of(path.substring(dot + 1).split("\\.", -1)));
        }

        /** Also where it holds null: then it is on record that there is nothing. */
        boolean isIn(EvaluationRequest request) {
            Map<?, ?> at = switch (root) {
                case "subject" -> request.subject().properties();
                case "action" -> request.action().properties();
                case "resource" -> request.resource().properties();
                default -> request.context();
            };
            for (int i = 0; i < keys.size() - 1; i++) {
                if (!(at.get(keys.get(i)) instanceof Map<?, ?> below)) {
                    return false;
                }
                at = below;
            }
            return at.containsKey(keys.get(keys.size() - 1));
        }
    }

    private Census(Set<String> attributes) {
        for (String attribute : attributes) {
            numbers.put(attribute, paths.size());
            paths.add(Path.of(attribute));
        }
    }

    /** Goes through the history, unless there is nothing to look for. */
    static Census of(DecisionHistory history, Set<String> attributes) {
        Census census = new Census(attributes);
        if (!attributes.isEmpty()) {
            history.each(census::add);
        }
        return census;
    }

    private void add(PastDecision past) {
        String action = past.request().action().name();
        @Nullable Instant[] seen = since.get(action);
        if (seen == null) {
            if (since.size() == MOST_ACTIONS) {
                return;
            }
            seen = new Instant[paths.size()];
            since.put(action, seen);
        }
        for (int i = 0; i < seen.length; i++) {
            Instant first = seen[i];
            if ((first == null || past.opened().isBefore(first)) && paths.get(i).isIn(past.request())) {
                seen[i] = past.opened();
            }
        }
    }

    /**
     * Whether a decision that lacks the attribute tells that there was none. One of a guard of ours never does: it keeps what its policy
     * needed, and names what it asked for in vain.
     */
    boolean isRecorded(String attribute, PastDecision past) {
        Integer number = numbers.get(attribute);
        if (number == null) {
            return false;
        }
        if (paths.get(number).isIn(past.request())) {
            return true;
        }
        @Nullable Instant[] seen = since.get(past.request().action().name());
        Instant first = seen == null ? null : seen[number];
        return past.policy().isBlank() && first != null && !past.opened().isBefore(first);
    }
}
