package io.jitapproval.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Attempt;
import io.jitapproval.CastVote;
import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(JitTest.class)
@JitPolicy(text = """
                { "default": "deny", "rules": [
                  { "id": "one", "actions": ["one"], "effect": "require-approval",
                    "approval": { "by": { "role": "BOSS" }, "people": 1, "decideWithin": "PT30M" },
                    "grant": { "within": "PT15M", "uses": 3 } },
                  { "id": "two", "actions": ["two"], "effect": "require-approval",
                    "approval": { "by": { "role": "BOSS" }, "people": 2, "decideWithin": "PT30M" } },
                  { "id": "tom-only", "actions": ["tom-only"], "effect": "require-approval",
                    "approval": { "by": { "person": "tom" }, "people": 1 } } ] }
                """)
class FakeApproverTest {

    private static final Logger LOG = Logger.getLogger(FakeApprover.class.getName());

    @BeforeAll
    static void doNotPrintWhatIsProvoked() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void printAgain() {
        LOG.setLevel(null);
    }

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static String call(Attempt attempt) {
        return attempt.call(() -> "ran");
    }

    private static ApprovalRequest last(FakeApprover approver) {
        List<ApprovalRequest> requests = approver.requests();
        return requests.get(requests.size() - 1);
    }

    @Test
    void approvesWhileItIsBeingAsked(JitGuard guard, FakeApprover approver) {
        approver.as("mia").approve();

        assertThat(call(guard.attempt("one"))).isEqualTo("ran");

        assertThat(last(approver).votes()).extracting(CastVote::person).containsExactly("mia");
        assertThat(last(approver).votes()).extracting(CastVote::channel).containsExactly("fake");
    }

    @Test
    void deniesWithAReason(JitGuard guard, FakeApprover approver) {
        approver.as("mia").deny("not today");

        JitAssertions.assertThatCall(() -> call(guard.attempt("one")))
                .isDenied()
                .because(Reason.APPROVAL_DENIED);

        assertThat(last(approver).votes()).extracting(CastVote::reason).containsExactly("not today");
    }

    @Test
    void abstainingDecidesNothing(JitGuard guard, FakeApprover approver) {
        approver.as("mia").abstain();

        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).isPending();

        assertThat(last(approver).votes()).hasSize(1);
    }

    @Test
    void approvesOnNarrowerTerms(JitGuard guard, FakeApprover approver) {
        GrantTerms once = new GrantTerms(GrantScope.EXACT, MINUTE, 1, GrantClock.APPROVAL);
        approver.as("mia").approve(once);

        call(guard.attempt("one"));

        assertThat(guard.grants().find(last(approver).grantId().orElseThrow()).map(Grant::terms))
                .contains(once);
    }

    @Test
    void everyPersonVotesForThemselves(JitGuard guard, FakeApprover approver) {
        approver.as("mia").approve().as("tom").approve();

        assertThat(call(guard.attempt("two"))).isEqualTo("ran");

        assertThat(last(approver).votes()).extracting(CastVote::person).containsExactly("mia", "tom");
    }

    @Test
    void aQuorumIsNotReachedByOne(JitGuard guard, FakeApprover approver) {
        approver.as("mia").approve();

        JitAssertions.assertThatCall(() -> call(guard.attempt("two"))).isPending();

        assertThat(approver.pending()).hasSize(1);
    }

    @Test
    void theFirstFittingRuleOfAPersonAnswers(JitGuard guard, FakeApprover approver) {
        approver.as("mia").when(request -> request.resource().id().equals("42")).deny("not this one");
        approver.as("mia").approve();

        JitAssertions.assertThatCall(() -> call(guard.attempt("one").on(Resource.of("order", "42"))))
                .isDenied();
        JitAssertions.assertThatCall(() -> call(guard.attempt("one").on(Resource.of("order", "43"))))
                .ran();
    }

    @Test
    void onceAnswersOnce(JitGuard guard, FakeApprover approver) {
        approver.as("mia").once().approve();
        approver.as("mia").deny("only one");

        JitAssertions.assertThatCall(() -> call(guard.attempt("one").with("number", 1)))
                .ran();
        JitAssertions.assertThatCall(() -> call(guard.attempt("one").with("number", 2)))
                .isDenied();
    }

    @Test
    void answersLaterByTheClockWhileTheCallWaits(JitGuard guard, FakeApprover approver, TestClock clock) {
        approver.as("mia").after(MINUTE.multipliedBy(5)).approve();

        assertThat(call(guard.attempt("one").waitAtMost(MINUTE.multipliedBy(10))))
                .isEqualTo("ran");

        assertThat(clock.instant()).isEqualTo(TestClock.START.plus(MINUTE.multipliedBy(5)));
    }

    @Test
    void answersTooLateForTheCallThatWaits(JitGuard guard, FakeApprover approver, TestClock clock) {
        approver.as("mia").after(MINUTE.multipliedBy(5)).approve();

        JitAssertions.assertThatCall(() -> call(guard.attempt("one").waitAtMost(MINUTE)))
                .isPending();
        clock.advance(MINUTE.multipliedBy(4));
        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).ran();
    }

    @Test
    void nobodyAnswersAndTheRequestExpires(JitGuard guard, FakeApprover approver, TestClock clock) {
        JitAssertions.assertThatCall(() -> call(guard.attempt("one").waitAtMost(Duration.ofHours(2))))
                .isExpired();

        assertThat(clock.instant()).isEqualTo(TestClock.START.plus(MINUTE.multipliedBy(30)));
        assertThat(last(approver).state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void aCallThatHoldsNoThreadGoesOnWhenTheClockIsMoved(JitGuard guard, FakeApprover approver, TestClock clock)
            throws Exception {
        approver.as("mia").after(MINUTE).approve();

        CompletableFuture<String> result = guard.attempt("one")
                .waitAtMost(MINUTE.multipliedBy(5))
                .callAsync(() -> CompletableFuture.completedFuture("ran"))
                .toCompletableFuture();
        assertThat(approver.requests()).hasSize(1);
        clock.advance(MINUTE);

        assertThat(result.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("ran");
    }

    @Test
    void aRuleCountsForWhatWaitsAlready(JitGuard guard, FakeApprover approver) {
        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).isPending();

        approver.as("mia").approve();

        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).ran();
        assertThat(approver).wasAskedOnce();
    }

    @Test
    void approveAllFillsEveryQuorum(JitGuard guard, FakeApprover approver) {
        approver.approveAll();

        JitAssertions.assertThatCall(() -> call(guard.attempt("two"))).ran();
        JitAssertions.assertThatCall(() -> call(guard.attempt("tom-only"))).ran();

        assertThat(last(approver).votes()).extracting(CastVote::person).containsExactly("tom");
    }

    @Test
    void denyAllDeniesUnlessSomebodyHasARule(JitGuard guard, FakeApprover approver) {
        approver.as("mia").when(request -> request.action().equals("one")).approve();
        approver.denyAll("closed");

        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).ran();
        JitAssertions.assertThatCall(() -> call(guard.attempt("two"))).isDenied();
        assertThat(last(approver).votes()).extracting(CastVote::reason).containsExactly("closed");
    }

    @Test
    void votesByHand(JitGuard guard, FakeApprover approver) {
        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).isPending();
        ApprovalRequest request = approver.pending().get(0);

        VoteReceipt receipt = approver.vote(request.id(), Vote.approve(request, Ref.user("approver-1")));

        assertThat(receipt.counted()).isTrue();
        assertThat(approver.pending()).isEmpty();
        JitAssertions.assertThatCall(() -> call(guard.attempt("one"))).ran();
    }

    @Test
    void resetForgetsScriptAndRequests(JitGuard guard, FakeApprover approver) {
        approver.approveAll();
        call(guard.attempt("one"));

        approver.reset();

        assertThat(approver).wasNotAsked().hasToString("FakeApprover with 0 requests, rules of []");
        approver.staySilent();
        JitAssertions.assertThatCall(() -> call(guard.attempt("two"))).isPending();
    }

    @Test
    void needsATestAroundIt() throws InterruptedException {
        CompletableFuture<FakeApprover> made = new CompletableFuture<>();
        Thread production = new Thread(
                () -> {
                    try {
                        made.complete(new FakeApprover());
                    } catch (Throwable refused) {
                        made.completeExceptionally(refused);
                    }
                },
                "http-8080");
        production.start();
        production.join();

        assertThatThrownBy(made::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "a FakeApprover approves without asking anybody, and this is not a test: no frame of JUnit is on "
                                + "the stack of http-8080. Make it on the test's own thread, or say "
                                + "FakeApprover.outsideTests(\"why\")");
    }

    @Test
    void outsideTestsItNeedsAReason() {
        assertThat(FakeApprover.outsideTests("a demo without people").name()).isEqualTo("fake");
        assertThatThrownBy(() -> FakeApprover.outsideTests(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Asks mia, by the channel console and with the assurance mfa. */
    private static Attempt pay(FakeApprover approver) {
        String policy = """
                {"default": "deny", "rules": [{"id": "r", "actions": ["pay"], "effect": "require-approval",
                 "approval": {"by": {"person": "mia"}, "channels": ["console"], "assurance": ["mfa"]}}]}
                """;
        return Jit.guard()
                .policy(PolicySources.text("policy.json", policy))
                .people(People.of(People.person("mia"), People.person("ana")))
                .channel(approver)
                .audit(AuditSinks.memory(100))
                .build()
                .attempt("pay")
                .by(Subject.user("ana"));
    }

    @Test
    void standsInForAChannelAndForWhoeverIsAuthenticated() {
        FakeApprover console = new FakeApprover().named("console");
        console.as("mia").authenticatedBy("mfa").approve();
        pay(console).run(() -> {});
        assertThatThrownBy(() -> console.named("other"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this FakeApprover is connected as 'console' already");

        FakeApprover careless = new FakeApprover().named("console");
        careless.as("mia").approve();
        assertThatThrownBy(() -> pay(careless).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
        FakeApprover elsewhere = new FakeApprover();
        elsewhere.as("mia").authenticatedBy("mfa").approve();
        assertThatThrownBy(() -> pay(elsewhere).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
        assertThatThrownBy(() -> new FakeApprover().named(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void belongsToOneGuard(JitGuard guard, FakeApprover approver) {
        assertThatThrownBy(() -> approver.connect(guard.approvals())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FakeApprover()
                        .vote(
                                "r1",
                                new Vote(
                                        Ref.user("mia"),
                                        io.jitapproval.Verdict.APPROVE,
                                        "",
                                        new io.jitapproval.Shown(1, "digest"),
                                        java.util.Optional.empty(),
                                        "")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no guard has connected this FakeApprover: give it to one with .channel(approver)");
    }
}
