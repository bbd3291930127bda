package io.jitapproval.core.feedback.history;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a line of the import format has said so far. */
final class Draft {

    private static final Resource NO_RESOURCE = Resource.of(LineReader.RESOURCE, PastDecision.UNNAMED);

    private final Line line;

    @Nullable
    String id;

    @Nullable
    Instant time;

    @Nullable
    Instant decidedAt;

    @Nullable
    Subject subject;

    @Nullable
    Action action;

    @Nullable
    Resource resource;

    @Nullable
    Result result;

    @Nullable
    Route route;

    @Nullable
    Deciders deciders;

    @Nullable
    List<Voice> votes;

    List<Subject> actors = List.of();
    Map<String, @Nullable Object> context = Map.of();
    List<String> rules = List.of();
    String policy = "";
    List<Ref> asked = List.of();
    OptionalInt queueDepth = OptionalInt.empty();
    Optional<Instant> decideBy = Optional.empty();
    Optional<GrantUse> grant = Optional.empty();
    Outcome outcome = Outcome.UNKNOWN;
    OptionalDouble probability = OptionalDouble.empty();
    String reason = "";
    Map<String, @Nullable Object> more = Map.of();

    Draft(Line line) {
        this.line = line;
    }

    void more(String name) {
        if (more.isEmpty()) {
            more = new LinkedHashMap<>();
        }
        line.put(more, name);
    }

    PastDecision decision(String origin) {
        Instant opened = required(time, "time", "\"time\": \"2026-01-31T12:00:00Z\"");
        Subject who = required(subject, "subject", "\"subject\": {\"type\": \"user\", \"id\": \"ana\"}");
        Action what = required(action, "action", "\"action\": {\"name\": \"payment.refund\"}");
        Result how = required(result, "decision", "\"decision\": \"approved\" or \"denied\"");
        if (how == Result.PENDING && decidedAt != null) {
            throw contradiction("'decidedAt' is there though the decision is pending: leave out one of them");
        }
        return new PastDecision(
                id == null ? origin : id,
                origin,
                opened,
                Optional.ofNullable(decidedAt),
                new EvaluationRequest(who, actors, what, resource == null ? NO_RESOURCE : resource, context),
                how,
                route(),
                voices(how, decidedAt == null ? opened : decidedAt),
                rules(),
                policy,
                asked,
                queueDepth,
                decideBy,
                grant,
                outcome,
                probability,
                reason,
                more);
    }

    private static boolean isAnswer(Result result) {
        return result == Result.APPROVED || result == Result.DENIED;
    }

    private <T> T required(@Nullable T value, String name, String example) {
        if (value == null) {
            throw new LineFault(HistoryCode.MISSING, 1, "'" + name + "' is missing: write " + example);
        }
        return value;
    }

    private static LineFault contradiction(String what) {
        return new LineFault(HistoryCode.CONTRADICTION, 1, what);
    }

    /** What {@code route} says, which may be narrower than what {@code decidedBy} does. */
    private Route route() {
        Route said = route;
        Route implied = deciders == null ? null : deciders.route();
        if (said == null) {
            boolean voted = votes != null && !votes.isEmpty();
            return implied != null ? implied : voted ? Route.PEOPLE : Route.UNKNOWN;
        }
        if (implied == null) {
            return said;
        }
        boolean fits = implied == said
                || (said == Route.AUDIT && implied == Route.PEOPLE)
                || (said == Route.POLICY && implied == Route.RULE);
        if (!fits) {
            throw contradiction("'route' is " + Vocabulary.word(said) + ", but 'decidedBy' says "
                    + Vocabulary.word(implied) + ": say one of them");
        }
        return said;
    }

    private List<Voice> voices(Result how, Instant at) {
        if (votes != null) {
            return votes;
        }
        if (deciders == null || !isAnswer(how)) {
            return List.of();
        }
        return deciders.people().stream()
                .map(person -> new Voice(person, how == Result.APPROVED, at, Optional.empty(), false))
                .toList();
    }

    private List<String> rules() {
        return rules.isEmpty() && deciders != null ? deciders.rules() : rules;
    }

    /**
     * What {@code decidedBy} says.
     *
     * @param route  who or what decided
     * @param people the people, if they are named
     * @param rules  the rules, if they are named
     */
    record Deciders(Route route, List<Ref> people, List<String> rules) {

        static Deciders of(Route route) {
            return new Deciders(route, List.of(), List.of());
        }
    }
}
