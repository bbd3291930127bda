package io.jitapproval.test.elsewhere;

import static io.jitapproval.test.JitAssertions.assertThatCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Attempt;
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
@JitPolicy("elsewhere/hoop.yaml")
@UnansweredAllowed
@DisplayName("policies from elsewhere: hoop's access request rules")
class HoopTest {

    private static final Subject DEVELOPER = person("dina", "developers");
    private static final Duration HOUR = Duration.ofHours(1);

    @BeforeEach
    void people(TestPeople people) {
        people.person("sue").group("sre");
        people.person("sam").group("sre").group("dba");
        people.person("dirk").group("dba");
        people.person("adam").group("admin");
        people.person("tess").group("dba-team");
        people.person("seb").group("security-team");
        people.person("uma").group("dba-team").group("security-team");
    }

    @Test
    @DisplayName("whoever is in none of the groups connects without being reviewed")
    void notReviewed(JitGuard guard, FakeApprover approver) {
        ran(open(guard, person("olga", "operators"), HOUR));

        assertThat(approver).wasNotAsked();
    }

    @Test
    @DisplayName("a developer's window opens with the second approval and stays open for the hour")
    void window(JitGuard guard, FakeApprover approver, TestClock clock) {
        approver.as("sue").approve();
        pending(open(guard, DEVELOPER, HOUR));
        approver.as("dirk").approve();

        ran(open(guard, DEVELOPER, HOUR));
        clock.advance(HOUR.minusMinutes(1));
        ran(open(guard, DEVELOPER, HOUR));
        assertThat(approver).wasAskedOnce();

        approver.staySilent();
        clock.advance(Duration.ofMinutes(1));
        pending(open(guard, DEVELOPER, HOUR));
    }

    @Test
    @DisplayName("every command is approved by itself")
    void commands(JitGuard guard, FakeApprover approver) {
        approver.as("sue").approve().as("dirk").approve();

        ran(exec(guard, DEVELOPER, "mysql-prod", "UPDATE users SET status = 'inactive' WHERE id = 123"));
        approver.staySilent();

        pending(exec(guard, DEVELOPER, "mysql-prod", "UPDATE users SET status = 'inactive' WHERE id = 123"));
        pending(exec(guard, DEVELOPER, "mysql-prod", "UPDATE users SET status = 'inactive'"));
    }

    @Test
    @DisplayName("a window longer than the rule's maximum is refused before anybody is asked")
    void tooLong(JitGuard guard, FakeApprover approver) {
        assertThatCall(() -> open(guard, DEVELOPER, HOUR.plusSeconds(1)).run(() -> {}))
                .isDenied()
                .byRules("no-longer-than-an-hour");
        assertThat(approver).wasNotAsked();
    }

    @Test
    @DisplayName("a reviewer who rejects ends the request")
    void rejected(JitGuard guard, FakeApprover approver) {
        approver.as("sue").deny("no ticket");

        assertThatCall(() -> open(guard, DEVELOPER, HOUR).run(() -> {}))
                .isDenied()
                .because(Reason.APPROVAL_DENIED);
    }

    @Test
    @DisplayName("urgent: one admin's approval is enough")
    void forced(JitGuard guard, FakeApprover approver) {
        pending(open(guard, DEVELOPER, HOUR).inContext("urgent", true));
        pending(exec(guard, DEVELOPER, "pgdemo", "SELECT 1").inContext("urgent", true));
        approver.as("adam").approve();

        ran(open(guard, DEVELOPER, HOUR).inContext("urgent", true));
        ran(exec(guard, DEVELOPER, "pgdemo", "SELECT 1").inContext("urgent", true));
    }

    @Test
    @DisplayName("urgent: the reviewers' approvals do not count, nor are they needed")
    void forcedByAdminsOnly(JitGuard guard, FakeApprover approver) {
        approver.as("sue").approve().as("dirk").approve();

        pending(open(guard, DEVELOPER, HOUR).inContext("urgent", true));
    }

    @Test
    @DisplayName("not urgent: an admin's approval does not count")
    void notForced(JitGuard guard, FakeApprover approver) {
        approver.as("adam").approve().as("sue").approve();

        pending(open(guard, DEVELOPER, HOUR));
    }

    @Test
    @DisplayName("an admin's own request is approved at once, by the rule and on the record")
    void adminsThemselves(JitGuard guard, FakeApprover approver) {
        ran(open(guard, Subject.user("adam").with("groups", List.of("admin", "developers")), HOUR));

        assertThat(approver).wasNotAsked();
        ran(exec(guard, Subject.user("adam").with("groups", List.of("admin", "developers")), "pgdemo", "SELECT 1"));
    }

    @Test
    @DisplayName("all groups must approve: one of each team, not two of one")
    void bothTeams(JitGuard guard, FakeApprover approver, TestPeople people) {
        people.person("theo").group("dba-team");
        approver.as("tess").approve().as("theo").approve();
        pending(exec(guard, DEVELOPER, "sensitive-system", "SELECT 1"));

        approver.as("seb").approve();
        ran(exec(guard, DEVELOPER, "sensitive-system", "SELECT 1"));
    }

    @Test
    @DisplayName("all groups must approve: one person of both teams is one approval (tighter than hoop)")
    void onePersonOneVote(JitGuard guard, FakeApprover approver) {
        approver.as("uma").approve();

        pending(exec(guard, DEVELOPER, "sensitive-system", "SELECT 1"));
    }

    @Test
    @DisplayName("a connection without a rule is closed (hoop lets it pass)")
    void noRule(JitGuard guard) {
        assertThatCall(() -> exec(guard, DEVELOPER, "unknown", "SELECT 1").run(() -> {}))
                .isDenied()
                .because(Reason.NO_RULE_MATCHED);
    }

    @Test
    @DisplayName("a request that nobody decides on ends after the timeout of an hour")
    void timeout(JitGuard guard, FakeApprover approver, TestClock clock) {
        pending(open(guard, DEVELOPER, HOUR));
        clock.advance(HOUR);

        assertThat(approver.pending()).isEmpty();
    }

    private static Subject person(String id, String group) {
        return Subject.user(id).with("groups", List.of(group));
    }

    private static Attempt open(JitGuard guard, Subject who, Duration howLong) {
        return guard.attempt("connection.open")
                .by(who)
                .on(Resource.of("connection", "pgdemo"))
                .with("duration", howLong);
    }

    private static Attempt exec(JitGuard guard, Subject who, String connection, String command) {
        return guard.attempt("connection.exec")
                .by(who)
                .on(Resource.of("connection", connection))
                .with("command", command);
    }

    private static void ran(Attempt attempt) {
        assertThatCall(() -> attempt.run(() -> {})).ran();
    }

    private static void pending(Attempt attempt) {
        assertThatCall(() -> attempt.run(() -> {})).isPending();
    }
}
