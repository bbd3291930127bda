package io.jitapproval.core.feedback.replay;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A history made for a test: refunds, one an hour from {@link #START} on unless said otherwise. */
final class Pasts implements DecisionHistory {

    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final List<PastDecision> all = new ArrayList<>();

    List<PastDecision> all() {
        return all;
    }

    One one(Route route, Result result) {
        return new One(route, result);
    }

    @Override
    public void each(Consumer<PastDecision> each) {
        all.forEach(each);
    }

    @Override
    public String name() {
        return "past.jsonl";
    }

    /** One decision while it is being made. */
    final class One {

        private final Route route;
        private final Result result;
        private final Map<String, Object> subject = new LinkedHashMap<>();
        private final Map<String, Object> context = new LinkedHashMap<>();
        private final Map<String, Object> more = new LinkedHashMap<>();
        private String who = "ana";
        private String action = "payment.refund";
        private int amount = 10;
        private Instant opened = START.plus(Duration.ofHours(all.size()));
        private Optional<Duration> wait = Optional.empty();
        private OptionalDouble probability = OptionalDouble.empty();
        private Outcome outcome = Outcome.UNKNOWN;
        private String policy = "";

        private One(Route route, Result result) {
            this.route = route;
            this.result = result;
        }

        One amount(int other) {
            amount = other;
            return this;
        }

        One by(String subjectId) {
            who = subjectId;
            return this;
        }

        One action(String other) {
            action = other;
            return this;
        }

        One at(Instant other) {
            opened = other;
            return this;
        }

        One subject(String name, Object value) {
            subject.put(name, value);
            return this;
        }

        One context(String name, Object value) {
            context.put(name, value);
            return this;
        }

        One more(String name, Object value) {
            more.put(name, value);
            return this;
        }

        One wait(Duration other) {
            wait = Optional.of(other);
            return this;
        }

        One probability(double other) {
            probability = OptionalDouble.of(other);
            return this;
        }

        One outcome(Outcome other) {
            outcome = other;
            return this;
        }

        One policy(String version) {
            policy = version;
            return this;
        }

        void add() {
            add(1);
        }

        void add(int times) {
            for (int i = 0; i < times; i++) {
                boolean people = route == Route.PEOPLE || route == Route.AUDIT;
                int number = all.size() + 1;
                all.add(new PastDecision(
                        "d" + number,
                        "past.jsonl:" + number,
                        opened,
                        wait.map(opened::plus),
                        new EvaluationRequest(
                                new Subject("user", who, subject),
                                List.of(),
                                new Action(action, Map.of("amount", amount)),
                                Resource.of("order", String.valueOf(number)),
                                context),
                        result,
                        route,
                        people && result != Result.EXPIRED
                                ? List.of(new Voice(
                                        Ref.user("mia"), result == Result.APPROVED, opened, Optional.empty(), false))
                                : List.of(),
                        List.of(),
                        policy,
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        outcome,
                        probability,
                        "",
                        more));
            }
        }
    }
}
