package io.jitapproval.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayName("The terminal tells what becomes of a request")
class TerminalFollowUpTest {

    private static final String CHOICES = TerminalDialogue.CHOICES + " ";
    private static final String PUT_OFF = "1 request is put off. Press Enter to look again. ";

    private final Typist typist = new Typist();
    private final Screen screen = new Screen();
    private final TerminalChannel channel =
            new TerminalChannel(new BufferedReader(typist), new PrintWriter(screen), () -> Requests.NOW, Ref::user);
    private final ApprovalRequest request = Requests.of("1", GrantTerms.DEFAULT, 1, "", List.of());

    @BeforeEach
    void connect() {
        channel.connect((Approvals) Proxy.newProxyInstance(
                Approvals.class.getClassLoader(),
                new Class<?>[] {Approvals.class},
                (proxy, method, args) -> method.getName().equals("find") ? Optional.empty() : null));
    }

    @AfterEach
    void close() {
        channel.close();
        typist.end();
    }

    private void tell(Kind kind, ApprovalRequest about) {
        channel.deliver(new ApprovalNotice(about.id() + "/" + kind, kind, about, List.of(Requests.MIA)));
    }

    private void askAndPutOff() throws InterruptedException {
        tell(Kind.ASKED, request);
        screen.await(CHOICES);
        typist.type("l");
        screen.await(PUT_OFF);
    }

    @Test
    @DisplayName("a reminder asks again what was put off, once")
    void reminds() throws Exception {
        askAndPutOff();
        tell(Kind.REMINDED, request);
        tell(Kind.REMINDED, request);
        screen.await("still pending" + System.lineSeparator() + "Press Enter to decide." + System.lineSeparator());
        typist.type("");
        screen.await(CHOICES);
    }

    @Test
    @DisplayName("a reminder of what never arrived is a question")
    void remindsOfTheUnknown() throws Exception {
        tell(Kind.REMINDED, request);
        screen.await(CHOICES);
    }

    @Test
    @DisplayName("an escalation asks where nobody was asked, and says nothing where somebody was")
    void escalates() throws Exception {
        tell(Kind.ESCALATED, request);
        screen.await(CHOICES);
        tell(Kind.ESCALATED, request);
        typist.type("l");
        assertThat(screen.await(PUT_OFF)).doesNotContain(CHOICES + CHOICES);
    }

    @Test
    @DisplayName("R04: a note is told where the request is known, and steers nothing")
    void notes() throws Exception {
        askAndPutOff();
        Note note = new Note(Note.Kind.QUESTION, Ref.user("mia"), "why \u001b[2J now?", Requests.NOW);
        tell(Kind.NOTED, request.with(copy -> copy.notes(List.of(note))));
        assertThat(screen.await("now?")).contains("mia says: why ").doesNotContain("\u001b");
        ApprovalRequest unknown = Requests.of("2", GrantTerms.DEFAULT, 1, "", List.of());
        tell(Kind.NOTED, unknown.with(copy -> copy.notes(List.of(note))));
        tell(Kind.ALARM, unknown);
        assertThat(screen.await("without approval")).contains("ALARM  ").doesNotContain("says");
    }

    @Test
    @DisplayName("a change says that what stands on the screen is old")
    void changes() throws Exception {
        tell(Kind.ASKED, request);
        screen.await(CHOICES);
        tell(Kind.CHANGED, request);
        screen.await("What stands above is old: press Enter to see it anew.");
        tell(Kind.ENDED, Requests.ended(request, ApprovalRequest.State.CANCELLED, Reason.APPROVAL_CANCELLED));
        screen.await("withdrawn");
    }
}
