package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.TOM;
import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Debt;
import io.jitapproval.Debt.Finding;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.Person;
import io.jitapproval.walls.Ear;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 15, R30: break-glass is explicit, short, loud, and leaves a debt")
class BreakGlassTest {

    private static final String WHY = "the ledger is down";
    private static final Ref ANA = Ref.user("ana");
    private static final Ref ANA_ON_SLACK = new Ref("slack", "U-ana");
    private static final String GLASS = """
            "breakGlass": {"by": [{"person": "ana"}, {"person": "mia"}], "alarm": {"role": "FINANCE"}, "within": "PT10M",
             "review": [{"person": "ana"}, {"role": "FINANCE"}], "reviewWithin": "P1D"}""";
    private static final String ASK = ask("r", "\"by\": {\"role\": \"FINANCE\"}, " + GLASS);

    private static Reason refusal(Attempt attempt) {
        AtomicInteger ran = new AtomicInteger();
        JitApprovalException refused =
                catchThrowableOfType(JitApprovalException.class, () -> attempt.run(ran::incrementAndGet));
        assertThat(refused).isNotNull();
        assertThat(ran).hasValue(0);
        return refused.reason();
    }

    private static Attempt by(Firm firm, Ref who) {
        return firm.guard
                .attempt("pay")
                .by(new Subject(who.type(), who.id(), Map.of()))
                .with("amount", 5);
    }

    private static final class Loud implements ApprovalChannel {

        private final BlockingQueue<ApprovalNotice> heard = new LinkedBlockingQueue<>();
        private final String name;

        Loud(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            heard.add(notice);
        }
    }

    /** A firm whose alarms somebody hears. */
    private static Firm heard(String... rules) {
        return new Firm(builder -> builder.channel(new Ear()), rules);
    }

    @Test
    @DisplayName("an alarm that no channel takes to anybody is none: then there is no emergency, and nothing is owed")
    void unheard() {
        try (Firm firm = new Firm(ASK)) {
            AtomicInteger ran = new AtomicInteger();
            assertThatThrownBy(() -> firm.pay().breakGlass("the ledger is down").run(ran::incrementAndGet))
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.BREAK_GLASS_UNHEARD));
            assertThat(ran).hasValue(0);
            assertThat(firm.guard.debts().open()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "it runs at once, once, under a short grant; everything is on record and the alarm sounds on all channels")
    void runs() throws InterruptedException {
        Loud mail = new Loud("mail");
        Loud chat = new Loud("chat");
        String rule = ask(
                "r",
                "\"by\": {\"role\": \"FINANCE\"}, \"channels\": [\"mail\"], " + GLASS,
                "\"grant\": {\"uses\": 9, \"scope\": \"action\", \"within\": \"PT8H\"}");
        try (Firm firm = new Firm(builder -> builder.channel(mail).channel(chat), rule)) {
            AtomicInteger ran = new AtomicInteger();
            firm.pay().breakGlass(WHY).run(ran::incrementAndGet);
            assertThat(ran).hasValue(1);

            for (Loud channel : List.of(mail, chat)) {
                ApprovalNotice alarm = channel.heard.poll(10, TimeUnit.SECONDS);
                assertThat(alarm).isNotNull();
                assertThat(alarm.kind()).isEqualTo(ApprovalNotice.Kind.ALARM);
                assertThat(alarm.people()).extracting(Person::id).containsExactly("mia", "tom", "ada");
                assertThat(alarm.request().state()).isEqualTo(ApprovalRequest.State.APPROVED);
                assertThat(alarm.request().outcome()).contains(Reason.BREAK_GLASS);
                assertThat(alarm.request().reason()).isEqualTo(WHY);
            }
            Debt debt = firm.guard.debts().open().get(0);
            assertThat(debt.due()).isEqualTo(firm.clock.instant().plus(Duration.ofDays(1)));
            assertThat(debt.person()).isEqualTo("ana");
            assertThat(firm.records(Kind.BREAK_GLASS)).singleElement().satisfies(record -> {
                assertThat(record.reason()).isEqualTo(Reason.BREAK_GLASS);
                assertThat(record.details())
                        .containsEntry("why", WHY)
                        .containsEntry("alarm", List.of("mia", "tom", "ada"))
                        .containsEntry("channels", List.of("mail", "chat"));
            });
            assertThat(firm.records(Kind.GRANTED).get(0).reason()).isEqualTo(Reason.BREAK_GLASS);
            assertThat(firm.records(Kind.USE_BEGUN).get(0).reason()).isEqualTo(Reason.BREAK_GLASS);
            assertThat(firm.records(Kind.USE_ENDED).get(0).reason()).isEqualTo(Reason.BREAK_GLASS);
            Grant grant = firm.guard
                    .grants()
                    .find(firm.records(Kind.GRANTED).get(0).grantId().orElseThrow())
                    .orElseThrow();
            assertThat(grant.state()).isEqualTo(Grant.State.EXHAUSTED);
            assertThat(grant.terms().within()).isEqualTo(Duration.ofMinutes(10));
            assertThat(grant.terms().uses()).isEqualTo(1);
            assertThat(refusal(firm.pay())).isEqualTo(Reason.APPROVAL_PENDING);
        }
    }

    @Test
    @DisplayName(
            "it is for those alone whom policy names, all of them known; a reason is needed; there is none ahead of time")
    void explicit() {
        try (Firm firm = heard(ASK)) {
            assertThat(refusal(by(firm, TOM).breakGlass(WHY))).isEqualTo(Reason.BREAK_GLASS_NOT_YOURS);
            assertThat(refusal(by(firm, Ref.user("who")).breakGlass(WHY))).isEqualTo(Reason.BREAK_GLASS_NOT_YOURS);
            assertThat(refusal(firm.pay().through(Subject.of("agent", "bot")).breakGlass(WHY)))
                    .isEqualTo(Reason.BREAK_GLASS_NOT_YOURS);
            assertThatThrownBy(() -> firm.pay().breakGlass("  too short      "))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("10");
            assertThatThrownBy(() -> firm.pay().breakGlass(WHY).submit()).isInstanceOf(IllegalStateException.class);
            assertThat(firm.guard.debts().open()).isEmpty();
            assertThat(firm.records(Kind.GRANTED)).isEmpty();
        }
        try (Firm firm = new Firm(ask("r", "\"by\": {\"role\": \"FINANCE\"}"))) {
            assertThat(refusal(firm.pay().breakGlass(WHY))).isEqualTo(Reason.BREAK_GLASS_NOT_ALLOWED);
        }
        try (Firm firm = heard(ASK, ask("s", "\"by\": {\"person\": \"tom\"}"))) {
            assertThat(refusal(firm.pay().breakGlass(WHY))).isEqualTo(Reason.BREAK_GLASS_NOT_ALLOWED);
        }
        try (Firm firm = new Firm(ask(
                "r",
                "\"by\": {\"role\": \"FINANCE\"}, "
                        + GLASS.replace("\"alarm\": {\"role\": \"FINANCE\"}", "\"alarm\": {\"person\": \"ana\"}")))) {
            assertThat(refusal(firm.pay().breakGlass(WHY))).isEqualTo(Reason.BREAK_GLASS_UNHEARD);
        }
    }

    @Test
    @DisplayName("it never outranks a denial, and where the call may run anyway there is no emergency")
    void neverOverridesDeny() {
        try (Firm firm = heard(ASK, rule("never", "deny"))) {
            assertThat(refusal(firm.pay().breakGlass(WHY))).isEqualTo(Reason.POLICY_DENIED);
        }
        try (Firm firm = new Firm(rule("fine", "allow"))) {
            firm.pay().breakGlass(WHY).run(() -> {});
            assertThat(firm.guard.debts().open()).isEmpty();
        }
        try (Firm firm = heard(ASK)) {
            firm.pay().submit();
            firm.approvedBy(TOM);
            firm.pay().breakGlass(WHY).run(() -> {});
            assertThat(firm.guard.debts().open()).isEmpty();
            assertThat(firm.records(Kind.BREAK_GLASS)).isEmpty();
        }
    }

    /** Where emergencies happen and are reviewed: ours, or a broken one. */
    private interface Desk extends AutoCloseable {

        boolean breaks(Ref who);

        /** Whether the review of the latest emergency counts. */
        boolean reviewed(Ref by);

        void later(Duration time);

        @Override
        void close();
    }

    private static final class Ours implements Desk {

        private final Firm firm = heard(ASK);

        @Override
        public boolean breaks(Ref who) {
            AtomicInteger ran = new AtomicInteger();
            try {
                by(firm, who).breakGlass(WHY).run(ran::incrementAndGet);
            } catch (JitApprovalException refused) {
                assertThat(refused.reason()).isEqualTo(Reason.BREAK_GLASS_DEBT);
            }
            return ran.get() == 1;
        }

        @Override
        public boolean reviewed(Ref by) {
            List<Debt> open = firm.guard.debts().open();
            return firm.guard.debts().review(open.get(open.size() - 1).id(), by, Finding.OK, "")
                    == Reason.DEBT_REVIEWED;
        }

        @Override
        public void later(Duration time) {
            firm.clock.advance(time);
        }

        @Override
        public void close() {
            firm.close();
        }
    }

    private enum Flaw {
        WHOEVER_REVIEWS,
        ACCOUNT_IS_PERSON,
        NO_DEADLINE
    }

    /** What one writes on a Friday. */
    private static final class Naive implements Desk {

        private final Flaw flaw;
        private final Map<String, Instant> due = new HashMap<>();
        private String latest = "";
        private Instant now = Instant.EPOCH;

        Naive(Flaw flaw) {
            this.flaw = flaw;
        }

        private String person(Ref who) {
            return flaw == Flaw.ACCOUNT_IS_PERSON ? who.toString() : who.id().replace("U-", "");
        }

        @Override
        public boolean breaks(Ref who) {
            Instant owed = due.get(person(who));
            if (owed != null && !now.isBefore(owed) && flaw != Flaw.NO_DEADLINE) {
                return false;
            }
            latest = person(who);
            due.put(latest, now.plus(Duration.ofDays(1)));
            return true;
        }

        @Override
        public boolean reviewed(Ref by) {
            boolean counts = !person(by).equals(latest) || flaw == Flaw.WHOEVER_REVIEWS;
            if (counts) {
                due.remove(latest);
            }
            return counts;
        }

        @Override
        public void later(Duration time) {
            now = now.plus(time);
        }

        @Override
        public void close() {}
    }

    private static void check(Supplier<Desk> desks) {
        try (Desk desk = desks.get()) {
            assertThat(desk.breaks(ANA)).isTrue();
            assertThat(desk.reviewed(ANA)).as("self-review").isFalse();
            assertThat(desk.reviewed(ANA_ON_SLACK))
                    .as("self-review under an alias")
                    .isFalse();
            desk.later(Duration.ofDays(1).minusSeconds(1));
            assertThat(desk.breaks(ANA)).as("before the deadline").isTrue();
        }
        try (Desk desk = desks.get()) {
            assertThat(desk.breaks(ANA)).isTrue();
            desk.later(Duration.ofDays(1));
            assertThat(desk.breaks(ANA)).as("overdue").isFalse();
            assertThat(desk.breaks(ANA_ON_SLACK)).as("overdue, under an alias").isFalse();
            assertThat(desk.breaks(MIA)).as("another person").isTrue();
        }
        try (Desk desk = desks.get()) {
            assertThat(desk.breaks(ANA_ON_SLACK)).isTrue();
            desk.later(Duration.ofDays(3));
            assertThat(desk.reviewed(TOM)).isTrue();
            assertThat(desk.breaks(ANA)).as("paid").isTrue();
        }
    }

    @Test
    @DisplayName(
            "only others review it, and an overdue debt closes the next emergency, whatever the account; the twins are found")
    void debts() {
        check(Ours::new);
        for (Flaw flaw : Flaw.values()) {
            assertThatThrownBy(() -> check(() -> new Naive(flaw)))
                    .as(flaw.name())
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    @DisplayName("a debt stays until it is reviewed, is told as overdue, and each review is on record")
    void reviewed() {
        try (Firm firm = heard(ASK)) {
            firm.pay().breakGlass(WHY).run(() -> {});
            String id = firm.guard.debts().open().get(0).id();
            assertThat(firm.guard.debts().overdue()).isEmpty();
            firm.clock.advance(Duration.ofDays(400));
            assertThat(firm.guard.debts().overdue()).extracting(Debt::id).containsExactly(id);
            assertThat(firm.guard.debts().review(id, Ref.user("who"), Finding.OK, ""))
                    .isEqualTo(Reason.REVIEWER_UNRESOLVED);
            assertThat(firm.guard.debts().review(id, ANA_ON_SLACK, Finding.OK, ""))
                    .isEqualTo(Reason.OWN_DEBT);
            assertThat(firm.guard.debts().review("no", TOM, Finding.OK, "")).isEqualTo(Reason.UNKNOWN_ID);
            assertThatThrownBy(() -> firm.guard.debts().review(id, TOM, Finding.OBJECTION, " "))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(firm.guard.debts().review(id, TOM, Finding.OBJECTION, "the ledger was up"))
                    .isEqualTo(Reason.DEBT_REVIEWED);
            assertThat(firm.guard.debts().review(id, MIA, Finding.OK, "")).isEqualTo(Reason.DEBT_SETTLED);
            assertThat(firm.guard.debts().open()).isEmpty();
            assertThat(firm.records(Kind.DEBT_REVIEWED)).singleElement().satisfies(record -> {
                assertThat(record.by()).contains(TOM);
                assertThat(record.requestId()).contains(id);
                assertThat(record.details())
                        .containsEntry("finding", "objection")
                        .containsEntry("why", "the ledger was up")
                        .containsEntry("settled", true)
                        .containsEntry("overdue", true);
            });
        }
    }

    @Test
    @DisplayName("where two rules ask, each wants its own review by another person")
    void everyReview() {
        String other = ask(
                "s",
                "\"by\": {\"person\": \"tom\"}, "
                        + GLASS.replace("[{\"person\": \"ana\"}, {\"role\": \"FINANCE\"}]", "{\"person\": \"tom\"}"));
        try (Firm firm = heard(ASK, other)) {
            firm.pay().breakGlass(WHY).run(() -> {});
            String id = firm.guard.debts().open().get(0).id();
            assertThat(firm.guard.debts().review(id, TOM, Finding.OK, "")).isEqualTo(Reason.DEBT_REVIEWED);
            assertThat(firm.guard.debts().review(id, new Ref("slack", "U-tom"), Finding.OK, ""))
                    .isEqualTo(Reason.ALREADY_REVIEWED);
            assertThat(firm.guard.debts().open())
                    .singleElement()
                    .satisfies(debt -> assertThat(debt.reviews()).hasSize(1));
            assertThat(firm.guard.debts().review(id, MIA, Finding.OK, "")).isEqualTo(Reason.DEBT_REVIEWED);
            assertThat(firm.guard.debts().open()).isEmpty();
        }
    }

    @Test
    @DisplayName("many emergencies at once leave one debt each")
    void manyAtOnce() throws Exception {
        try (Firm firm = heard(ASK)) {
            AtomicInteger ran = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int amount = i;
                Thread thread = new Thread(() -> firm.guard
                        .attempt("pay")
                        .by(Subject.user("ana"))
                        .with("amount", amount)
                        .breakGlass(WHY)
                        .run(ran::incrementAndGet));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(ran).hasValue(8);
            assertThat(firm.guard.debts().open()).hasSize(8);
            assertThat(firm.records(Kind.BREAK_GLASS)).hasSize(8);
        }
    }
}
