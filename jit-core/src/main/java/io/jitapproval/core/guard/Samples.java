package io.jitapproval.core.guard;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps beside a request that it is a blind sample, or what shadow rules would have said of it, in the step that makes the request. Whoever
 * watches those rules compares that with what people say; approvers are never shown it.
 */
final class Samples {

    /** The kind of entry; its key is the request's id. */
    static final String KIND = "sampled";

    /** For so long after its decide-by somebody may look what became of it. */
    private static final Duration KEPT = Duration.ofDays(7);

    private Samples() {}

    /** What belongs beside a request whose record has these details; nothing if it is neither. */
    static List<StoreEntry> of(ApprovalRequest request, Map<String, Object> details) {
        Map<String, String> data = new LinkedHashMap<>();
        if (details.get("audited") instanceof String rule) {
            data.put("audited", rule);
            data.put("probability", String.valueOf(details.get("probability")));
        }
        if (details.get("shadow") instanceof String answer && details.get("shadowRules") instanceof List<?> rules) {
            data.put("shadow", answer);
            data.put(
                    "shadowRules",
                    String.join("\n", rules.stream().map(String::valueOf).toList()));
        }
        if (data.isEmpty()) {
            return List.of();
        }
        data.put("call", request.matchKey());
        return List.of(
                new StoreEntry(KIND, request.id(), data, request.decideBy().plus(KEPT)));
    }
}
