package io.jitapproval.walls.attacks;

import static io.jitapproval.core.People.person;
import static io.jitapproval.test.JitAssertions.assertThatCall;
import static io.jitapproval.walls.attacks.Bank.ANA;
import static io.jitapproval.walls.attacks.Bank.MIA;
import static io.jitapproval.walls.attacks.Bank.STAFF;
import static io.jitapproval.walls.attacks.Bank.ask;
import static io.jitapproval.walls.attacks.Bank.rule;
import static io.jitapproval.walls.attacks.Bank.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Attempt;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.People;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what a reviewer broke in approvals and grants stays mended")
class AttacksOnApprovalTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final String SUPPORT_ONLY =
            rule("no", "deny", "\"when\": {\"not\": {\"subject.roles\": {\"contains\": \"SUPPORT\"}}}");

    private final TestClock clock = new TestClock();

    private static String terms(String within, String useWithin, String from) {
        return "\"grant\": {\"within\": \"" + within + "\", \"useWithin\": \"" + useWithin + "\", \"from\": \"" + from
                + "\", \"uses\": 5}";
    }

    @Test
    @DisplayName(
            "wall 4, R22: a user whom the directory cannot name cannot ask, and an alias in capitals cannot approve itself")
    void namelessRequester() {
        PeopleDirectory more = People.of(person("mia", "FINANCE"), person("zoe", "FINANCE"));
        try (Bank bank = new Bank(clock, more, builder -> {}, ask("ask"))) {
            for (String unknown : List.of("MIA", "mia@bank.example", "ana")) {
                assertThatCall(() -> bank.guard
                                .attempt("pay")
                                .by(Subject.user(unknown))
                                .call(() -> "paid"))
                        .isDenied()
                        .because(Reason.REQUESTER_UNRESOLVED);
            }
            assertThat(bank.guard.approvals().pending()).isEmpty();

            Subject service = new Subject("service", "ＭIA", Map.of());
            assertThatCall(() -> bank.guard.attempt("pay").by(service).call(() -> "paid"))
                    .isPending();
            assertThat(bank.guard.approvals().waitingFor(MIA)).isEmpty();
            assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.SEPARATION_OF_DUTIES);
            assertThat(bank.approvedBy(Ref.user("zoe"))).isEqualTo(Reason.VOTE_COUNTED);
            assertThatCall(() -> bank.guard.attempt("pay").by(service).call(() -> "paid"))
                    .ran();
        }
    }

    @Test
    @DisplayName("wall 4, R22: who vanishes from the directory while the request waits is not approved by anybody")
    void requesterVanishes() {
        Moving people = new Moving(STAFF);
        try (Bank bank = new Bank(clock, people, builder -> {}, ask("ask"))) {
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            people.now = People.of(person("mia", "FINANCE"));
            assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.SEPARATION_OF_DUTIES);
            people.now = STAFF;
            assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
        }
    }

    @Test
    @DisplayName("wall 3, R28: roles that were taken while a call waited count when it wakes; so does another caller")
    void rolesTakenWhileWaiting() {
        assertThatCall(() -> waiting(ANA.with("roles", List.of("SUPPORT")))).ran();
        assertThatCall(() -> waiting(ANA.with("roles", List.of())))
                .isDenied()
                .because(Reason.POLICY_DENIED)
                .byRules("no");
        assertThatCall(() -> waiting(Subject.user("ben").with("roles", List.of("SUPPORT"))))
                .because(Reason.SUBJECT_UNRESOLVED);
    }

    @Test
    @DisplayName("wall 3, R28: whoever acts for the same caller after the wait as before it is no other caller")
    void sameActorsAfterTheWait() {
        assertThatCall(() -> waiting(ANA.with("roles", List.of("SUPPORT")), Subject.of("agent", "llm-9")))
                .ran();
    }

    private static void waiting(Subject after, Subject... actors) throws Exception {
        TestClock clock = new TestClock();
        List<Subject> signedIn = new CopyOnWriteArrayList<>(List.of(ANA.with("roles", List.of("SUPPORT"))));
        try (Bank bank = new Bank(
                clock,
                STAFF,
                builder -> builder.subject(() -> Optional.of(signedIn.get(0))),
                SUPPORT_ONLY,
                ask("ask"))) {
            clock.alarm(clock.instant().plus(Duration.ofMinutes(30)), () -> {
                signedIn.set(0, after);
                assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
            });
            Attempt attempt = bank.guard.attempt("pay").waitAtMost(LONG);
            List.of(actors).forEach(attempt::through);
            attempt.call(() -> "paid");
        }
    }

    @Test
    @DisplayName("wall 11, R63: approved calls that nobody makes do not fill the store for good")
    void expiredGrantsMakeRoom() {
        try (Bank bank = new Bank(clock, STAFF, builder -> builder.store(GrantStores.memory(clock, 3)), ask("ask"))) {
            for (int i = 0; i < 8; i++) {
                int amount = i;
                assertThatCall(() -> bank.pay(amount).call(() -> "paid")).isPending();
                assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
                clock.advance(Duration.ofHours(2));
            }
            // Those that have not expired still fill it.
            for (int i = 10; i < 13; i++) {
                int amount = i;
                assertThatCall(() -> bank.pay(amount).call(() -> "paid")).isPending();
                assertThat(bank.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
            }
            assertThatCall(() -> bank.pay(14).call(() -> "paid")).isPending();
            assertThatCall(() -> bank.approvedBy(MIA)).because(Reason.STORE_FULL);
        }
    }

    @Test
    @DisplayName("wall 9: a call that a rule answers runs although an equal one waits for people")
    void ruleAnswersBesideWaitingRequest() {
        try (Bank bank = new Bank(clock, ask("ask"), rule("auto", "auto-approve", when("context.net", "office")))) {
            assertThatCall(() -> bank.pay(1).inContext("net", "home").call(() -> "paid"))
                    .isPending();
            assertThatCall(() -> bank.pay(1).inContext("net", "office").call(() -> "paid"))
                    .ran();
            assertThat(bank.records(Kind.DENIED)).isEmpty();
            assertThatCall(() -> bank.pay(1).inContext("net", "home").call(() -> "paid"))
                    .isPending();
        }
    }

    @Test
    @DisplayName("wall 7, R32: a rule that allows less time ends a grant that counts from its first use")
    void tighterFromFirstUse() {
        String tight = ask("tight", when("context.risk", "high"), terms("PT10M", "PT24H", "first-use"));
        try (Bank bank = new Bank(clock, ask("ask", terms("PT8H", "PT24H", "first-use")), tight)) {
            assertThatCall(() -> bank.pay(1).inContext("risk", "low").call(() -> "paid"))
                    .isPending();
            bank.approvedBy(MIA);
            clock.advance(Duration.ofHours(3));
            assertThatCall(() -> bank.pay(1).inContext("risk", "low").call(() -> "paid"))
                    .ran();
            clock.advance(Duration.ofMinutes(9));
            assertThatCall(() -> bank.pay(1).inContext("risk", "high").call(() -> "paid"))
                    .ran();
            clock.advance(Duration.ofMinutes(1));
            assertThatCall(() -> bank.pay(1).inContext("risk", "high").call(() -> "paid"))
                    .isPending();
            assertThatCall(() -> bank.pay(1).inContext("risk", "low").call(() -> "paid"))
                    .ran();
        }
    }

    @Test
    @DisplayName(
            "wall 7, R32: a rule that asks for an earlier first use is not answered by a grant that was left lying")
    void tighterUseWithin() {
        String tight = ask("tight", when("context.risk", "high"), terms("PT8H", "PT5M", "approval"));
        for (boolean late : new boolean[] {true, false}) {
            try (Bank bank = new Bank(clock, ask("ask", terms("PT8H", "PT8H", "approval")), tight)) {
                assertThatCall(() -> bank.pay(1).inContext("risk", "low").call(() -> "paid"))
                        .isPending();
                bank.approvedBy(MIA);
                clock.advance(late ? Duration.ofMinutes(5) : Duration.ofMinutes(4));
                var call = assertThatCall(
                        () -> bank.pay(1).inContext("risk", "high").call(() -> "paid"));
                assertThat(late ? call.isPending() : call.ran()).isNotNull();
            }
        }
    }

    @Test
    @DisplayName("wall 3: where a call names no resource, a grant for the resource is one for that call")
    void noResourceIsNotEveryResource() {
        String wide = ask("ask", "\"grant\": {\"within\": \"PT8H\", \"uses\": 5, \"scope\": \"resource\"}");
        try (Bank bank = new Bank(clock, wide)) {
            assertThatCall(() -> bank.pay(1).with("order", "42").call(() -> "paid"))
                    .isPending();
            bank.approvedBy(MIA);
            assertThatCall(() -> bank.pay(99_999).with("order", "43").call(() -> "paid"))
                    .isPending();
            assertThatCall(() -> bank.pay(1).with("order", "42").call(() -> "paid"))
                    .ran();
        }
    }

    @Test
    @DisplayName("wall 4: a vote that was counted counts when the rest of the quorum is looked at")
    void countedVoteIsNotForgotten() {
        Person ana = person("ana");
        Person ben = person("ben", "FINANCE");
        Person zoe = person("zoe", "FINANCE");
        Moving people = new Moving(People.of(ana, person("mia", "FINANCE"), ben, zoe));
        String two = rule("two", "require-approval", "\"approval\": {\"by\": {\"role\": \"FINANCE\"}, \"people\": 2}");
        try (Bank bank = new Bank(clock, people, builder -> {}, two)) {
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            ApprovalRequest request = bank.pending();
            bank.approvedBy(MIA);
            people.now = People.of(ana, person("mia"), ben, zoe);
            assertThat(bank.guard
                            .approvals()
                            .vote(request.id(), Vote.abstain(request, Ref.user("zoe")))
                            .request())
                    .get()
                    .returns(State.PENDING, ApprovalRequest::state);
            assertThat(bank.approvedBy(Ref.user("ben"))).isEqualTo(Reason.VOTE_COUNTED);
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).ran();
        }
    }

    @Test
    @DisplayName("wall 5: an unknown person/ana is not ana: it neither withdraws nor gives back what is hers")
    void personIsNoIdentity() {
        Ref stranger = new Ref("person", "ana");
        try (Bank bank = new Bank(clock, ask("ask"))) {
            assertThatCall(() -> bank.pay(1).call(() -> "paid")).isPending();
            String request = bank.pending().id();
            assertThat(bank.guard.approvals().withdraw(request, stranger)).isEqualTo(Reason.NOT_THE_HOLDER);
            assertThat(bank.guard.approvals().withdraw(request, ANA.ref())).isEqualTo(Reason.APPROVAL_CANCELLED);

            assertThatCall(() -> bank.pay(2).call(() -> "paid")).isPending();
            bank.approvedBy(MIA);
            String grant = bank.guard.grants().active().get(0).id();
            assertThat(bank.guard.grants().giveBack(grant, stranger)).isEqualTo(Reason.NOT_THE_HOLDER);
            assertThat(bank.guard.grants().giveBack(grant, ANA.ref())).isEqualTo(Reason.GIVEN_BACK);
        }
    }
}
