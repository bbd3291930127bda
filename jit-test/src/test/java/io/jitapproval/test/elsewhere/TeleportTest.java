package io.jitapproval.test.elsewhere;

import static io.jitapproval.test.JitAssertions.assertThatCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.CastVote;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.JitPolicy;
import io.jitapproval.test.JitTest;
import io.jitapproval.test.TestClock;
import io.jitapproval.test.TestPeople;
import io.jitapproval.test.UnansweredAllowed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(JitTest.class)
@JitPolicy("elsewhere/teleport.yaml")
@UnansweredAllowed
@DisplayName("policies from elsewhere: Teleport's access requests")
class TeleportTest {

    private static final Subject EMPLOYEE = person("eve", List.of("employee"), List.of());
    private static final Subject DEVOPS = person("dan", List.of("devops"), List.of());

    @BeforeEach
    void people(TestPeople people) {
        people.person("rita").group("reviewers").group("reviewers-outside-dev");
        people.person("rob").group("reviewers").group("reviewers-outside-dev");
        people.person("ria").group("reviewers").group("reviewers-outside-dev");
        people.person("devin").group("reviewers").group("dev");
        people.person("ada").role("admin");
        people.person("eve").group("reviewers");
    }

    @Test
    @DisplayName("an employee gets dba when one reviewer approves, for four days and no longer")
    void fourDaysOfDba(JitGuard guard, FakeApprover approver, TestClock clock) {
        approver.as("rita").approve();

        ran(assume(guard, EMPLOYEE, "dba"));
        clock.advance(Duration.ofDays(4).minusMinutes(1));
        ran(assume(guard, EMPLOYEE, "dba"));
        assertThat(approver).wasAskedOnce();

        approver.staySilent();
        clock.advance(Duration.ofMinutes(1));
        pending(assume(guard, EMPLOYEE, "dba"));
    }

    @Test
    @DisplayName("an employee cannot request a role that is not listed")
    void unlistedRole(JitGuard guard, FakeApprover approver) {
        assertThatCall(() -> assume(guard, EMPLOYEE, "prod").run(() -> {}))
                .isDenied()
                .because(Reason.NO_RULE_MATCHED);
        assertThat(approver).wasNotAsked();
    }

    @Test
    @DisplayName("somebody of the admins group requests any role")
    void adminsRequestAnything(JitGuard guard, FakeApprover approver) {
        approver.as("rita").approve();

        ran(assume(guard, person("amy", List.of("employee"), List.of("admins")), "prod"));
    }

    @Test
    @DisplayName("somebody of the contractors group requests none, not even one that the employee role lists")
    void contractorsRequestNothing(JitGuard guard, FakeApprover approver) {
        Subject contractor = person("cem", List.of("employee"), List.of("contractors", "admins"));

        assertThatCall(() -> assume(guard, contractor, "dev").run(() -> {}))
                .isDenied()
                .byRules("contractors-request-no-role");
        assertThat(approver).wasNotAsked();
    }

    @Test
    @DisplayName("dbadmin: two reviewers are not enough, three are")
    void threeReviewers(JitGuard guard, FakeApprover approver) {
        approver.as("rita").approve().as("rob").approve();
        pending(assume(guard, DEVOPS, "dbadmin"));

        approver.as("ria").approve();
        ran(assume(guard, DEVOPS, "dbadmin"));
    }

    @Test
    @DisplayName("dbadmin: whoever is of the team dev does not count")
    void devDoesNotCount(JitGuard guard, FakeApprover approver) {
        approver.as("rita").approve().as("rob").approve().as("devin").approve();

        pending(assume(guard, DEVOPS, "dbadmin"));

        assertThat(votes(approver)).containsExactly("rita", "rob");
    }

    @Test
    @DisplayName("dbadmin: one admin is enough")
    void oneAdmin(JitGuard guard, FakeApprover approver) {
        approver.as("ada").approve();

        ran(assume(guard, DEVOPS, "dbadmin").inContext("ask", "admins"));

        assertThat(votes(approver)).containsExactly("ada");
    }

    @Test
    @DisplayName("dbadmin: who asks the admins is not approved by other reviewers")
    void adminsOnly(JitGuard guard, FakeApprover approver) {
        approver.as("rita").approve().as("rob").approve().as("ria").approve();

        pending(assume(guard, DEVOPS, "dbadmin").inContext("ask", "admins"));

        assertThat(votes(approver)).isEmpty();
    }

    @Test
    @DisplayName("dbadmin: what an admin approved does not serve where three reviewers are asked")
    void theOtherWay(JitGuard guard, FakeApprover approver) {
        approver.as("ada").approve();
        ran(assume(guard, DEVOPS, "dbadmin").inContext("ask", "admins"));

        assertThatCall(() -> assume(guard, DEVOPS, "dbadmin").run(() -> {})).isPending();
    }

    @Test
    @DisplayName("node-access: without a reason nobody is asked, with one they are")
    void reasonRequired(JitGuard guard, FakeApprover approver) {
        Subject requester = person("nia", List.of("node-requester"), List.of());
        approver.as("rita").approve();

        assertThatCall(() -> assume(guard, requester, "node-access").run(() -> {}))
                .isDenied()
                .because(Reason.REASON_REQUIRED);
        assertThat(approver).wasNotAsked();

        ran(assume(guard, requester, "node-access").because("disk full on node 7"));
    }

    @Test
    @DisplayName("a request waits for one hour")
    void oneHourToDecide(JitGuard guard, FakeApprover approver, TestClock clock) {
        pending(assume(guard, EMPLOYEE, "dev"));

        clock.advance(Duration.ofHours(1));

        assertThat(approver.requests())
                .extracting(request -> request.stateAt(clock.instant()))
                .containsExactly(ApprovalRequest.State.EXPIRED);
    }

    @Test
    @DisplayName("a reviewer does not review their own request")
    void notOnesOwn(JitGuard guard, FakeApprover approver) {
        approver.as("eve").approve();

        pending(assume(guard, EMPLOYEE, "dev"));

        assertThat(votes(approver)).isEmpty();
    }

    @Test
    @DisplayName("one reviewer who denies ends the request")
    void denied(JitGuard guard, FakeApprover approver) {
        approver.as("rita").deny("not today");

        assertThatCall(() -> assume(guard, EMPLOYEE, "dba").run(() -> {}))
                .isDenied()
                .because(Reason.APPROVAL_DENIED);
    }

    @Test
    @JitPolicy("elsewhere/teleport-ticket.yaml")
    @DisplayName("a ticket in the reason: one reviewer is enough")
    void withTicket(JitGuard guard, FakeApprover approver) {
        approver.as("rita").approve();

        ran(assume(guard, DEVOPS, "dbadmin").inContext("ticket", "Ticket 8812, disk full"));
    }

    @Test
    @JitPolicy("elsewhere/teleport-ticket.yaml")
    @DisplayName("no ticket, or something else: three reviewers")
    void withoutTicket(JitGuard guard, FakeApprover approver) {
        approver.as("rita").approve().as("rob").approve();

        pending(assume(guard, DEVOPS, "dbadmin"));
        pending(assume(guard, DEVOPS, "dbadmin").inContext("ticket", "see Ticket 8812"));

        approver.as("ria").approve();
        ran(assume(guard, DEVOPS, "dbadmin"));
    }

    private static Subject person(String id, List<String> roles, List<String> groups) {
        return Subject.user(id).with("roles", roles).with("groups", groups);
    }

    private static Attempt assume(JitGuard guard, Subject who, String role) {
        return guard.attempt("role.assume").by(who).on(Resource.of("role", role));
    }

    private static void ran(Attempt attempt) {
        assertThatCall(() -> attempt.run(() -> {})).ran();
    }

    private static void pending(Attempt attempt) {
        assertThatCall(() -> attempt.run(() -> {})).isPending();
    }

    private static List<String> votes(FakeApprover approver) {
        List<ApprovalRequest> requests = approver.requests();
        return requests.get(requests.size() - 1).votes().stream()
                .map(CastVote::person)
                .toList();
    }
}
