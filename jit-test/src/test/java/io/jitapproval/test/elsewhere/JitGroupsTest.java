package io.jitapproval.test.elsewhere;

import static io.jitapproval.test.JitAssertions.assertThatCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.JitPolicy;
import io.jitapproval.test.JitTest;
import io.jitapproval.test.TestPeople;
import io.jitapproval.test.UnansweredAllowed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(JitTest.class)
@JitPolicy("elsewhere/jit-groups.yaml")
@UnansweredAllowed
@DisplayName("policies from elsewhere: a JIT group with its constraints")
class JitGroupsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Subject ANN = person("ann@example.com", "devops-staff@example.com");
    private static final Subject BEN = person("ben@example.com", "devops-staff@example.com");

    @BeforeEach
    void people(TestPeople people) {
        people.person("ann@example.com");
        people.person("ben@example.com");
        people.person("mike@example.com").group("managers@example.com");
    }

    @Test
    @DisplayName("Ann joins without anybody's approval, and the record says by which rule")
    void annJoins(JitGuard guard, FakeApprover approver) {
        ApprovalRequest request = join(guard, ANN, HOUR, "4711").submit().orElseThrow();

        assertThat(request.state()).isEqualTo(ApprovalRequest.State.APPROVED);
        assertThat(guard.grants()
                        .find(request.grantId().orElseThrow())
                        .orElseThrow()
                        .automatic())
                .containsExactly("ann-needs-nobody");
        ran(join(guard, ANN, HOUR, "4711"));
        assertThat(approver).wasNotAsked();
    }

    @Test
    @DisplayName("Ben needs a manager")
    void benAsks(JitGuard guard, FakeApprover approver) {
        pending(join(guard, BEN, HOUR, "4711"));
        approver.as("mike@example.com").approve();

        ran(join(guard, BEN, HOUR, "4711"));
    }

    @Test
    @DisplayName("neither Ben himself nor Ann, who may join but not approve others, approves Ben")
    void notTheirs(JitGuard guard, FakeApprover approver) {
        approver.as("ben@example.com").approve().as("ann@example.com").approve();

        pending(join(guard, BEN, HOUR, "4711"));

        assertThat(approver.requests()).flatExtracting(ApprovalRequest::votes).isEmpty();
    }

    @Test
    @DisplayName("a manager approves others and cannot join")
    void managersDoNotJoin(JitGuard guard) {
        assertThatCall(() -> join(guard, person("mike@example.com", "managers@example.com"), HOUR, "4711")
                        .run(() -> {}))
                .isDenied()
                .because(Reason.NO_RULE_MATCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "47 11", "12345678901"})
    @DisplayName("the expression: what is not a number of one to ten digits joins nothing, even where nobody is asked")
    void ticketNumber(String ticket, JitGuard guard, FakeApprover approver) {
        assertThatCall(() -> join(guard, ANN, HOUR, ticket).run(() -> {}))
                .isDenied()
                .byRules("ticket-number-as-justification");
        assertThatCall(() -> join(guard, BEN, HOUR, ticket).run(() -> {})).isDenied();
        assertThat(approver).wasNotAsked();
    }

    @Test
    @DisplayName("the expression: no ticket number at all joins nothing")
    void ticketNumberMissing(JitGuard guard) {
        assertThatCall(() -> guard.attempt("group.join")
                        .by(ANN)
                        .on(Resource.of("jit-group", "prod-server-admins"))
                        .with("expiry", HOUR)
                        .run(() -> {}))
                .isDenied();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT8H", "PT24H", "P1D"})
    @DisplayName("the expiry: from one hour to 24 hours")
    void expiryInRange(Duration expiry, JitGuard guard) {
        ran(join(guard, ANN, expiry, "4711"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M59S", "PT24H0.001S", "P7D"})
    @DisplayName("the expiry: neither shorter nor longer")
    void expiryOutOfRange(Duration expiry, JitGuard guard) {
        assertThatCall(() -> join(guard, ANN, expiry, "4711").run(() -> {}))
                .isDenied()
                .byRules("one-hour-to-a-day");
    }

    @Test
    @DisplayName("the expiry that was approved is the one that runs: another one asks again")
    void anotherExpiry(JitGuard guard, FakeApprover approver) {
        approver.as("mike@example.com").approve();
        assertThat(join(guard, BEN, HOUR, "4711").submit().orElseThrow().state())
                .isEqualTo(ApprovalRequest.State.APPROVED);

        approver.staySilent();
        pending(join(guard, BEN, Duration.ofHours(2), "4711"));
        ran(join(guard, BEN, HOUR, "4711"));
    }

    @Test
    @DisplayName("denied to the interns, also where another entry allows")
    void interns(JitGuard guard) {
        assertThatCall(() -> join(guard, person("ann@example.com", "summer-interns@example.com"), HOUR, "4711")
                        .run(() -> {}))
                .isDenied()
                .byRules("interns-are-exempt");
    }

    @Test
    @DisplayName("denied to whoever is from outside")
    void outsiders(JitGuard guard) {
        assertThatCall(() -> join(guard, person("ann@other.example", "devops-staff@example.com"), HOUR, "4711")
                        .run(() -> {}))
                .isDenied()
                .byRules("outsiders-do-nothing");
    }

    private static Subject person(String email, String group) {
        return Subject.user(email).with("email", email).with("groups", List.of(group));
    }

    private static Attempt join(JitGuard guard, Subject who, Duration expiry, String ticket) {
        return guard.attempt("group.join")
                .by(who)
                .on(Resource.of("jit-group", "prod-server-admins"))
                .with("expiry", expiry)
                .with("ticketnumber", ticket);
    }

    private static void ran(Attempt attempt) {
        assertThatCall(() -> attempt.run(() -> {})).ran();
    }

    private static void pending(Attempt attempt) {
        assertThatCall(() -> attempt.run(() -> {})).isPending();
    }
}
