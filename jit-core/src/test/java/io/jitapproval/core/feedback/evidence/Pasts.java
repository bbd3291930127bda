package io.jitapproval.core.feedback.evidence;

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
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Histories made by hand. */
final class Pasts {

    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private Pasts() {}

    static DecisionHistory of(List<PastDecision> decisions) {
        return new DecisionHistory() {
            @Override
            public void each(Consumer<PastDecision> each) {
                decisions.forEach(each);
            }

            @Override
            public String name() {
                return "by hand";
            }
        };
    }

    static List<PastDecision> list(DecisionHistory history) {
        List<PastDecision> all = new ArrayList<>();
        history.each(all::add);
        return all;
    }

    static Learner.Settings settings(How how, double maxWrong) {
        return new Learner.Settings(maxWrong, 0.95, how, "m", Optional.empty(), decision -> false);
    }

    static Learnt learn(List<PastDecision> decisions, How how, double maxWrong) {
        return Learner.learn(of(decisions), settings(how, maxWrong));
    }

    static Suggestion only(Learnt learnt, Form form) {
        return learnt.suggestions().stream()
                .filter(each -> each.form() == form)
                .findFirst()
                .orElseThrow();
    }

    /** The score from which on a suggestion lets through. */
    static double threshold(Suggestion suggestion) {
        Map<?, ?> when = (Map<?, ?>) suggestion.rules().get(0).get("when");
        return ((Number) ((Map<?, ?>) when.get("evidence.m.score")).get("atLeast")).doubleValue();
    }

    static boolean letsThrough(Learnt learnt, Suggestion suggestion, PastDecision decision) {
        EvidenceModel model = learnt.model().orElseThrow();
        return suggestion.passed()
                && !model.isNovel(decision.request())
                && model.score(decision.request()) >= threshold(suggestion);
    }

    /** A decision, all of whose parts are usual until said otherwise. */
    static final class One {

        private String subject = "ana";
        private String decider = "mia";
        private String action = "payment.refund";
        private String resource = "order/1";
        private Instant at = START;
        private boolean approved = true;
        private Outcome outcome = Outcome.UNKNOWN;
        private Route route = Route.PEOPLE;
        private Map<String, @Nullable Object> about = Map.of();
        private Map<String, @Nullable Object> arguments = Map.of();

        One by(String id) {
            subject = id;
            return this;
        }

        One decidedBy(String id) {
            decider = id;
            return this;
        }

        One action(String name) {
            action = name;
            return this;
        }

        One on(String typeAndId) {
            resource = typeAndId;
            return this;
        }

        One at(Instant time) {
            at = time;
            return this;
        }

        One denied() {
            approved = false;
            return this;
        }

        One approved(boolean yes) {
            approved = yes;
            return this;
        }

        One later(Outcome what) {
            outcome = what;
            return this;
        }

        One route(Route how) {
            route = how;
            return this;
        }

        One about(Map<String, @Nullable Object> properties) {
            about = properties;
            return this;
        }

        One with(Map<String, @Nullable Object> properties) {
            arguments = properties;
            return this;
        }

        PastDecision number(int number) {
            String[] target = resource.split("/", -1);
            boolean named = !decider.isEmpty();
            Instant decided = at.plus(Duration.ofMinutes(10));
            return new PastDecision(
                    "d" + number,
                    "hand:" + number,
                    at,
                    Optional.of(decided),
                    new EvaluationRequest(
                            new Subject("user", subject, about),
                            List.of(),
                            new Action(action, arguments),
                            new Resource(target[0], target[1], Map.of()),
                            Map.of()),
                    approved ? Result.APPROVED : Result.DENIED,
                    route,
                    named
                            ? List.of(new Voice(new Ref("user", decider), approved, decided, Optional.empty(), false))
                            : List.of(),
                    List.of(),
                    "",
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    outcome,
                    OptionalDouble.empty(),
                    "",
                    Map.of());
        }
    }

    /** So many decisions of several people on several days, in teams whose requests are all approved or all denied. */
    static List<PastDecision> clean(int size) {
        List<PastDecision> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(ordinary(i).number(i));
        }
        return all;
    }

    static One ordinary(int i) {
        boolean bad = i % 11 == 0;
        return new One()
                .by("user-" + i % 17)
                .decidedBy("boss-" + i % 5)
                .on("order/" + i)
                .at(START.plus(Duration.ofMinutes(37L * i)))
                .about(Map.of("team", bad ? "bad" : "team-" + i % 4))
                .approved(!bad);
    }
}
