package io.jitapproval.core.feedback.history;

import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of the import format. Read in any case; written as the first one that stands for a thing. */
final class Vocabulary {

    static final List<String> RESULTS = List.of("approved", "denied", "expired", "cancelled", "failed", "pending");
    static final List<String> ROUTES = List.of("people", "audit", "rule", "policy", "break-glass", "unknown");
    static final List<String> OUTCOMES = List.of("ok", "reversed", "incident", "unknown");

    private static final Map<String, Result> RESULT = Map.ofEntries(
            Map.entry("approved", Result.APPROVED),
            Map.entry("approve", Result.APPROVED),
            Map.entry("denied", Result.DENIED),
            Map.entry("deny", Result.DENIED),
            Map.entry("rejected", Result.DENIED),
            Map.entry("expired", Result.EXPIRED),
            Map.entry("cancelled", Result.CANCELLED),
            Map.entry("canceled", Result.CANCELLED),
            Map.entry("withdrawn", Result.CANCELLED),
            Map.entry("failed", Result.FAILED),
            Map.entry("pending", Result.PENDING));

    private static final Map<String, Route> ROUTE = Map.of(
            "people", Route.PEOPLE,
            "audit", Route.AUDIT,
            "rule", Route.RULE,
            "policy", Route.POLICY,
            "break-glass", Route.BREAK_GLASS,
            "unknown", Route.UNKNOWN);

    private static final Map<String, Outcome> OUTCOME = Map.of(
            "ok", Outcome.OK,
            "reversed", Outcome.REVERSED,
            "incident", Outcome.INCIDENT,
            "unknown", Outcome.UNKNOWN);

    private static final Map<String, Route> DECIDERS = Map.ofEntries(
            Map.entry("person", Route.PEOPLE),
            Map.entry("people", Route.PEOPLE),
            Map.entry("human", Route.PEOPLE),
            Map.entry("manager", Route.PEOPLE),
            Map.entry("approver", Route.PEOPLE),
            Map.entry("reviewer", Route.PEOPLE),
            Map.entry("rule", Route.RULE),
            Map.entry("policy", Route.RULE),
            Map.entry("auto", Route.RULE),
            Map.entry("automatic", Route.RULE),
            Map.entry("machine", Route.RULE),
            Map.entry("system", Route.RULE),
            Map.entry("audit", Route.AUDIT),
            Map.entry("break-glass", Route.BREAK_GLASS));

    private Vocabulary() {}

    static @Nullable Result result(String word) {
        return RESULT.get(lower(word));
    }

    static @Nullable Route route(String word) {
        return ROUTE.get(lower(word));
    }

    static @Nullable Outcome outcome(String word) {
        return OUTCOME.get(lower(word));
    }

    /** What a word for who decided stands for; null if it is the id of a person. */
    static @Nullable Route decider(String word) {
        return DECIDERS.get(lower(word));
    }

    static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    static String word(Route route) {
        return route.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
