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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answers what, after how long.
 *
 * @param startsAt when the simulated clock starts; empty for the real time
 * @param between  how much simulated time passes between two requests
 * @param standIns who votes in whose place
 * @param answers  the answers; every one that matches a request is given, the earliest first
 */
record Script(Optional<Instant> startsAt, Duration between, List<Away> standIns, List<Answer> answers) {

    /**
     * Somebody is away, and somebody else votes in their place.
     *
     * @param person  who is away
     * @param standIn who votes in their place
     * @param from    the first instant of it
     * @param until   from this instant on no more
     * @param place   where the script says so
     */
    record Away(Ref person, Ref standIn, Instant from, Instant until, Json.Place place) {}

    /** What somebody does about a request. */
    enum Act {
        VOTE,
        COMMENT,
        QUESTION,
        INFORM,
        WITHDRAW,
        TAKE_BACK,
        REVIEW,
        OBJECT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it says something that must not be empty. */
        boolean speaks() {
            return this == COMMENT || this == QUESTION || this == INFORM || this == OBJECT;
        }

        /** Whether it is about an emergency that is over. */
        boolean reviews() {
            return this == REVIEW || this == OBJECT;
        }
    }

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
     * @param act       what it does
     * @param verdict   what it says, if it is a vote
     * @param after     how long after the question
     * @param reason    why; may be empty
     * @param within    a shorter time for the grant
     * @param uses      fewer uses for the grant
     * @param scope     a narrower scope for the grant
     * @param ceilings  what numbers may be at most
     * @param first     whether the voter looks no more at the request before voting than when it was asked
     * @param meanwhile what somebody puts into the caller's own list or object arguments right before the answer
     */
    record Answer(
            Match match,
            Ref by,
            Act act,
            Verdict verdict,
            Duration after,
            String reason,
            Optional<Duration> within,
            Optional<Integer> uses,
            Optional<GrantScope> scope,
            Map<String, BigDecimal> ceilings,
            boolean first,
            Map<String, @Nullable Object> meanwhile) {

        Optional<GrantTerms> narrowed(GrantTerms asked) {
            return within.isEmpty() && uses.isEmpty() && scope.isEmpty() && ceilings.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GrantTerms(
                            scope.orElse(asked.scope()),
                            within.orElse(asked.within()),
                            uses.orElse(asked.uses()),
                            asked.clock(),
                            ceilings));
        }
    }

    static Ref identity(String text) {
        return text.indexOf('/') < 0 ? Ref.user(text) : Ref.parse(text);
    }
}
