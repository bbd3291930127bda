package io.jitapproval.core.feedback.insight;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A history that is made up, one decision after the other. */
final class Made implements DecisionHistory {

    static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant BEGIN = END.minus(Duration.ofDays(100));

    private final List<PastDecision> decisions = new ArrayList<>();

    /** One more, an approval by people unless changed; call {@link One#add}. */
    One one(Instant opened) {
        return new One(opened);
    }

    int size() {
        return decisions.size();
    }

    @Override
    public void each(Consumer<PastDecision> each) {
        decisions.forEach(each);
    }

    @Override
    public String name() {
        return "made";
    }

    Findings find() {
        return find(InsightSettings.DEFAULT);
    }

    Findings find(InsightSettings settings) {
        return Insights.find(this, Optional.empty(), settings);
    }

    Findings find(String policy) {
        return Insights.find(this, Optional.of(policy(policy)), InsightSettings.DEFAULT);
    }

    static Policy policy(String text) {
        return Policy.parse(new PolicyText("made.json", text));
    }

    final class One {
        private final Instant opened;
        private Duration wait = Duration.ofMinutes(5);
        private Subject subject = Subject.user("mia");
        private Action action = Action.of("deploy");
        private Resource resource = Resource.of("app", "shop");
        private final java.util.Map<String, Object> context = new java.util.HashMap<>();
        private Result result = Result.APPROVED;
        private Route route = Route.PEOPLE;
        private final List<Voice> voices = new ArrayList<>();
        private List<String> rules = List.of();
        private String policy = "";
        private List<Ref> asked = List.of();
        private Optional<Instant> decideBy = Optional.empty();
        private Optional<GrantUse> grant = Optional.empty();
        private Outcome outcome = Outcome.UNKNOWN;

        One(Instant opened) {
            this.opened = opened;
        }

        One subject(String id, String department) {
            subject = Subject.user(id);
            if (!department.isEmpty()) {
                subject = subject.with("department", department);
            }
            return this;
        }

        One action(String name) {
            action = Action.of(name);
            return this;
        }

        One resource(String type, String id) {
            resource = Resource.of(type, id);
            return this;
        }

        One context(String name, Object value) {
            context.put(name, value);
            return this;
        }

        One result(Result other) {
            result = other;
            return this;
        }

        One approved(boolean yes) {
            return result(yes ? Result.APPROVED : Result.DENIED);
        }

        One route(Route other) {
            route = other;
            return this;
        }

        One wait(Duration other) {
            wait = other;
            return this;
        }

        One by(String person, boolean yes, Duration took) {
            voices.add(new Voice(Ref.user(person), yes, opened.plus(wait), Optional.of(took), false));
            return this;
        }

        One by(String person) {
            return by(person, result == Result.APPROVED, wait);
        }

        One rules(String... ids) {
            rules = List.of(ids);
            return this;
        }

        One policy(String version) {
            policy = version;
            return this;
        }

        One asked(Ref... people) {
            asked = List.of(people);
            return this;
        }

        One decideWithin(Duration within) {
            decideBy = Optional.of(opened.plus(within));
            return this;
        }

        One outcome(Outcome other) {
            outcome = other;
            return this;
        }

        /** A grant from when it was asked, used first and last after so long; negative for never. */
        One grant(Duration length, int maxUses, int uses, Duration first, Duration last) {
            boolean used = !last.isNegative();
            grant = Optional.of(new GrantUse(
                    "g" + decisions.size(),
                    opened,
                    opened.plus(length),
                    Optional.empty(),
                    Optional.empty(),
                    maxUses,
                    used ? uses : 0,
                    used ? Optional.of(opened.plus(first)) : Optional.empty(),
                    used ? Optional.of(opened.plus(last)) : Optional.empty()));
            return this;
        }

        PastDecision add() {
            String id = "r" + decisions.size();
            PastDecision decision = new PastDecision(
                    id,
                    "made:" + (decisions.size() + 1),
                    opened,
                    result == Result.PENDING ? Optional.empty() : Optional.of(opened.plus(wait)),
                    new EvaluationRequest(subject, List.of(), action, resource, Map.copyOf(context)),
                    result,
                    route,
                    voices,
                    rules,
                    policy,
                    asked,
                    OptionalInt.empty(),
                    decideBy,
                    grant,
                    outcome,
                    OptionalDouble.empty(),
                    "",
                    Map.of());
            decisions.add(decision);
            return decision;
        }
    }
}
