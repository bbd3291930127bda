package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Bundle;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.Replay;
import io.jitapproval.RequestHandle;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Rollout;
import io.jitapproval.Subject;
import io.jitapproval.core.Jit;
import io.jitapproval.core.JitAssert;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.RolloutReport;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.InlineAuditSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "R13: an action is off, observed or enforced by code alone, loudly; what is observed runs, whatever happens")
class RolloutTest {

    private static final String ASK = ask("r", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 2");

    private static Firm observed(Rollout mode, String... rules) {
        return new Firm(builder -> builder.rollout("pay", mode), rules);
    }

    private static int ran(Firm firm) {
        AtomicInteger ran = new AtomicInteger();
        firm.pay().run(() -> {
            JitAssert.inside("pay");
            ran.incrementAndGet();
        });
        return ran.get();
    }

    private static AuditRecord observed(Firm firm) {
        assertThat(firm.records(Kind.OBSERVED)).hasSize(1);
        return firm.records(Kind.OBSERVED).get(0);
    }

    @Test
    @DisplayName("what would be asked, denied, allowed or approved by a rule is on record, and runs")
    void observes() {
        try (Firm firm = observed(Rollout.OBSERVE, ASK)) {
            assertThat(ran(firm)).isEqualTo(1);
            assertThat(observed(firm).details())
                    .containsEntry("mode", "observe")
                    .containsEntry("would", "ask")
                    .containsEntry("approvers", 3)
                    .containsEntry("needs", List.of("2 of role FINANCE"));
            assertThat(observed(firm).rules()).containsExactly("r");
            assertThat(firm.records(Kind.USE_BEGUN))
                    .extracting(AuditRecord::reason)
                    .containsExactly(Reason.OBSERVED);
            assertThat(firm.records(Kind.USE_ENDED))
                    .extracting(AuditRecord::reason)
                    .containsExactly(Reason.OBSERVED);
            assertThat(firm.guard.approvals().pending()).isEmpty();
            assertThat(firm.pay().submit()).isEmpty();
            assertThat(firm.guard.approvals().pending()).isEmpty();
        }
        for (Map.Entry<String, String> each : Map.of(
                        rule("d", "deny"), "deny",
                        rule("a", "allow"), "allow",
                        ask("u", "\"by\": {\"person\": \"ana\"}"), "deny",
                        ask("m", "\"by\": {\"role\": \"FINANCE\"}, \"reason\": \"required\""), "deny",
                        rule("x", "auto-approve"), "approve-by-rule")
                .entrySet()) {
            try (Firm firm = observed(Rollout.OBSERVE, each.getKey())) {
                assertThat(ran(firm)).isEqualTo(1);
                assertThat(observed(firm).details()).containsEntry("would", each.getValue());
            }
        }
    }

    @Test
    @DisplayName(
            "a kept call runs at once, by its executor and once; the items of a bundle need nobody; all of it is on record")
    void keptAndBundled() {
        for (Rollout mode : List.of(Rollout.OFF, Rollout.OBSERVE, Rollout.NOTIFY)) {
            AtomicInteger ran = new AtomicInteger();
            try (Firm firm = new Firm(
                    builder -> builder.rollout("pay", mode).replay("pay", call -> ran.incrementAndGet()), ASK)) {
                RequestHandle kept = firm.pay().replay();
                assertThat(Firm.settled(kept).state()).isEqualTo(Replay.State.DONE);
                assertThat(ran).hasValue(1);
                assertThat(firm.records(Kind.USE_BEGUN))
                        .extracting(AuditRecord::reason)
                        .containsExactly(Reason.OBSERVED);
                assertThat(firm.records(Kind.OBSERVED)).hasSize(mode == Rollout.OFF ? 0 : 1);
            }
            try (Firm firm = observed(mode, ASK)) {
                Bundle bundle =
                        firm.guard.bundle("two").add(firm.pay()).add(firm.pay()).submit();
                assertThat(bundle.items()).extracting(Bundle.Item::status).containsOnly(Bundle.Status.APPROVED);
                assertThat(firm.guard.approvals().pending()).isEmpty();
                assertThat(firm.records(Kind.OBSERVED)).hasSize(mode == Rollout.OFF ? 0 : 2);
            }
        }
    }

    @Test
    @DisplayName(
            "the start says it in the record, the guard's API tells it, and enforcing is the default; the longest name decides")
    void loud() {
        try (Firm firm =
                new Firm(builder -> builder.rollout("pa*", Rollout.OFF).rollout("pay", Rollout.ENFORCE), ASK)) {
            assertThatThrownBy(() -> ran(firm)).isInstanceOf(ApprovalPendingException.class);
            assertThat(firm.guard.rollout())
                    .containsExactly(Map.entry("pa*", Rollout.OFF), Map.entry("pay", Rollout.ENFORCE));
            assertThat(firm.records(Kind.CONFIGURED)).singleElement().satisfies(record -> {
                assertThat(record.action()).isEqualTo("pa*");
                assertThat(record.details()).containsEntry("mode", "off");
                assertThat(record.reason()).isEqualTo(Reason.SWITCHED_OFF);
            });
            firm.guard.attempt("park").by(Subject.user("ana")).run(() -> {});
            assertThatThrownBy(() ->
                            firm.guard.attempt("play").by(Subject.user("ana")).run(() -> {}))
                    .isInstanceOf(ActionDeniedException.class);
        }
        try (Firm firm = observed(Rollout.OFF, ASK)) {
            assertThat(ran(firm)).isEqualTo(1);
            assertThat(firm.records.records()).extracting(AuditRecord::kind).containsExactly(Kind.CONFIGURED);
        }
        assertThatThrownBy(() -> Jit.guard().rollout("a*b", Rollout.OFF)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Jit.guard().rollout("a", Rollout.OFF).rollout("a", Rollout.OBSERVE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Jit.guard()
                        .policy(PolicySources.text("p.json", "{\"default\": \"deny\", \"rules\": []}"))
                        .audit((InlineAuditSink) records -> {
                            throw new IllegalStateException("full");
                        })
                        .rollout("a", Rollout.OBSERVE)
                        .build())
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("JIT-C007");
    }

    public interface Desk {

        @RequiresJitApproval(action = "pay")
        String pay(Object what);

        @RequiresJitApproval(action = "pay")
        CompletableFuture<String> payLater(Object what);
    }

    private static final class Clerk implements Desk {

        @Override
        public String pay(Object what) {
            JitAssert.inside("pay");
            return "paid";
        }

        @Override
        public CompletableFuture<String> payLater(Object what) {
            JitAssert.inside("pay");
            return CompletableFuture.completedFuture("paid");
        }
    }

    @SuppressWarnings("try") // closed by hand, in the middle
    @Test
    @DisplayName(
            "nothing that fails keeps an observed call: sink, directory, subject, arguments, policy; enforced, each of them does")
    void neverBlocks() {
        for (Rollout mode : List.of(Rollout.OFF, Rollout.OBSERVE, Rollout.NOTIFY)) {
            AtomicBoolean broken = new AtomicBoolean();
            try (MethodGuard guard = broken(mode, broken)) {
                Desk desk = guard.protect(Desk.class, new Clerk());
                broken.set(true);
                assertThat(desk.pay(new Thread())).as(mode.word()).isEqualTo("paid");
                assertThat(desk.payLater(5).join()).isEqualTo("paid");
                assertThat(guard.attempt("pay").<String, RuntimeException>call(() -> "paid"))
                        .isEqualTo("paid");
                assertThat(guard.attempt("pay")
                                .by(Subject.user("ana"))
                                .callAsync(() -> CompletableFuture.completedFuture("paid"))
                                .toCompletableFuture()
                                .join())
                        .isEqualTo("paid");
                guard.close();
                assertThat(desk.pay(5)).isEqualTo("paid");
            }
        }
        AtomicBoolean broken = new AtomicBoolean();
        try (MethodGuard guard = broken(Rollout.ENFORCE, broken)) {
            Desk desk = guard.protect(Desk.class, new Clerk());
            broken.set(true);
            assertThatThrownBy(() -> desk.pay(5)).hasMessageContaining("JIT-");
        }
    }

    private static MethodGuard broken(Rollout mode, AtomicBoolean broken) {
        return Jit.guard()
                .policy(PolicySources.text("p.json", "{\"default\": \"deny\", \"rules\": [" + ASK + "]}"))
                .people(new io.jitapproval.spi.PeopleDirectory() {
                    @Override
                    public java.util.Optional<io.jitapproval.spi.Person> find(io.jitapproval.Ref identity) {
                        throw new IllegalStateException("down");
                    }

                    @Override
                    public java.util.Collection<io.jitapproval.spi.Person> named(
                            io.jitapproval.ApproverSelector selector) {
                        throw new IllegalStateException("down");
                    }
                })
                .subject(() -> {
                    throw new IllegalStateException("nobody");
                })
                .audit((InlineAuditSink) records -> {
                    if (broken.get()) {
                        throw new IllegalStateException("full");
                    }
                })
                .rollout("pay", mode)
                .build();
    }

    private static final class Phone implements ApprovalChannel {

        private final BlockingQueue<ApprovalNotice> heard = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "phone";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            heard.add(notice);
        }
    }

    @Test
    @DisplayName(
            "to be notified is to hear once of what one would have been asked, with nothing to decide; floods are bounded")
    void notifies() throws InterruptedException {
        Phone phone = new Phone();
        try (Firm firm = new Firm(builder -> builder.channel(phone).rollout("pay", Rollout.NOTIFY), ASK)) {
            assertThat(ran(firm)).isEqualTo(1);
            ApprovalNotice notice = phone.heard.poll(10, TimeUnit.SECONDS);
            assertThat(notice).isNotNull();
            assertThat(notice.kind()).isEqualTo(ApprovalNotice.Kind.OBSERVED);
            assertThat(notice.people()).hasSize(3);
            assertThat(notice.request().outcome()).contains(Reason.OBSERVED);
            assertThat(firm.guard.approvals().pending()).isEmpty();
            assertThat(observed(firm).requestId()).contains(notice.request().id());
            for (int i = 0; i < 100; i++) {
                firm.guard
                        .attempt("pay")
                        .by(Subject.user("ana"))
                        .with("amount", i)
                        .run(() -> {});
            }
            assertThat(ran(firm)).isEqualTo(1);
            assertThat(firm.records(Kind.OBSERVED)).hasSize(102);
            assertThat(firm.records(Kind.OBSERVED).stream()
                            .filter(record -> record.requestId().isPresent()))
                    .hasSize(30);
        }
    }

    @Test
    @DisplayName("the report says what enforcing will cost a day, and the same of what is enforced")
    void report() {
        try (Firm firm = new Firm(builder -> builder.rollout("pay", Rollout.OBSERVE), ASK)) {
            for (int day = 0; day < 4; day++) {
                for (int i = 0; i < 6; i++) {
                    firm.guard
                            .attempt("pay")
                            .by(Subject.user(i < 3 ? "ana" : "tom"))
                            .with("amount", i / 2)
                            .run(() -> {});
                }
                firm.clock.advance(Duration.ofDays(1));
            }
            firm.guard.attempt("pay").by(Subject.user("ana")).with("amount", 0).run(() -> {});
            RolloutReport report = RolloutReport.of(firm.records.records());
            assertThat(report.actions()).singleElement().satisfies(pay -> {
                assertThat(pay.enforced()).isFalse();
                assertThat(pay.calls()).isEqualTo(25);
                assertThat(pay.asked()).isEqualTo(25);
                assertThat(pay.requesters()).isEqualTo(2);
                assertThat(pay.asks()).isEqualTo(17);
                assertThat(pay.perDay(pay.asks())).hasToString("4.3");
                assertThat(pay.mostAnHour()).isEqualTo(6);
            });
            assertThat(report.toString()).contains("observed", "6.3", "4.3");
            assertThat(report.toJson()).contains("\"mode\": \"observe\"", "\"requests\": 17");
        }
        try (Firm firm = new Firm(ask("r", "\"by\": {\"role\": \"FINANCE\"}"))) {
            firm.pay().submit();
            firm.pay().submit();
            firm.approvedBy(Firm.TOM);
            firm.pay().run(() -> {});
            RolloutReport.Action pay =
                    RolloutReport.of(firm.records.records()).actions().get(0);
            assertThat(pay.enforced()).isTrue();
            assertThat(pay.calls()).isEqualTo(1);
            assertThat(pay.asked()).isEqualTo(2);
            assertThat(pay.asks()).isEqualTo(1);
        }
    }
}
