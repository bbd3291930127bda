package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.replay.Proposal;
import io.jitapproval.core.feedback.replay.Replay;
import io.jitapproval.core.feedback.replay.Replay.Options;
import io.jitapproval.core.feedback.replay.Simulation;
import io.jitapproval.core.policy.Situation.Question;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds of a replay, whatever the policy is. */
@Label("replay: laws over generated policies and requests")
class ReplayedPolicyLawsTest {

    private static final Proposal NOTHING_PROPOSED =
            Proposal.read(List.of(new PolicyText("empty.yaml", "rules: []")), List.of());

    @Provide
    Arbitrary<Trial> trials() {
        return Trial.any();
    }

    @Label("a policy that is compared with what it decided itself has no flips")
    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void itself(@ForAll("trials") Trial trial, @ForAll long seed) {
        Past past = Past.of(trial, new Random(seed), moment -> moment);
        Simulation simulation = Replay.run(past.proposal(), past, Options.ALL);
        assertThat(simulation.flips().changed()).isZero();
        assertThat(simulation.denyToApprove()).isEmpty();
        assertThat(simulation.decisions()).isEqualTo(past.all.size());
    }

    @Label("a fragment without rules flips nothing and covers nothing")
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void nothing(@ForAll("trials") Trial trial, @ForAll long seed) {
        Past past = Past.of(trial, new Random(seed), moment -> moment);
        Simulation simulation = Replay.run(NOTHING_PROPOSED, past, Options.ALL);
        assertThat(simulation.fragment()).isTrue();
        assertThat(simulation.flips().changed()).isZero();
        assertThat(simulation.people().covered()).isZero();
        assertThat(simulation.evaluable()).isEqualTo(past.all.size());
    }

    @Label("the same policy and history give the same result, and every evaluable decision is in one class")
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void deterministic(@ForAll("trials") Trial trial, @ForAll("trials") Trial other, @ForAll long seed) {
        Past past = Past.of(trial, new Random(seed), moment -> moment);
        Proposal proposal = Past.proposal(other.situations().get(0));
        Simulation simulation = Replay.run(proposal, past, Options.ALL);
        assertThat(Replay.run(Past.proposal(other.situations().get(0)), past, Options.ALL))
                .isEqualTo(simulation);
        assertThat(simulation.flips().changed() + simulation.flips().unchanged()).isEqualTo(simulation.evaluable());
        assertThat(simulation.unevaluable().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(simulation.decisions() - simulation.evaluable());
        assertThat(simulation.denyToApprove()).hasSize((int) simulation.flips().denyToApprove());
    }

    @Label("the law is sharp: a twin that asks at another moment than the decision's finds flips")
    @Example
    void twinThatAsksToday() {
        Random random = new Random(7);
        boolean found = false;
        for (int i = 0; i < 300 && !found; i++) {
            Past past = Past.of(
                    Trial.random(random, Trial.QUESTIONS), random, moment -> moment.plus(Duration.ofHours(4_003)));
            found = Replay.run(past.proposal(), past, Options.ALL).flips().changed() > 0;
        }
        assertThat(found).isTrue();
    }

    /** What a policy decided itself, as it stands on record. */
    private static final class Past implements DecisionHistory {

        private final Situation situation;
        private final List<PastDecision> all = new ArrayList<>();

        private Past(Situation situation) {
            this.situation = situation;
        }

        static Past of(Trial trial, Random random, UnaryOperator<Instant> clock) {
            List<Situation> situations = trial.situations();
            Past past = new Past(situations.get(0));
            Policy policy = past.situation.policy();
            Enforced enforced = Enforced.of(policy);
            for (Situation each : situations) {
                past.add(policy, enforced, each.question(), random, clock);
            }
            return past;
        }

        static Proposal proposal(Situation situation) {
            return Proposal.read(List.of(new PolicyText("generated.json", situation.document())), List.of());
        }

        Proposal proposal() {
            return proposal(situation);
        }

        private void add(
                Policy policy, Enforced enforced, Question question, Random random, UnaryOperator<Instant> clock) {
            Decision decision = policy.evaluate(question.request(), question.now(), question.lookup());
            boolean permitted = decision instanceof Decision.Permit;
            boolean asks = decision instanceof Decision.ApprovalRequired;
            Result result = asks
                    ? List.of(Result.APPROVED, Result.DENIED, Result.EXPIRED).get(random.nextInt(3))
                    : permitted ? Result.APPROVED : Result.DENIED;
            Route route = asks ? Route.PEOPLE : decision.reason() == Reason.AUTO_APPROVED ? Route.RULE : Route.POLICY;
            List<Object> unknown = new ArrayList<>();
            String id = "d" + all.size();
            all.add(new PastDecision(
                    id,
                    "made:" + all.size(),
                    clock.apply(question.now()),
                    Optional.of(question.now()),
                    onRecord(question, enforced, unknown),
                    result,
                    route,
                    List.of(),
                    decision.rules(),
                    policy.version(),
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Outcome.UNKNOWN,
                    OptionalDouble.empty(),
                    "",
                    unknown.isEmpty() ? Map.of() : Map.of("unknown", unknown)));
        }

        /** With what resolvers answered; what failed is named as unknown, and what there was not is null. */
        private static EvaluationRequest onRecord(Question question, Enforced enforced, List<Object> unknown) {
            EvaluationRequest request = question.request();
            Map<String, Map<String, Object>> roots = new LinkedHashMap<>();
            roots.put("subject", new LinkedHashMap<>(request.subject().properties()));
            roots.put("action", new LinkedHashMap<>(request.action().properties()));
            roots.put("resource", new LinkedHashMap<>(request.resource().properties()));
            roots.put("context", new LinkedHashMap<>(request.context()));
            for (String path : enforced.attributes()) {
                String[] keys = path.split("\\.", 2);
                Map<String, Object> root = roots.get(keys[0]);
                Object answer = question.answers().get(path);
                boolean isThere = root.get(keys[1].split("\\.", 2)[0]) != null;
                if (answer == Situation.FAILS) {
                    unknown.add(path);
                } else if (!isThere && !keys[1].contains(".")) {
                    root.put(keys[1], answer);
                }
            }
            return new EvaluationRequest(
                    new Subject(request.subject().type(), request.subject().id(), roots.get("subject")),
                    request.actors(),
                    new Action(request.action().name(), roots.get("action")),
                    new Resource(request.resource().type(), request.resource().id(), roots.get("resource")),
                    roots.get("context"));
        }

        @Override
        public void each(Consumer<PastDecision> each) {
            Collections.unmodifiableList(all).forEach(each);
        }

        @Override
        public String name() {
            return "made";
        }
    }
}
