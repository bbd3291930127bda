package io.jitapproval.walls.feedback;

import static io.jitapproval.walls.feedback.Bureau.ANA;
import static io.jitapproval.walls.feedback.Bureau.ASKS;
import static io.jitapproval.walls.feedback.Bureau.ID;
import static io.jitapproval.walls.feedback.Bureau.OLGA;
import static io.jitapproval.walls.feedback.Bureau.OWNERS;
import static io.jitapproval.walls.feedback.Bureau.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Rollout;
import io.jitapproval.Subject;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionDesk;
import io.jitapproval.core.SuggestionDesk.Answer;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: what is never accepted, whatever policy says")
class SuggestionRefusalsTest {

    private static final String RISK = "{\"id\": \"risky\", \"actions\": [\"pay\"], \"risk\": \"high\","
            + " \"effect\": \"require-approval\", \"approval\": {\"by\": {\"role\": \"FINANCE\"}}%s}";

    private static Reason accepted(Subject by, Proposal proposal) {
        try (Bureau bureau = Bureau.of(
                Bureau.SETTINGS.withShadowDecisions(0),
                ASKS,
                "{\"id\": \"anybody\", \"actions\": [\"jit.suggestion.*\"], \"effect\": \"allow\"}")) {
            assertThat(bureau.desk().propose(proposal).isDone()).isTrue();
            Reason reason = bureau.desk().accept(ID, by, "").reason();
            boolean inForce = bureau.filed().state() == State.IN_FORCE;
            assertThat(inForce).isEqualTo(reason == Reason.SUGGESTION_MOVED);
            assertThat(bureau.pay(1).decide().reason() == Reason.AUTO_APPROVED).isEqualTo(inForce);
            return reason;
        }
    }

    private static Proposal by(Ref... who) {
        return Bureau.proposal(300, 0.015, "run-1", Set.of(who), SMALL);
    }

    private static void checkBeneficiaries(UnaryOperator<Proposal> seen) {
        assertThat(accepted(Subject.user("ana"), seen.apply(by(ANA)))).isEqualTo(Reason.ACCEPTER_PROFITS);
        assertThat(accepted(Subject.of("slack", "U-ana"), seen.apply(by(ANA))))
                .as("by another account")
                .isEqualTo(Reason.ACCEPTER_PROFITS);
        assertThat(accepted(Subject.user("ana"), seen.apply(by(new Ref("agent", "bot"), new Ref("slack", "U-ana")))))
                .as("through an agent")
                .isEqualTo(Reason.ACCEPTER_PROFITS);
        assertThat(accepted(OLGA, seen.apply(by(ANA)))).isEqualTo(Reason.SUGGESTION_MOVED);
    }

    @Test
    @DisplayName("who profits does not accept, by whatever account; twin: nobody looks whose requests they were")
    void beneficiary() {
        checkBeneficiaries(proposal -> proposal);
        assertThatThrownBy(() -> checkBeneficiaries(proposal -> by(Ref.user("somebody-else"))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("neither machines nor strangers accept, nor anybody where it is not known who profits")
    void strangers() {
        assertThat(accepted(Subject.of("system", "monitor"), by(ANA))).isEqualTo(Reason.ACCEPTER_NO_PERSON);
        assertThat(accepted(Subject.of("agent", "olga"), by(ANA))).isEqualTo(Reason.ACCEPTER_NO_PERSON);
        assertThat(accepted(Subject.user("nobody"), by(ANA))).isEqualTo(Reason.ACCEPTER_NO_PERSON);
        assertThat(accepted(OLGA, by())).isEqualTo(Reason.BENEFICIARIES_UNKNOWN);
        assertThat(accepted(OLGA, by(ANA, Ref.user("?")))).isEqualTo(Reason.BENEFICIARIES_UNKNOWN);
    }

    @Test
    @DisplayName("what did not pass is not filed: not by its own word, nor by its numbers")
    void unproved() {
        try (Bureau bureau = Bureau.plain()) {
            Proposal loose = Bureau.proposal(300, 0.021, "run", Set.of(ANA), SMALL);
            assertThat(bureau.desk().propose(loose).reason()).isEqualTo(Reason.SUGGESTION_UNPROVED);
            Proposal nothing = Bureau.proposal(0, 0.0, "run", Set.of(ANA), SMALL);
            assertThat(bureau.desk().propose(nothing).reason()).isEqualTo(Reason.SUGGESTION_UNPROVED);
            assertThat(bureau.desk().accept(ID, OLGA, "").reason()).isEqualTo(Reason.SUGGESTION_UNKNOWN);
            assertThat(bureau.records(Kind.SUGGESTION)).isEmpty();
        }
    }

    @Test
    @DisplayName("rules with times, modes, other effects or actions, or ids that are taken, do not fit")
    void unfit() {
        try (Bureau bureau = Bureau.plain()) {
            for (String rule : List.of(
                    Bureau.rule("small", ", \"expires\": \"2099-01-01T00:00:00Z\""),
                    Bureau.rule("small", ", \"mode\": \"enforce\""),
                    Bureau.rule("asks", ""),
                    Bureau.rule("small", ", \"when\": {\"action.amount\": {\"no\": 1}}"),
                    "{\"id\": \"x\", \"actions\": [\"*\"], \"effect\": \"auto-approve\"}",
                    "{\"id\": \"x\", \"actions\": [\"pay\", \"jit.suggestion.accept\"], \"effect\": \"auto-approve\"}",
                    "{\"id\": \"x\", \"actions\": [\"pay\"], \"effect\": \"allow\"}",
                    "{\"id\": \"x\", ",
                    "7")) {
                assertThat(bureau.desk()
                                .propose(Bureau.proposal(300, 0.01, "r", Set.of(ANA), rule))
                                .reason())
                        .as(rule)
                        .isEqualTo(Reason.SUGGESTION_UNFIT);
            }
        }
    }

    @Test
    @DisplayName("never, deny and high risk close an action, at acceptance and when the policy becomes so later")
    void closed() {
        String never = "{\"id\": \"never\", \"actions\": [\"p*\"], \"effect\": \"require-approval\","
                + " \"approval\": {\"by\": {\"role\": \"FINANCE\"}, \"autoApproval\": \"never\"}}";
        String deny = "{\"id\": \"no\", \"actions\": [\"pay\"], \"effect\": \"deny\"}";
        String sometimes = String.format(RISK, ", \"when\": {\"action.amount\": {\"moreThan\": 100}}");
        for (String closing : List.of(never, deny, String.format(RISK, ""), sometimes)) {
            try (Bureau bureau = Bureau.of(Bureau.SETTINGS, ASKS, OWNERS, closing)) {
                assertThat(bureau.desk().propose(Bureau.proposal()).reason())
                        .as(closing)
                        .isEqualTo(Reason.ACTION_CLOSED);
            }
            TestClock clock = new TestClock();
            GrantStore store = GrantStores.memory(clock);
            try (Bureau before = new Bureau(clock, store, Bureau.SETTINGS, UnaryOperator.identity(), ASKS, OWNERS);
                    Bureau after = new Bureau(
                            clock, store, Bureau.SETTINGS, UnaryOperator.identity(), ASKS, OWNERS, closing)) {
                before.inForce();
                assertThat(before.pay(5).decide().reason()).isEqualTo(Reason.AUTO_APPROVED);
                after.guard.reloadPolicy();
                assertThat(after.pay(5).decide().reason())
                        .as("where the policy has become so: " + closing)
                        .isNotEqualTo(Reason.AUTO_APPROVED);
                assertThat(after.guard.policyStatus().isHealthy()).isTrue();
            }
        }
        String partly = "{\"id\": \"large\", \"actions\": [\"pay\"], \"risk\": \"high\", \"when\": {\"action.amount\":"
                + " {\"moreThan\": 100}}, \"effect\": \"require-approval\", \"approval\": {\"by\": {\"role\": \"FINANCE\"},"
                + " \"autoApproval\": \"never\"}}";
        try (Bureau bureau = Bureau.of(Bureau.SETTINGS.withShadowDecisions(0), ASKS, OWNERS, partly)) {
            assertThat(bureau.desk().propose(Bureau.proposal()).isDone()).isTrue();
            assertThat(bureau.desk().accept(ID, OLGA, "").isDone()).isTrue();
            assertThat(bureau.pay(100).decide().reason()).isEqualTo(Reason.AUTO_APPROVED);
            assertThat(bureau.pay(101).decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
        }
    }

    @Test
    @DisplayName("rules that no longer fit the application's documents are left out; those always count")
    void takenId() {
        TestClock clock = new TestClock();
        GrantStore store = GrantStores.memory(clock);
        String taken = "{\"id\": \"small\", \"actions\": [\"pay\"], \"effect\": \"deny\"}";
        try (Bureau before = new Bureau(clock, store, Bureau.SETTINGS, UnaryOperator.identity(), ASKS, OWNERS);
                Bureau after =
                        new Bureau(clock, store, Bureau.SETTINGS, UnaryOperator.identity(), ASKS, OWNERS, taken)) {
            before.inForce();
            assertThat(after.guard.reloadPolicy().isHealthy()).isTrue();
            assertThat(after.pay(5).decide().kind()).isEqualTo(Decision.Kind.DENY);
        }
    }

    @Test
    @DisplayName("the error budget holds over suggestions and renewals; one run spends once; the numbers are told")
    void budget() {
        SuggestionSettings tight = Bureau.SETTINGS.withShadowDecisions(0).withBudget(0.1, Duration.ofDays(60));
        try (Bureau bureau = Bureau.of(tight, ASKS, OWNERS)) {
            bureau.desk().propose(Bureau.proposal());
            assertThat(bureau.desk().accept(ID, OLGA, "").isDone()).isTrue();
            bureau.desk().propose(Bureau.proposal(310, 0.014, "run-1", Set.of(ANA), SMALL));
            assertThat(bureau.desk().accept(ID, OLGA, "").isDone())
                    .as("the same run")
                    .isTrue();
            assertThat(bureau.desk().status().budgetSpent()).isCloseTo(0.05, within());
            bureau.desk().propose(Bureau.proposal(320, 0.013, "run-2", Set.of(ANA), SMALL));
            assertThat(bureau.desk().accept(ID, OLGA, "").isDone()).isTrue();
            bureau.desk().propose(Bureau.proposal(330, 0.012, "run-3", Set.of(ANA), SMALL));
            Answer refused = bureau.desk().accept(ID, OLGA, "");
            assertThat(refused.reason()).isEqualTo(Reason.ERROR_BUDGET_SPENT);
            assertThat(refused.why()).contains("0.1000 of 0.1000", "0.0500");
            bureau.clock.advance(Duration.ofDays(60));
            assertThat(bureau.desk().accept(ID, OLGA, "").isDone())
                    .as("the period is over")
                    .isTrue();
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    @Test
    @DisplayName("policy decides too: without a rule for it, and where the action is not enforced, nobody accepts")
    void guarded() {
        try (Bureau bureau = Bureau.of(Bureau.SETTINGS.withShadowDecisions(0), ASKS)) {
            bureau.desk().propose(Bureau.proposal());
            assertThatThrownBy(() -> bureau.desk().accept(ID, OLGA, "")).isInstanceOf(ActionDeniedException.class);
            assertThat(bureau.filed().state()).isEqualTo(State.PROPOSED);
        }
        TestClock clock = new TestClock();
        try (Bureau bureau = new Bureau(
                clock,
                GrantStores.memory(clock),
                Bureau.SETTINGS.withShadowDecisions(0),
                builder -> builder.rollout("jit.*", Rollout.OBSERVE),
                ASKS)) {
            bureau.desk().propose(Bureau.proposal());
            assertThat(bureau.desk().accept(ID, OLGA, "").reason()).isEqualTo(Reason.SUGGESTION_NOT_READY);
        }
    }

    @Test
    @DisplayName("where the people directory fails, nobody accepts")
    void directoryFails() {
        PeopleDirectory broken = new PeopleDirectory() {
            @Override
            public Optional<Person> find(Ref identity) {
                throw new IllegalStateException("unreachable");
            }

            @Override
            public Collection<Person> named(ApproverSelector selector) {
                return List.of();
            }
        };
        try (var guard = io.jitapproval.core.Jit.guard()
                .people(broken)
                .audit(io.jitapproval.core.AuditSinks.memory(100))
                .time(new TestClock())
                .suggestions(Bureau.SETTINGS.withShadowDecisions(0))
                .policy(io.jitapproval.core.PolicySources.text(
                        "p.json", "{\"default\": \"deny\", \"rules\": [" + ASKS + "]}"))
                .build()) {
            assertThat(guard.suggestions().propose(Bureau.proposal()).isDone()).isTrue();
            assertThat(guard.suggestions().accept(ID, OLGA, "").reason()).isEqualTo(Reason.PEOPLE_UNAVAILABLE);
        }
    }

    private static void checkDismissed(UnaryOperator<GrantStore> seen) {
        TestClock clock = new TestClock();
        try (Bureau bureau = new Bureau(
                clock,
                seen.apply(GrantStores.memory(clock)),
                Bureau.SETTINGS,
                UnaryOperator.identity(),
                ASKS,
                OWNERS)) {
            SuggestionDesk desk = bureau.desk();
            desk.propose(Bureau.proposal());
            assertThat(desk.dismiss(ID, OLGA.ref(), "not now", Duration.ofDays(40))
                            .isDone())
                    .isTrue();
            assertThat(desk.find(ID).orElseThrow().why()).isEqualTo("not now");
            assertThat(desk.find(ID).orElseThrow().until())
                    .contains(bureau.now().plus(Duration.ofDays(40)));
            assertThat(desk.propose(Bureau.proposal()).reason()).isEqualTo(Reason.SUGGESTION_DISMISSED);
            assertThat(desk.propose(Bureau.proposal(599, 0.008, "run-2", Set.of(ANA), SMALL))
                            .reason())
                    .as("somewhat more evidence")
                    .isEqualTo(Reason.SUGGESTION_DISMISSED);
            clock.advance(Duration.ofDays(39));
            assertThat(desk.propose(Bureau.proposal()).reason()).isEqualTo(Reason.SUGGESTION_DISMISSED);
            assertThat(desk.propose(Bureau.proposal(600, 0.014, "run-2", Set.of(ANA), SMALL))
                            .isDone())
                    .as("twice the decisions")
                    .isTrue();
        }
    }

    /** A store that forgets until when something stays away. */
    private static final class Forgetful extends ForwardingGrantStore {
        Forgetful(GrantStore store) {
            super(store);
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            return super.changeEntry(
                    kind,
                    key,
                    (current, now) -> change.apply(current.map(entry -> forgetting(entry, now)), now),
                    journal);
        }

        private static StoreEntry forgetting(StoreEntry entry, Instant now) {
            if (!"DISMISSED".equals(entry.data().get("state"))) {
                return entry;
            }
            Map<String, String> data = new LinkedHashMap<>(entry.data());
            data.put("until", now.toString());
            return new StoreEntry(entry.kind(), entry.key(), data, entry.until());
        }
    }

    @Test
    @DisplayName(
            "what was dismissed is not offered again until its time is over or its evidence is another; twin: forgotten")
    void dismissed() {
        checkDismissed(store -> store);
        assertThatThrownBy(() -> checkDismissed(Forgetful::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 6: of an acceptance and a dismissal at the same time one happens, with one record")
    void race() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 40; round++) {
                try (Bureau bureau = Bureau.of(Bureau.SETTINGS.withShadowDecisions(0), ASKS, OWNERS)) {
                    bureau.desk().propose(Bureau.proposal());
                    CyclicBarrier start = new CyclicBarrier(2);
                    Future<Answer> accept = threads.submit(() -> {
                        start.await();
                        return bureau.desk().accept(ID, OLGA, "");
                    });
                    Future<Answer> dismiss = threads.submit(() -> {
                        start.await();
                        return bureau.desk().dismiss(ID, Bureau.OTTO.ref(), "", Duration.ofDays(9));
                    });
                    boolean accepted = accept.get().isDone();
                    assertThat(dismiss.get().isDone()).isNotEqualTo(accepted);
                    assertThat(bureau.filed().state()).isEqualTo(accepted ? State.IN_FORCE : State.DISMISSED);
                    assertThat(bureau.moves()).containsExactly("proposed", accepted ? "accepted" : "dismissed");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
