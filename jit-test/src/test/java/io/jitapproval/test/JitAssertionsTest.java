package io.jitapproval.test;

import static io.jitapproval.test.JitAssertions.assertThat;
import static io.jitapproval.test.JitAssertions.assertThatCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.spi.AuditRecord.Kind;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the failures of the assertions say, word for word. */
@ExtendWith(JitTest.class)
@JitPolicy(
        text = "{ \"default\": \"deny\", \"rules\": [ { \"id\": \"ask\", \"actions\": [\"*\"],"
                + " \"effect\": \"require-approval\", \"approval\": { \"by\": { \"role\": \"BOSS\" } } },"
                + " { \"id\": \"never\", \"actions\": [\"forbidden\"], \"effect\": \"deny\" } ] }")
@UnansweredAllowed
class JitAssertionsTest {

    private static final String DELETED = "customer.delete on customer/7 (pending since 00:03)";

    private FakeApprover approver;
    private JitGuard guard;

    @BeforeEach
    void remember(JitGuard itsGuard, FakeApprover itsApprover, TestClock clock) {
        guard = itsGuard;
        approver = itsApprover;
        clock.advance(Duration.ofSeconds(3));
    }

    private void delete() {
        assertThatCall(() -> guard.attempt("customer.delete")
                        .by(Subject.user("bob"))
                        .on(Resource.of("customer", "7"))
                        .with("amount", 50)
                        .withSensitive("pin", "4711")
                        .withUnbound("note", "tidy up")
                        .because("ticket 1")
                        .run(() -> {}))
                .isPending();
    }

    private static void requireFailure(ThrowingCallable assertion, String message) {
        assertThat(catchThrowable(assertion)).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    @Test
    void whatFits() {
        delete();

        assertThat(approver)
                .wasAsked()
                .wasAskedOnce()
                .wasAsked(1)
                .forAction("customer.delete")
                .onResource("customer", "7")
                .by("bob")
                .by("user/bob")
                .showing("amount", "50")
                .showing("pin", "••••")
                .notShowing("pin")
                .notShowing("unknown")
                .withReason("ticket 1");
        assertThat(approver).forAction("payment.refund").wasNotAsked();
        assertThat(approver).forAction("payment.refund").onResource("customer", "7");
    }

    @Test
    void anotherAction() {
        delete();

        requireFailure(
                () -> assertThat(approver).wasAskedOnce().forAction("payment.refund"),
                "expected one request for payment.refund, saw: " + DELETED);
        requireFailure(
                () -> assertThat(approver).forAction("payment.refund").wasAskedOnce(),
                "expected one request for payment.refund, saw: " + DELETED);
    }

    @Test
    void anotherResourceSubjectArgumentOrReason() {
        delete();

        requireFailure(
                () -> assertThat(approver).wasAsked().onResource("order", "42"),
                "expected at least one request on order/42, saw: " + DELETED);
        requireFailure(
                () -> assertThat(approver).wasAskedOnce().by("ana"),
                "expected one request by user/ana, saw: customer.delete on customer/7 by user/bob (pending since 00:03)");
        requireFailure(
                () -> assertThat(approver)
                        .wasAskedOnce()
                        .forAction("customer.delete")
                        .showing("amount", "5000"),
                "expected one request for customer.delete showing amount 5000, saw: customer.delete on customer/7 showing "
                        + "amount 50, pin ••••, note tidy up (unbound) (pending since 00:03)");
        requireFailure(
                () -> assertThat(approver).wasAskedOnce().notShowing("note"),
                "expected one request not showing note, saw: customer.delete on customer/7 showing amount 50, pin ••••, "
                        + "note tidy up (unbound) (pending since 00:03)");
        requireFailure(
                () -> assertThat(approver).wasAskedOnce().withReason("ticket 2"),
                "expected one request because \"ticket 2\", saw: customer.delete on customer/7 because \"ticket 1\" (pending "
                        + "since 00:03)");
    }

    @Test
    void anotherNumber(TestClock clock) {
        requireFailure(() -> assertThat(approver).wasAskedOnce(), "expected one request, saw: none");

        delete();
        clock.advance(Duration.ofMinutes(5));
        approver.as("mia").deny("no");
        clock.advance(Duration.ofHours(2));
        assertThatCall(() -> guard.attempt("customer.delete").run(() -> {})).isDenied();

        String both =
                "customer.delete on customer/7 (denied since 05:03); customer.delete on none/none (denied since 02:05:03)";
        requireFailure(() -> assertThat(approver).wasAskedOnce(), "expected one request, saw: " + both);
        requireFailure(() -> assertThat(approver).wasAsked(3), "expected 3 requests, saw: " + both);
        requireFailure(() -> assertThat(approver).wasNotAsked(), "expected no request, saw: " + both);
    }

    @Test
    void describedAsTheTestSays() {
        requireFailure(
                () -> assertThat(approver).as("the night shift").wasAsked(),
                "[the night shift] expected at least one request, saw: none");
    }

    @Test
    void records(MemoryAuditSink audit) {
        requireFailure(() -> assertThat(audit).hasRecord(Kind.REQUESTED), "expected a record requested, saw: none");

        delete();

        assertThat(audit)
                .hasRecord(Kind.REQUESTED)
                .hasNoRecord(Kind.USE_BEGUN)
                .records(Kind.REQUESTED, Kind.NOTIFIED)
                .neverContains("4711");
        String saw = "saw: \n  requested customer.delete on customer/7 by user/bob: approval-required"
                + "\n  notified customer.delete on customer/7 by user/bob: approval-pending";
        requireFailureStartingWith(
                () -> assertThat(audit).hasRecord(Kind.USE_BEGUN), "expected a record use-begun, " + saw);
        requireFailureStartingWith(
                () -> assertThat(audit).hasNoRecord(Kind.REQUESTED), "expected no record requested, " + saw);
        requireFailureStartingWith(
                () -> assertThat(audit).records(Kind.NOTIFIED, Kind.REQUESTED),
                "expected in this order notified, requested, " + saw);
        requireFailureStartingWith(
                () -> assertThat(audit).neverContains("tidy"),
                "expected nowhere the text that was planted, but the record requested customer.delete on customer/7 by "
                        + "user/bob: approval-required has it");
        assertThat(catchThrowable(() -> assertThat(audit).neverContains("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void requireFailureStartingWith(ThrowingCallable assertion, String message) {
        assertThat(catchThrowable(assertion)).isInstanceOf(AssertionError.class).hasMessageStartingWith(message);
    }

    @Test
    void calls() {
        assertThatCall(() -> {}).ran();
        assertThatCall(() -> guard.attempt("forbidden").run(() -> {}))
                .isDenied()
                .because(Reason.POLICY_DENIED)
                .byRules("never");

        requireFailure(() -> assertThatCall(() -> {}).isDenied(), "expected the call to be denied, but it ran");
        requireFailure(() -> assertThatCall(() -> {}).isPending(), "expected the call to be pending, but it ran");
        requireFailure(
                () -> assertThatCall(() -> {}).because(Reason.POLICY_DENIED),
                "expected the call not to run because policy denies it (JIT-200), but it ran");
        requireFailure(
                () -> assertThatCall(() -> {
                            throw new IllegalArgumentException("boom");
                        })
                        .ran(),
                "expected the call to run, but it ended with: java.lang.IllegalArgumentException: boom");
        assertThat(catchThrowable(
                        () -> assertThatCall(() -> guard.attempt("forbidden").run(() -> {}))
                                .ran()))
                .hasMessageMatching(Pattern.compile(
                        "expected the call to run, but it ended with: io.jitapproval.ActionDeniedException: .*JIT-200.*",
                        Pattern.DOTALL))
                .hasCauseInstanceOf(io.jitapproval.ActionDeniedException.class);
    }
}
