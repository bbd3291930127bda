package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.Outcome;
import io.jitapproval.Outcomes;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.test.TestClock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: evidence is not only opinions: the application says what came of what ran")
class OutcomesTest {

    private static final String ASKS = ask("r", "\"by\": {\"role\": \"FINANCE\"}", "\"grant\": {\"uses\": 2}");
    private static final Ref LEDGER = new Ref("system", "ledger");

    /** Forgets what was reported. */
    private static final class Forgetful extends ForwardingGrantStore {
        Forgetful(GrantStore store) {
            super(store);
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            return super.changeEntry(kind, key, (current, now) -> change.apply(Optional.empty(), now), journal);
        }
    }

    /** Keeps what was reported, and writes no record of it. */
    private static final class Unwritten extends ForwardingGrantStore {
        Unwritten(GrantStore store) {
            super(store);
        }

        @Override
        public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
            return super.changeEntry(kind, key, change, kind.equals("outcome") ? records -> {} : journal);
        }
    }

    private static Firm firm(UnaryOperator<GrantStore> store) {
        TestClock clock = new TestClock();
        return new Firm(clock, builder -> builder.store(store.apply(GrantStores.memory(clock))), ASKS);
    }

    /** One use of two has run. */
    private static String granted(Firm firm) {
        assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(ApprovalPendingException.class);
        String id = firm.pending().id();
        firm.approvedBy(Firm.MIA);
        return id;
    }

    private static void checkOneRecord(UnaryOperator<GrantStore> store) {
        try (Firm firm = firm(store)) {
            Outcomes outcomes = firm.guard.outcomes();
            String id = granted(firm);
            firm.pay().run(() -> {});
            for (int i = 0; i < 3; i++) {
                assertThat(outcomes.ofRequest(id, Outcome.REVERSED, LEDGER, "twice"))
                        .isEqualTo(Reason.OUTCOME_REPORTED);
            }
            List<AuditRecord> records = firm.records(Kind.OUTCOME);
            assertThat(records).hasSize(1);
            AuditRecord record = records.get(0);
            assertThat(record.requestId()).contains(id);
            assertThat(record.by()).contains(LEDGER);
            assertThat(record.action()).isEqualTo("pay");
            assertThat(record.details()).containsEntry("outcome", "reversed").containsEntry("note", "twice");
            assertThat(AuditSinks.toJson(record)).contains("\"kind\":\"outcome\"", "\"code\":\"JIT-114\"");
            outcomes.ofRequest(id, Outcome.OK, LEDGER, "twice");
            outcomes.ofRequest(id, Outcome.REVERSED, LEDGER, "twice");
            assertThat(firm.records(Kind.OUTCOME))
                    .as("a change of mind is news")
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("equal reports are one record, which names the request, what came of it and who says so")
    void oneRecord() {
        checkOneRecord(store -> store);
    }

    @Test
    @DisplayName("twins: a store that forgets reports, and one that writes no record of them")
    void twins() {
        assertThatThrownBy(() -> checkOneRecord(Forgetful::new)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> checkOneRecord(Unwritten::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("of one use, by its grant and number; what has not run, or nobody knows, has no outcome")
    void uses() {
        try (Firm firm = firm(store -> store)) {
            Outcomes outcomes = firm.guard.outcomes();
            assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(ApprovalPendingException.class);
            String id = firm.pending().id();
            assertThat(outcomes.ofRequest(id, Outcome.OK, LEDGER, "")).isEqualTo(Reason.NOTHING_RAN);
            firm.approvedBy(Firm.MIA);
            assertThat(outcomes.ofRequest(id, Outcome.OK, LEDGER, "")).isEqualTo(Reason.NOTHING_RAN);
            String grant = firm.guard.grants().active().get(0).id();
            firm.pay().run(() -> {});
            assertThat(outcomes.ofUse(grant, 2, Outcome.OK, LEDGER, "")).isEqualTo(Reason.NOTHING_RAN);
            assertThat(outcomes.ofUse(grant, 1, Outcome.INCIDENT, Firm.MIA, "")).isEqualTo(Reason.OUTCOME_REPORTED);
            assertThat(outcomes.ofUse("no-such-grant", 1, Outcome.OK, LEDGER, ""))
                    .isEqualTo(Reason.UNKNOWN_ID);
            assertThat(outcomes.ofRequest("no-such", Outcome.OK, LEDGER, "")).isEqualTo(Reason.UNKNOWN_ID);
            assertThat(firm.records(Kind.OUTCOME)).singleElement().satisfies(record -> {
                assertThat(record.use()).isEqualTo("1");
                assertThat(record.grantId()).contains(grant);
                assertThat(record.requestId()).contains(id);
                assertThat(record.details()).containsOnlyKeys("outcome");
            });
            assertThatThrownBy(() -> outcomes.ofUse(grant, 0, Outcome.OK, LEDGER, ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> outcomes.ofRequest(id, Outcome.OK, LEDGER, "x".repeat(4_001)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("wall 1: if store or sink fail, nothing is reported, and the same report is news afterwards")
    void failsClosed() {
        boolean[] broken = {false};
        try (Firm firm = firm(store -> new ForwardingGrantStore(store) {
            @Override
            public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
                return super.changeEntry(
                        kind,
                        key,
                        change,
                        broken[0]
                                ? records -> {
                                    throw new IllegalStateException("disk full");
                                }
                                : journal);
            }
        })) {
            String id = granted(firm);
            firm.pay().run(() -> {});
            broken[0] = true;
            assertThatThrownBy(() -> firm.guard.outcomes().ofRequest(id, Outcome.OK, LEDGER, ""))
                    .isInstanceOf(GuardUnavailableException.class);
            broken[0] = false;
            assertThat(firm.guard.outcomes().ofRequest(id, Outcome.OK, LEDGER, ""))
                    .isEqualTo(Reason.OUTCOME_REPORTED);
            assertThat(firm.records(Kind.OUTCOME)).hasSize(1);
        }
    }
}
