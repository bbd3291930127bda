package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.JitGuard;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Shown;
import io.jitapproval.Subject;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what docs/approving.md shows of the approvers' side")
class ApprovingSamplesTest {

    private static final String POLICY = """
            {"default": {"require-approval": {"by": {"role": "FINANCE"}}, "grant": {"within": "PT1H", "uses": 3, "scope": "action"}}, "rules": []}""";

    private final Ref ana = Ref.user("ana");
    private final Ref mia = Ref.user("mia");
    private final JitGuard guard = Jit.guard()
            .policy(PolicySources.text("policy.json", POLICY))
            .people(People.of(People.person("ana"), People.person("mia", "FINANCE"), People.person("tom")))
            .audit(AuditSinks.memory(1_000))
            .build();
    private final Approvals approvals = guard.approvals();

    @BeforeEach
    void ask() {
        assertThatThrownBy(() ->
                        guard.attempt("payment.refund").by(Subject.user("ana")).run(() -> {}))
                .isInstanceOf(ApprovalPendingException.class);
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    @DisplayName("a form goes out with version and digest, and comes back with them")
    void form() {
        List<ApprovalRequest> inbox = approvals.waitingFor(mia); // what mia may vote on now, oldest first

        ApprovalRequest shown = inbox.get(0); // put its version and digest into the form, with what you show
        String ticket = shown.version() + " " + shown.digest();

        approvals.say(
                shown.id(),
                ana,
                Note.Kind.INFORMATION,
                "Nordwind"); // the next version; whoever votes later must have seen it
        assertThat(sent(shown, ticket).reason()).isEqualTo(Reason.SHOWN_DIFFERS);
        assertThat(sent(shown, ticket).moved()).isNotEmpty();

        ApprovalRequest again = approvals.waitingFor(mia).get(0);
        assertThat(sent(again, again.version() + " " + again.digest()).counted())
                .isTrue();
        assertThat(approvals.waitingFor(mia)).isEmpty();
    }

    private VoteReceipt sent(ApprovalRequest shown, String ticket) {
        String[] parts = ticket.split(" ", -1);
        Shown asShown = new Shown(Integer.parseInt(parts[0]), parts[1]);
        VoteReceipt receipt = approvals.vote(
                shown.id(),
                new Vote(mia, Verdict.APPROVE, "", asShown, Optional.empty(), "page").authenticatedBy("webauthn"));
        return receipt;
    }

    @Test
    @DisplayName("narrower, and why")
    void narrower() {
        ApprovalRequest shown = approvals.waitingFor(mia).get(0);
        GrantTerms narrower = new GrantTerms(GrantScope.EXACT, Duration.ofMinutes(5), 1, GrantClock.APPROVAL);
        approvals.vote(shown.id(), Vote.approve(shown, mia).narrowedTo(narrower).because("for today"));

        assertThat(guard.grants()
                        .find(approvals.find(shown.id()).orElseThrow().grantId().orElseThrow()))
                .hasValueSatisfying(grant -> assertThat(grant.terms()).isEqualTo(narrower));
    }

    @Test
    @DisplayName("what can be said, and taken back, while it is pending; and who stands in")
    void pending() {
        ApprovalRequest shown = approvals.waitingFor(mia).get(0);
        approvals.say(shown.id(), mia, Note.Kind.QUESTION, "Which customer?"); // asks back; nothing stops meanwhile
        approvals.say(
                shown.id(),
                ana,
                Note.Kind.INFORMATION,
                "Nordwind"); // the next version; whoever votes later must have seen it
        approvals.takeBack(shown.id(), mia); // mia may vote again
        assertThat(approvals.find(shown.id()).orElseThrow().notes())
                .extracting(Note::text)
                .containsExactly("Which customer?", "Nordwind");

        Instant monday = Instant.now();
        Instant friday = monday.plus(Duration.ofDays(4));
        approvals.standIns().name(mia, Ref.user("tom"), monday, friday);
        assertThat(approvals.waitingFor(Ref.user("tom"))).hasSize(1);
    }
}
