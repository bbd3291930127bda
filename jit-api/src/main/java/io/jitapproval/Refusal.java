package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Why a guarded action did not run. Every {@link JitApprovalException} carries one. It holds no argument's value except
 * in the explanation, where sensitive ones are hidden.
 *
 * @param reason      why, as a stable code and word
 * @param action      the action's name
 * @param subject     who wanted to act, as {@code type/id}; {@code unknown} if that is the reason
 * @param resource    on what, as {@code type/id}
 * @param requestId   the approval request, if there is one
 * @param rules       the ids of the rules that decided
 * @param policy      the version of the policy; empty where none was asked
 * @param detail      what else is known, as a sentence without full stop; may be empty
 * @param advice      what the caller can do, as a sentence; may be empty
 * @param explanation why policy decided so
 */
public record Refusal(
        Reason reason,
        String action,
        String subject,
        String resource,
        Optional<String> requestId,
        List<String> rules,
        String policy,
        String detail,
        String advice,
        Explanation explanation) {

    /**
     * Checks that everything is there and copies the list.
     *
     * @param reason      as above
     * @param action      as above
     * @param subject     as above
     * @param resource    as above
     * @param requestId   as above
     * @param rules       as above
     * @param policy      as above
     * @param detail      as above
     * @param advice      as above
     * @param explanation as above
     */
    public Refusal {
        requireNonNull(reason, "reason");
        requireNonNull(action, "action");
        requireNonNull(subject, "subject");
        requireNonNull(resource, "resource");
        requireNonNull(requestId, "requestId");
        rules = List.copyOf(rules);
        requireNonNull(policy, "policy");
        requireNonNull(detail, "detail");
        requireNonNull(advice, "advice");
        requireNonNull(explanation, "explanation");
    }

    /** {@return the refusal as one message: code, what, why, details, what to do} */
    public String message() {
        StringBuilder text = new StringBuilder(160)
                .append('[')
                .append(reason.code())
                .append("] ")
                .append(action);
        if (!resource.equals(Resource.NONE.ref().toString())) {
            text.append(" on ").append(resource);
        }
        text.append(" by ").append(subject).append(" did not run: ").append(reason.text());
        if (!rules.isEmpty()) {
            text.append(rules.size() == 1 ? " (rule " : " (rules ")
                    .append(String.join(", ", rules))
                    .append(')');
        }
        if (!detail.isEmpty()) {
            text.append("; ").append(detail);
        }
        text.append('.');
        if (!advice.isEmpty()) {
            text.append(' ').append(advice);
        }
        return text.toString();
    }
}
