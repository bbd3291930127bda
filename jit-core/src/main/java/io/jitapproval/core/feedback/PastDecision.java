package io.jitapproval.core.feedback;

import static java.util.Objects.requireNonNull;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the past, with what was known when it was made.
 *
 * @param id          the approval request, or what the history calls it; unique within a history
 * @param origin      where it stands, as {@code file:line}, so that every number can be traced
 * @param opened      when it was asked
 * @param decided     when it was decided; empty while it is open
 * @param request     subject, actors, action, resource and context with their attributes as they were when it was asked. What was
 *                    not named then has the id {@link #UNNAMED}; hidden values are not in it
 * @param result      how it ended
 * @param route       who or what decided
 * @param voices      the votes of people in their order, those that were taken back left out
 * @param rules       the rules that decided, or that made people be asked
 * @param policy      the version of the policy; blank if not known
 * @param asked       who was told of it and could answer; empty if not known
 * @param queueDepth  how many requests waited for a decision when it was asked, itself not counted; empty if not known
 * @param decideBy    by when it had to be decided; empty if not known
 * @param grant       what became of the grant; empty if there was none or it is not known
 * @param outcome     what the application said later
 * @param probability the probability with which people were asked, given what was known, in [0, 1]; empty if not known, which
 *                    for a decision by people without an automatic rule means 1
 * @param reason      what the requester said; blank if nothing
 * @param more        fields of an imported history that nobody knows, kept as they are
 */
public record PastDecision(
        String id,
        String origin,
        Instant opened,
        Optional<Instant> decided,
        EvaluationRequest request,
        Result result,
        Route route,
        List<Voice> voices,
        List<String> rules,
        String policy,
        List<Ref> asked,
        OptionalInt queueDepth,
        Optional<Instant> decideBy,
        Optional<GrantUse> grant,
        Outcome outcome,
        OptionalDouble probability,
        String reason,
        Map<String, @Nullable Object> more) {

    /** The id of a subject, a resource or a person that the history does not name. */
    public static final String UNNAMED = "?";

    /**
     * Checks that everything is there and copies the collections.
     *
     * @param id          as above
     * @param origin      as above
     * @param opened      as above
     * @param decided     as above
     * @param request     as above
     * @param result      as above
     * @param route       as above
     * @param voices      as above
     * @param rules       as above
     * @param policy      as above
     * @param asked       as above
     * @param queueDepth  as above
     * @param decideBy    as above
     * @param grant       as above
     * @param outcome     as above
     * @param probability as above
     * @param reason      as above
     * @param more        as above
     */
    public PastDecision {
        requireNonNull(id, "id");
        requireNonNull(origin, "origin");
        requireNonNull(opened, "opened");
        requireNonNull(decided, "decided");
        requireNonNull(request, "request");
        requireNonNull(result, "result");
        requireNonNull(route, "route");
        voices = List.copyOf(voices);
        rules = List.copyOf(rules);
        requireNonNull(policy, "policy");
        asked = List.copyOf(asked);
        requireNonNull(queueDepth, "queueDepth");
        requireNonNull(decideBy, "decideBy");
        requireNonNull(grant, "grant");
        requireNonNull(outcome, "outcome");
        requireNonNull(probability, "probability");
        requireNonNull(reason, "reason");
        more = more.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** How it ended. */
    public enum Result {
        /** It was approved. */
        APPROVED,
        /** It was denied. */
        DENIED,
        /** Nobody decided in time. */
        EXPIRED,
        /** The requester withdrew it. */
        CANCELLED,
        /** It failed for a reason that says nothing about the request. */
        FAILED,
        /** It is still open. */
        PENDING
    }

    /** Who or what decided. */
    public enum Route {
        /** People were asked. */
        PEOPLE,
        /** People were asked although a rule would have approved: a blind sample. */
        AUDIT,
        /** A rule approved in people's place. No evidence of what people would have said. */
        RULE,
        /** Policy answered without any approval, by a standing permission or a denial. No evidence either. */
        POLICY,
        /** Somebody broke the glass. */
        BREAK_GLASS,
        /** The history does not say. */
        UNKNOWN
    }

    /** What the application said of the action later. */
    public enum Outcome {
        /** Nothing was said. */
        UNKNOWN,
        /** It was right. */
        OK,
        /** It was undone. */
        REVERSED,
        /** It did harm. */
        INCIDENT
    }

    /**
     * One person's vote.
     *
     * @param person   who, as the canonical person
     * @param approved whether they approved; an abstention is no voice
     * @param at       when
     * @param took     how long after they could first answer; empty if not known
     * @param reason   whether they gave a reason
     */
    public record Voice(Ref person, boolean approved, Instant at, Optional<Duration> took, boolean reason) {

        /**
         * Checks that everything is there.
         *
         * @param person   as above
         * @param approved as above
         * @param at       as above
         * @param took     as above
         * @param reason   as above
         */
        public Voice {
            requireNonNull(person, "person");
            requireNonNull(at, "at");
            requireNonNull(took, "took");
        }
    }

    /**
     * What became of a grant.
     *
     * @param id        the grant
     * @param from      from when it could be used
     * @param until     when it would have ended by itself
     * @param ended     when it ended otherwise (revoked, returned); empty if it did not
     * @param revokedBy who revoked it; empty if nobody did
     * @param maxUses   how many uses it had; 0 if not known
     * @param uses      how many uses began
     * @param firstUse  when the first use began; empty if there was none
     * @param lastUse   when the last use began or ended; empty if there was none
     */
    public record GrantUse(
            String id,
            Instant from,
            Instant until,
            Optional<Instant> ended,
            Optional<Ref> revokedBy,
            int maxUses,
            int uses,
            Optional<Instant> firstUse,
            Optional<Instant> lastUse) {

        /**
         * Checks that everything is there.
         *
         * @param id        as above
         * @param from      as above
         * @param until     as above
         * @param ended     as above
         * @param revokedBy as above
         * @param maxUses   as above
         * @param uses      as above
         * @param firstUse  as above
         * @param lastUse   as above
         */
        public GrantUse {
            requireNonNull(id, "id");
            requireNonNull(from, "from");
            requireNonNull(until, "until");
            requireNonNull(ended, "ended");
            requireNonNull(revokedBy, "revokedBy");
            requireNonNull(firstUse, "firstUse");
            requireNonNull(lastUse, "lastUse");
        }
    }

    /** Whether people said yes or no to it: only that is evidence of what people would say. */
    public boolean isLabelled() {
        return (route == Route.PEOPLE || route == Route.AUDIT)
                && (result == Result.APPROVED || result == Result.DENIED);
    }

    /** {@return whether it was approved} */
    public boolean isApproved() {
        return result == Result.APPROVED;
    }

    /** {@return the ids without any value} */
    @Override
    public String toString() {
        return id + " (" + origin + ") " + result + " by " + route;
    }
}
