package io.jitapproval.walls.feedback;

import static io.jitapproval.walls.feedback.Bureau.ASKS;
import static io.jitapproval.walls.feedback.Bureau.ID;
import static io.jitapproval.walls.feedback.Bureau.OLGA;
import static io.jitapproval.walls.feedback.Bureau.OWNERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Decision;
import io.jitapproval.Grant;
import io.jitapproval.Outcome;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.FiledSuggestion.Watched;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.StoreEntry;
import io.jitapproval.test.TestClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("wall 16: what people or outcomes contradict is suspended by itself, and resumed only by a person")
class SuggestionMonitorTest {

    private static Bureau inForce(SuggestionSettings settings) {
        Bureau bureau = Bureau.of(settings.withShadowDecisions(0), ASKS, OWNERS);
        bureau.desk().propose(Bureau.proposal());
        assertThat(bureau.desk().accept(ID, OLGA, "").isDone()).isTrue();
        return bureau;
    }

    private static boolean isSuspended(Bureau bureau) {
        return bureau.filed().watched().suspended().isPresent();
    }

    @ParameterizedTest
    @CsvSource({"0.05, 25, 500", "0.1, 25, 250", "0.2, 25, 125"})
    @DisplayName("people think otherwise from some day on: suspended within 25 samples, at each share; nothing before")
    void drift(BigDecimal share, int samples, int requests) {
        try (Bureau bureau = inForce(Bureau.SETTINGS.withAuditShare(share))) {
            SplittableRandom random = new SplittableRandom(7);
            int amount = 0;
            for (; amount < 500; amount++) {
                bureau.asks(amount, random.nextDouble() > 0.005);
            }
            bureau.desk().look();
            assertThat(isSuspended(bureau)).isFalse();
            int asked = 0;
            while (!isSuspended(bureau)) {
                asked += bureau.asks(amount++, random.nextBoolean()) ? 1 : 0;
                bureau.desk().look();
                assertThat(asked).isLessThanOrEqualTo(samples);
            }
            assertThat(amount - 500).as("requests").isLessThan(requests * 2);
            assertThat(bureau.records(Kind.RULE_SUSPENDED)).singleElement().satisfies(record -> {
                assertThat(record.by()).contains(new Ref("system", "monitor"));
                assertThat(record.rules()).containsExactly("small");
                assertThat(String.valueOf(record.details().get("why"))).contains("blind samples", "0.02");
            });
            assertThat(bureau.pay(amount).decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            assertThat(bureau.desk().status().suspended()).containsExactly(ID);
            assertThat(bureau.filed().watched().atLeastWrong()).isGreaterThan(0.02);
        }
    }

    private static void suspended(Bureau bureau) {
        int amount = bureau.amounts.size();
        while (!isSuspended(bureau)) {
            bureau.asks(amount++, false);
            bureau.desk().look();
        }
    }

    @Test
    @DisplayName("only a person who does not profit resumes; then it counts anew, and the budget stays spent")
    void resume() {
        try (Bureau bureau = inForce(Bureau.SETTINGS)) {
            suspended(bureau);
            assertThat(bureau.desk()
                            .resume(ID, Subject.of("system", "monitor"), "")
                            .reason())
                    .isEqualTo(Reason.ACCEPTER_NO_PERSON);
            assertThat(bureau.desk().resume(ID, Subject.user("ana"), "").reason())
                    .isEqualTo(Reason.ACCEPTER_PROFITS);
            assertThat(bureau.desk().accept(ID, OLGA, "").reason()).isEqualTo(Reason.SUGGESTION_NOT_READY);
            double spent = bureau.desk().status().budgetSpent();
            assertThat(bureau.desk().resume(ID, OLGA, "looked").isDone()).isTrue();
            bureau.desk().look();
            Watched anew = bureau.filed().watched();
            assertThat(anew.suspended()).isEmpty();
            assertThat(anew.audited()).isZero();
            assertThat(bureau.pay(123_456).decide().reason()).isEqualTo(Reason.AUTO_APPROVED);
            assertThat(bureau.desk().status().budgetSpent()).isEqualTo(spent);
            suspended(bureau);
            assertThat(bureau.guard.rules().resume("small", OLGA.ref(), "past the desk"))
                    .isEqualTo(Reason.RULE_RESUMED);
            bureau.desk().look();
            bureau.desk().look();
            assertThat(isSuspended(bureau)).isFalse();
        }
    }

    /** A store that forgets what the monitor has suspended as soon as it has. */
    private static final class Lifting extends ForwardingGrantStore {
        Lifting(GrantStore store) {
            super(store);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            return kind.equals("rule-suspended") ? List.of() : super.entries(kind);
        }
    }

    private static void checkStays(UnaryOperator<GrantStore> seen) {
        TestClock clock = new TestClock();
        try (Bureau bureau = new Bureau(
                clock,
                seen.apply(GrantStores.memory(clock)),
                Bureau.SETTINGS.withShadowDecisions(0),
                UnaryOperator.identity(),
                ASKS,
                OWNERS)) {
            bureau.desk().propose(Bureau.proposal());
            bureau.desk().accept(ID, OLGA, "");
            suspended(bureau);
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofDays(1));
                bureau.desk().look();
                assertThat(isSuspended(bureau)).isTrue();
                assertThat(bureau.pay(77_000 + i).decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
            }
        }
    }

    @Test
    @DisplayName("what is suspended stays so, however often a machine looks; twin: a machine lifts it")
    void stays() {
        checkStays(store -> store);
        assertThatThrownBy(() -> checkStays(Lifting::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("an incident suspends at once; what was reversed counts as wrong among all uses, each once")
    void outcomes() {
        try (Bureau bureau = inForce(Bureau.SETTINGS)) {
            for (int i = 0; i < 60; i++) {
                bureau.asks(i, true);
            }
            bureau.desk().look();
            long uses = bureau.filed().watched().uses();
            assertThat(uses).isGreaterThan(40);
            List<Grant> grants = bureau.guard.grants().active().stream()
                    .filter(grant -> grant.automatic().contains("small"))
                    .toList();
            bureau.pay(bureau.amounts.get(grants.get(0).matchKey())).run(() -> {});
            assertThat(bureau.guard.outcomes().ofUse(grants.get(0).id(), 1, Outcome.REVERSED, OLGA.ref(), "twice"))
                    .isEqualTo(Reason.OUTCOME_REPORTED);
            bureau.desk().look();
            bureau.desk().look();
            assertThat(bureau.filed().watched().reportedWrong()).isOne();
            assertThat(isSuspended(bureau)).isFalse();
            bureau.pay(bureau.amounts.get(grants.get(1).matchKey())).run(() -> {});
            bureau.guard.outcomes().ofUse(grants.get(1).id(), 1, Outcome.INCIDENT, OLGA.ref(), "harm");
            bureau.desk().look();
            assertThat(bureau.filed().watched().suspended())
                    .hasValueSatisfying(why ->
                            assertThat(why).contains("incident", grants.get(1).id()));
        }
        try (Bureau bureau = inForce(Bureau.SETTINGS)) {
            for (int i = 0; i < 60; i++) {
                bureau.asks(i, true);
            }
            int reversed = 0;
            for (Grant grant : bureau.guard.grants().active()) {
                if (!isSuspended(bureau) && grant.automatic().contains("small")) {
                    bureau.pay(bureau.amounts.get(grant.matchKey())).run(() -> {});
                    bureau.guard.outcomes().ofUse(grant.id(), 1, Outcome.REVERSED, OLGA.ref(), "");
                    reversed++;
                    bureau.desk().look();
                }
            }
            assertThat(reversed).isBetween(3, 12);
            assertThat(isSuspended(bureau)).isTrue();
        }
    }

    @Test
    @DisplayName(
            "samples keep the estimate of what is wrong unbiased, each weighted by its probability; twin: only some are looked at")
    void unbiased() {
        assertThat(Math.abs(bias(amount -> true))).isLessThan(0.02);
        assertThat(bias(amount -> amount % 3 != 0)).isLessThan(-0.05);
    }

    /** How far the estimate is from the truth, if people answer only some samples; every third amount is denied by half. */
    private static double bias(IntPredicate answers) {
        double estimated = 0;
        double weight = 0;
        double truth = 0;
        int all = 0;
        TestClock clock = new TestClock();
        for (int run = 0; run < 4; run++) {
            byte[] key = new byte[32];
            key[0] = (byte) run;
            try (Sampled sampled = new Sampled(clock, key)) {
                for (int amount = 0; amount < 1_000; amount++) {
                    boolean wrong = amount % 3 == 0 && amount % 2 == 0;
                    truth += wrong ? 1 : 0;
                    all++;
                    double probability = sampled.probability(amount);
                    if (probability > 0 && answers.test(amount)) {
                        estimated += wrong ? 1 / probability : 0;
                        weight += 1 / probability;
                    }
                }
            }
        }
        return estimated / weight - truth / all;
    }

    @Test
    @DisplayName("what was counted survives a restart, and two nodes count no answer twice")
    void restart() {
        TestClock clock = new TestClock();
        GrantStore store = GrantStores.memory(clock);
        SuggestionSettings settings = Bureau.SETTINGS.withShadowDecisions(0);
        UnaryOperator<io.jitapproval.core.GuardBuilder> plain = UnaryOperator.identity();
        long before;
        try (Bureau bureau = new Bureau(clock, store, settings, plain, ASKS, OWNERS)) {
            bureau.desk().propose(Bureau.proposal());
            bureau.desk().accept(ID, OLGA, "");
            for (int i = 0; i < 200; i++) {
                bureau.asks(i, true);
            }
            bureau.desk().look();
            before = bureau.filed().watched().audited();
            assertThat(before).isGreaterThan(5);
        }
        try (Bureau one = new Bureau(clock, store, settings, plain, ASKS, OWNERS);
                Bureau other = new Bureau(clock, store, settings, plain, ASKS, OWNERS)) {
            int more = 0;
            for (int i = 200; i < 400; i++) {
                more += one.asks(i, true) ? 1 : 0;
            }
            other.desk().look();
            one.desk().look();
            other.desk().look();
            assertThat(one.filed().watched().audited()).isEqualTo(before + more);
            assertThat(other.filed().state()).isEqualTo(State.IN_FORCE);
        }
    }

    /** A store that prolongs what is in force. */
    private static final class Prolonging extends ForwardingGrantStore {
        Prolonging(GrantStore store) {
            super(store);
        }

        @Override
        public List<StoreEntry> entries(String kind) {
            return super.entries(kind).stream()
                    .map(entry -> {
                        Map<String, String> data = new LinkedHashMap<>(entry.data());
                        data.computeIfPresent("until", (name, until) -> until.isEmpty() ? "" : "2030-01-01T00:00:00Z");
                        return new StoreEntry(entry.kind(), entry.key(), data, entry.until());
                    })
                    .toList();
        }
    }

    private static void checkExpiry(UnaryOperator<GrantStore> seen) {
        TestClock clock = new TestClock();
        try (Bureau bureau = new Bureau(
                clock,
                seen.apply(GrantStores.memory(clock)),
                Bureau.SETTINGS.withShadowDecisions(0),
                UnaryOperator.identity(),
                ASKS,
                OWNERS)) {
            bureau.desk().propose(Bureau.proposal());
            bureau.desk().accept(ID, OLGA, "");
            clock.advance(Duration.ofDays(85).minusNanos(1));
            assertThat(bureau.pay(1).decide().reason()).isEqualTo(Reason.AUTO_APPROVED);
            clock.advance(Duration.ofNanos(1));
            assertThat(bureau.pay(1).decide().kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
        }
    }

    @Test
    @DisplayName("wall 7: at its end a suggestion is gone, at equality too, without any look; twin: it goes on")
    void expiry() {
        checkExpiry(store -> store);
        assertThatThrownBy(() -> checkExpiry(Prolonging::new)).isInstanceOf(AssertionError.class);
    }

    /** A guard whose rule is in force, and what its record says of samples. */
    private static final class Sampled implements AutoCloseable {

        private final Bureau bureau;

        Sampled(TestClock clock, byte[] key) {
            bureau = new Bureau(
                    clock,
                    GrantStores.memory(clock),
                    Bureau.SETTINGS.withShadowDecisions(0),
                    builder -> builder,
                    key,
                    ASKS,
                    OWNERS);
            bureau.desk().propose(Bureau.proposal());
            bureau.desk().accept(ID, OLGA, "");
        }

        /** With which probability people were asked; 0 if they were not. */
        double probability(int amount) {
            var request = bureau.asked(amount);
            if (request.state() != io.jitapproval.ApprovalRequest.State.PENDING) {
                return 0;
            }
            var records = bureau.records.records();
            return records.stream()
                    .skip(Math.max(0, records.size() - 5))
                    .filter(record -> record.kind() == Kind.REQUESTED
                            && record.requestId().filter(request.id()::equals).isPresent())
                    .mapToDouble(record -> ((Number) record.details().get("probability")).doubleValue())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            bureau.close();
        }
    }
}
