package io.jitapproval.core.feedback.evidence;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What no evidence opens. None of it is a setting. */
final class Gates {

    /** One subject may supply so much of all evidence. */
    static final double FLOOD = 0.02;

    private static final int LEAST_SUBJECTS = 3;
    private static final int LEAST_DECIDERS = 2;
    private static final int LEAST_DAYS = 2;
    private static final double MOST_OF_ONE = 0.25;
    private static final Set<String> OWN = Set.of("jit", "policy", "policies", "break-glass", "breakglass");
    private static final Set<String> RIGHTS = Set.of(
            "permission",
            "permissions",
            "privilege",
            "privileges",
            "role",
            "roles",
            "iam",
            "entitlement",
            "entitlements");
    private static final Set<String> GIVING =
            Set.of("grant", "assign", "add", "attach", "set", "create", "update", "edit", "change", "elevate", "give");
    private static final Set<String> TOO_RISKY = Set.of("high", "critical", "irreversible");
    private static final Set<String> RISKS = Set.of("risk", "risklevel", "risktier");

    private final Optional<Policy> policy;

    Gates(Optional<Policy> policy) {
        this.policy = policy;
    }

    /** Whether an action edits policy, gives rights away or is an emergency by its name. */
    static boolean isClosed(String action) {
        List<String> parts = Arrays.asList(action.toLowerCase(Locale.ROOT).split("[.:/]", -1));
        return parts.stream().anyMatch(OWN::contains)
                || (parts.stream().anyMatch(RIGHTS::contains) && parts.stream().anyMatch(GIVING::contains));
    }

    /** Whether policy, the action's name or its risk close a request to machines. */
    boolean isClosed(PastDecision decision) {
        EvaluationRequest request = decision.request();
        return isClosed(request.action().name())
                || isRisky(request.action().properties())
                || isRisky(request.resource().properties())
                || isRisky(request.context())
                || isClosedByPolicy(decision);
    }

    private boolean isClosedByPolicy(PastDecision decision) {
        if (policy.isEmpty()) {
            return false;
        }
        Decision answer = policy.get().evaluate(decision.request(), decision.opened(), AttributeLookup.NONE);
        if (answer instanceof Decision.Deny) {
            return true;
        }
        return (answer instanceof Decision.ApprovalRequired asks
                        && asks.requirement().closedToMachines())
                || answer.rules().stream().anyMatch(rule -> policy.get().isHighRisk(rule));
    }

    private static boolean isRisky(Map<String, ? extends @Nullable Object> properties) {
        for (Map.Entry<String, ? extends @Nullable Object> each : properties.entrySet()) {
            String name =
                    each.getKey().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
            Object value = each.getValue();
            boolean risky = RISKS.contains(name)
                    && value != null
                    && TOO_RISKY.contains(value.toString().toLowerCase(Locale.ROOT));
            if (risky || (name.equals("irreversible") && Boolean.TRUE.equals(value))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Who stands behind what would be let through.
     *
     * @param decisions how many decisions
     * @param approved  how many of them were approved
     * @param subjects  how many named subjects
     * @param deciders  how many named deciders
     * @param days      on how many days
     * @param ofOne     the share of the subject that supplies most, of those that are named; 0 if none is
     */
    record Support(int decisions, int approved, int subjects, int deciders, int days, double ofOne) {}

    static Support support(Rows rows, int[] members) {
        Set<Integer> subjects = new HashSet<>();
        Set<Integer> deciders = new HashSet<>();
        Set<Integer> days = new HashSet<>();
        Map<Integer, Integer> times = new HashMap<>();
        int approved = 0;
        int named = 0;
        for (int member : members) {
            int row = rows.order()[member];
            approved += rows.approved(row) ? 1 : 0;
            days.add(rows.day(row));
            if (rows.decider(row) > 0) {
                deciders.add(rows.decider(row));
            }
            if (rows.subject(row) > 0) {
                subjects.add(rows.subject(row));
                times.merge(rows.subject(row), 1, Integer::sum);
                named++;
            }
        }
        int most = times.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return new Support(
                members.length,
                approved,
                subjects.size(),
                deciders.size(),
                days.size(),
                named == 0 ? 0 : (double) most / members.length);
    }

    /** Why what a support stands for stays closed; empty if nothing speaks against it. */
    static List<String> refusals(Support support) {
        List<String> refusals = new ArrayList<>();
        if (support.subjects() > 0 && support.subjects() < LEAST_SUBJECTS) {
            refusals.add("only " + support.subjects() + " subjects stand behind it: at least " + LEAST_SUBJECTS
                    + " are needed");
        }
        if (support.ofOne() > MOST_OF_ONE) {
            refusals.add("one subject supplies " + Figures.percent(support.ofOne()) + " of it: at most "
                    + Figures.percent(MOST_OF_ONE) + " are allowed");
        }
        if (support.deciders() > 0 && support.deciders() < LEAST_DECIDERS) {
            refusals.add("only one person decided all of it: at least " + LEAST_DECIDERS + " are needed");
        }
        if (support.days() < LEAST_DAYS) {
            refusals.add("all of it was decided on one day: at least " + LEAST_DAYS + " are needed");
        }
        return refusals;
    }

    /** What could not be checked, because the history does not say. */
    static List<String> unchecked(Support support) {
        List<String> unchecked = new ArrayList<>();
        if (support.subjects() == 0) {
            unchecked.add(
                    "the history does not name the subjects: whether one of them supplies it all was not checked");
        }
        if (support.deciders() == 0) {
            unchecked.add("the history does not name who decided: whether one person decided it all was not checked");
        }
        return unchecked;
    }

    static final Duration EXPIRY = Duration.ofDays(90);
}
