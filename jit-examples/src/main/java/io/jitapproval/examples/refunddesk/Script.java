package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answers what, after how long.
 *
 * @param startsAt when the simulated clock starts; empty for the real time
 * @param between  how much simulated time passes between two requests
 * @param answers  the answers; every one that matches a request is given, the earliest first
 */
record Script(Optional<Instant> startsAt, Duration between, List<Answer> answers) {

    static final Script SILENT = new Script(Optional.empty(), Duration.ZERO, List.of());

    /**
     * Which requests an answer is for; what is empty matches all.
     *
     * @param action    the action's name, or a beginning of it that ends in {@code *}
     * @param resource  {@code type/id}, or a beginning of it that ends in {@code *}
     * @param subject   {@code type/id}, or the id of a user
     * @param arguments arguments that must have exactly these values
     */
    record Match(
            Optional<String> action,
            Optional<String> resource,
            Optional<String> subject,
            Map<String, @Nullable Object> arguments) {

        boolean matches(ApprovalRequest request) {
            return action.map(pattern -> fits(pattern, request.action())).orElse(true)
                    && resource.map(pattern -> fits(pattern, request.resource().toString()))
                            .orElse(true)
                    && subject.map(text -> identity(text).equals(request.subject()))
                            .orElse(true)
                    && arguments.entrySet().stream()
                            .allMatch(wanted -> shows(request, wanted.getKey(), wanted.getValue()));
        }

        private static boolean fits(String pattern, String text) {
            return pattern.endsWith("*")
                    ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                    : text.equals(pattern);
        }

        private static boolean shows(ApprovalRequest request, String name, @Nullable Object wanted) {
            for (ShownArgument argument : request.arguments()) {
                if (argument.name().equals(name) && !argument.hidden()) {
                    Object value = argument.value();
                    if (wanted instanceof BigDecimal number && value instanceof BigDecimal other) {
                        return number.compareTo(other) == 0;
                    }
                    return String.valueOf(wanted).equals(String.valueOf(value));
                }
            }
            return false;
        }
    }

    /**
     * One answer.
     *
     * @param match     which requests it is for
     * @param by        who gives it
     * @param verdict   what it says
     * @param after     how long after the question
     * @param reason    why; may be empty
     * @param within    a shorter time for the grant
     * @param uses      fewer uses for the grant
     * @param scope     a narrower scope for the grant
     * @param meanwhile what somebody puts into the caller's own list or object arguments right before the answer
     */
    record Answer(
            Match match,
            Ref by,
            Verdict verdict,
            Duration after,
            String reason,
            Optional<Duration> within,
            Optional<Integer> uses,
            Optional<GrantScope> scope,
            Map<String, @Nullable Object> meanwhile) {

        Optional<GrantTerms> narrowed(GrantTerms asked) {
            return within.isEmpty() && uses.isEmpty() && scope.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GrantTerms(
                            scope.orElse(asked.scope()),
                            within.orElse(asked.within()),
                            uses.orElse(asked.uses()),
                            asked.clock()));
        }
    }

    static Ref identity(String text) {
        return text.indexOf('/') < 0 ? Ref.user(text) : Ref.parse(text);
    }
}
