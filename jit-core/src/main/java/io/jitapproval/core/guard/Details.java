package io.jitapproval.core.guard;

import io.jitapproval.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What records say about the decision behind them. */
final class Details {

    private Details() {}

    /** What the answer would be with the shadow rules, if one of them would count. */
    static Map<String, Object> of(Explanation explanation) {
        return of(explanation, List.of());
    }

    /** The same with the attributes of the call, if any belong on record. */
    static Map<String, Object> with(Map<String, Object> details, Call call) {
        Map<String, Object> attributes = call.attributes();
        if (attributes.isEmpty()) {
            return details;
        }
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.put("attributes", attributes);
        return all;
    }

    /** As above, for a use under a rule's grant: also with which probability people would have been asked. */
    static Map<String, Object> byRule(Map<String, Object> details, Call call) {
        Map<String, Object> all = with(details, call);
        Sampling.Draw draw = call.draw();
        if (draw == null) {
            return all;
        }
        Map<String, Object> more = new LinkedHashMap<>(all);
        more.putAll(draw.ofGrant());
        return more;
    }

    /** Also the ids of the obligations that were fulfilled. */
    static Map<String, Object> of(Explanation explanation, List<String> fulfilled) {
        if (fulfilled.isEmpty() && explanation.shadow().isEmpty()) {
            return Map.of();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        if (!fulfilled.isEmpty()) {
            details.put("obligations", fulfilled);
        }
        explanation.shadow().filter(Explanation.Shadow::counts).ifPresent(shadow -> {
            details.put("shadow", shadow.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            details.put("shadowReason", shadow.reason().word());
            details.put("shadowRules", shadow.rules());
        });
        return details;
    }
}
