package io.jitapproval.cli;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Requirement;
import io.jitapproval.core.explain.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as AuthZEN 1.0 writes them. A requestable denial carries {@code access_request} in the shape of draft 1 of the
 * Access Request and Approval Profile; people's words stand in its {@code display}, the only place that draft leaves open.
 */
final class DecisionJson {

    /** How long the hint that approval can be asked for stays good. */
    static final Duration REQUESTABLE = Duration.ofMinutes(10);

    private static final int BAD_REQUEST = 400;

    private DecisionJson() {}

    static Map<String, @Nullable Object> of(Decision decision, EvaluationRequest request, Instant time) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("reason", decision.reason().word());
        context.put("rules", decision.rules());
        context.put("policy", decision.policy());
        if (!decision.obligations().isEmpty()) {
            context.put("obligations", Terms.obligations(decision));
        }
        if (decision instanceof Decision.ApprovalRequired asks
                && !asks.requirement().votes().unreachable()) {
            context.put("evaluation_id", EvaluationId.of(decision.policy(), request, time));
            context.put("evaluated_at", time.toString());
            context.put("access_request", accessRequest(asks, request, time));
        }
        return answer(decision.kind() == Decision.Kind.PERMIT, context);
    }

    private static Map<String, @Nullable Object> accessRequest(
            Decision.ApprovalRequired asks, EvaluationRequest request, Instant time) {
        Requirement requirement = asks.requirement();
        String because = Terms.because(asks);
        Map<String, @Nullable Object> display = new LinkedHashMap<>();
        display.put("title", "Approval required");
        display.put(
                "description",
                (because.isEmpty() ? "" : because + " ")
                        + "Asks " + Terms.asks(requirement)
                        + ". Gives "
                        + Terms.gives(requirement.grant(), request.action().name()) + ".");
        Map<String, @Nullable Object> accessRequest = new LinkedHashMap<>();
        accessRequest.put("template", asks.rules().isEmpty() ? "default" : String.join(" ", asks.rules()));
        accessRequest.put("expires_at", time.plus(REQUESTABLE).toString());
        accessRequest.put("display", display);
        return accessRequest;
    }

    /** The answer to what is no request: never more than no. */
    static Map<String, @Nullable Object> error(List<ConfigurationProblem> problems) {
        ConfigurationProblem first = problems.get(0);
        String message = first.code() + " " + first.what().lines().findFirst().orElse("");
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("status", BAD_REQUEST);
        error.put("message", message);
        return answer(false, Map.of("error", error));
    }

    private static Map<String, @Nullable Object> answer(boolean decision, Map<String, @Nullable Object> context) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("decision", decision);
        answer.put("context", context);
        return answer;
    }
}
