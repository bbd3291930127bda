package io.jitapproval.walls.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Subject;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 7: time runs on while the guard is busy with what it brought")
class TimeRunsOnTest {

    /** Escalates two seconds before the end of its half hour. */
    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "ask", "actions": ["pay"], "effect": "require-approval",
               "approval": {"decideWithin": "PT30M", "stages": [
                 {"by": {"role": "BOSS"}, "escalate": [{"after": "PT29M58S", "by": {"role": "OWNER"}}]}]}}]}
            """;

    private final TestClock clock = new TestClock().handsOn();

    /** Writing down the escalation takes two seconds. */
    private final class Slow implements InlineAuditSink {

        @Override
        public void append(List<AuditRecord> records) {
            if (records.get(0).kind() == AuditRecord.Kind.ESCALATED) {
                clock.advance(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    @DisplayName(
            "wall 7: who waits learns that it is decide-by, although that came while an escalation was written down")
    void toldAtOnce() throws Exception {
        try (MethodGuard guard = Jit.guard()
                .policy(PolicySources.text("time.json", POLICY))
                .people(People.of(People.person("ana"), People.person("mia", "BOSS"), People.person("ada", "OWNER")))
                .audit(new Slow())
                .time(clock)
                .build()) {
            ApprovalRequest request =
                    guard.attempt("pay").by(Subject.user("ana")).submit().orElseThrow();
            CompletableFuture<ApprovalRequest> end =
                    guard.request(request.id()).whenEnded().toCompletableFuture();
            clock.advance(Duration.ofMinutes(30).minusSeconds(2));

            assertThat(end.get(20, TimeUnit.SECONDS).state()).isEqualTo(State.EXPIRED);
            assertThat(clock.instant()).isEqualTo(TestClock.START.plus(Duration.ofMinutes(30)));
        }
    }
}
