package io.jitapproval.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Shown;
import io.jitapproval.StandIns;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.Person;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TerminalChannelTest {

    private static final String CHOICES = TerminalDialogue.CHOICES + " ";

    private final Typist typist = new Typist();
    private final Screen screen = new Screen();
    private final Desk desk = new Desk();
    private final TerminalChannel channel =
            new TerminalChannel(new BufferedReader(typist), new PrintWriter(screen), () -> Requests.NOW, Ref::user);

    @BeforeEach
    void connect() {
        channel.connect(desk);
    }

    @AfterEach
    void close() {
        channel.close();
        typist.end();
    }

    private void ask(ApprovalRequest request, Person... people) {
        desk.requests.put(request.id(), request);
        channel.deliver(
                new ApprovalNotice("asked-" + request.id(), ApprovalNotice.Kind.ASKED, request, List.of(people)));
    }

    private void end(ApprovalRequest request) {
        desk.requests.put(request.id(), request);
        channel.deliver(new ApprovalNotice("ended-" + request.id(), ApprovalNotice.Kind.ENDED, request, List.of()));
    }

    private static ApprovalRequest request(String id) {
        return Requests.of(id, GrantTerms.DEFAULT, 1, "", List.of());
    }

    private static ApprovalRequest approvedBy(ApprovalRequest request, String person) {
        return Requests.ended(
                Requests.voted(request, person, Verdict.APPROVE, "", "slack"),
                ApprovalRequest.State.APPROVED,
                Reason.APPROVED);
    }

    private void answer(String prompt, String line) throws InterruptedException {
        screen.await(prompt);
        typist.type(line);
    }

    @Test
    @DisplayName(
            "R04: shows the request, asks who answers, casts the vote on what was shown, and says what became of it")
    void approves() throws Exception {
        ask(Requests.refund(), Requests.MIA, Requests.TOM);
        String shown = screen.await(CHOICES);
        assertThat(shown)
                .contains(String.join(System.lineSeparator(), RequestText.lines(Requests.refund(), Requests.NOW)));
        typist.type("a");
        answer("your name", "mia");
        screen.await("Counted. Approved: this exact refund, once, within 15 min of approval.");
        Vote vote = desk.votes.take();
        assertThat(vote)
                .isEqualTo(new Vote(
                        Ref.user("mia"),
                        Verdict.APPROVE,
                        "",
                        new Shown(1, "digest-01JD"),
                        Optional.empty(),
                        "terminal"));
    }

    @Test
    @DisplayName("the name is remembered, and asked again only if another person could answer")
    void remembersName() throws Exception {
        ask(request("1"), Requests.MIA);
        answer(CHOICES, "a");
        answer("your name", "mia");
        screen.await("Counted.");
        ask(request("2"), Requests.MIA);
        answer(CHOICES, "a looks right");
        screen.await("Counted.");
        ask(request("3"), Requests.MIA, Requests.TOM);
        answer(CHOICES, "a");
        answer("your name [mia]: ", "");
        screen.await("Counted.");
        ask(request("4"), Requests.TOM);
        answer(CHOICES, "A");
        answer("your name [mia]: ", "tom");
        screen.await("Counted.");
        assertThat(desk.votes)
                .extracting(Vote::voter)
                .containsExactly(Ref.user("mia"), Ref.user("mia"), Ref.user("mia"), Ref.user("tom"));
        assertThat(desk.votes).extracting(Vote::reason).containsExactly("", "looks right", "", "");
    }

    @Test
    @DisplayName("a denial asks why, unless it was said with it")
    void denies() throws Exception {
        ask(request("1"), Requests.MIA);
        answer(CHOICES, "d");
        answer("your name", "mia");
        answer("why not: ", "too much");
        screen.await("Counted. The request is denied.");
        ask(request("2"), Requests.MIA);
        answer(CHOICES, "deny  no ticket");
        screen.await("Counted. The request is denied.");
        assertThat(desk.votes).extracting(Vote::reason).containsExactly("too much", "no ticket");
        assertThat(desk.votes).extracting(Vote::verdict).containsOnly(Verdict.DENY);
    }

    @Test
    @DisplayName("wall 3: an approver can narrow what is asked, and never widens it")
    void shortens() throws Exception {
        ask(Requests.of("1", Requests.THREE_TIMES, 1, "", List.of()), Requests.MIA);
        answer(CHOICES, "s");
        answer("how long, instead of 1 h 30 min", "2h");
        screen.await("That is no time from 1 s to 1 h 30 min.");
        answer("how long, instead of 1 h 30 min", "");
        answer("how many uses, instead of 3", "4");
        screen.await("That is no number from 1 to 3.");
        answer("how many uses", "");
        answer("only this exact call, instead of any such call on this resource [y/N]: ", "perhaps");
        screen.await("That is neither y nor n.");
        answer("[y/N]: ", "");
        screen.await("That is what is asked. Nothing was cast");
        answer(CHOICES, "n");
        answer("how long", "x");
        screen.await("Nothing was cast.");
        answer(CHOICES, "s");
        answer("how long", "PT10M");
        answer("how many uses", "2");
        answer("[y/N]: ", "y");
        screen.await("gives this exact refund, up to 2 times, within 10 min of the first use");
        answer("your name", "mia");
        screen.await("Counted. Approved: this exact refund, up to 2 times, within 10 min of the first");
        assertThat(desk.votes.take().narrowed())
                .contains(new GrantTerms(GrantScope.EXACT, Duration.ofMinutes(10), 2, GrantClock.FIRST_USE));
    }

    @Test
    @DisplayName("a refused vote says why, and another person can answer")
    void refused() throws Exception {
        desk.receipts.add(new VoteReceipt(Reason.SEPARATION_OF_DUTIES, Optional.of(request("1"))));
        ask(request("1"), Requests.MIA, Requests.TOM);
        answer(CHOICES, "a");
        answer("your name", "ana");
        screen.await("Not counted: nobody decides on their own request (JIT-503).");
        answer(CHOICES, "a");
        answer("your name [ana]: ", "mia");
        screen.await("Counted.");
    }

    @Test
    @DisplayName("a second person can answer at the same terminal")
    void quorum() throws Exception {
        ApprovalRequest request = Requests.of("1", GrantTerms.DEFAULT, 2, "", List.of());
        desk.receipts.add(new VoteReceipt(
                Reason.VOTE_COUNTED, Optional.of(Requests.voted(request, "mia", Verdict.APPROVE, "", "terminal"))));
        ask(request, Requests.MIA, Requests.TOM);
        answer(CHOICES, "a");
        answer("your name", "mia");
        screen.await("Counted. 1 more must agree.");
        answer(CHOICES, "a");
        answer("your name [mia]: ", "tom");
        screen.await("Counted. Approved");
    }

    @Test
    @DisplayName("wall 1: a vote that could not be cast is told, and can be cast again")
    void unavailable() throws Exception {
        desk.failure = new IllegalStateException("the store is\u001B[2J away");
        ask(request("1"), Requests.MIA);
        answer(CHOICES, "a");
        answer("your name", "mia");
        screen.await("Not cast, please try again: the store is⟨U+001B⟩[2J away");
        desk.failure = null;
        answer(CHOICES, "a");
        screen.await("Counted.");
    }

    @Test
    @DisplayName("without a name, or with one that means nobody, nothing is cast")
    void nobody() throws Exception {
        ask(request("1"), Requests.MIA);
        answer(CHOICES, "a");
        answer("your name", "  ");
        screen.await("Without a name nothing is cast.");
        answer(CHOICES, "what");
        screen.await("Nothing was done: answer a, n, d, b, q, c, l or ?; h says what they do.");
        answer(CHOICES, "?");
        screen.await("is final for this request");
        answer(CHOICES, "");
        screen.await("Nothing was done");
        assertThat(desk.votes).isEmpty();
    }

    @Test
    @DisplayName(
            "wall 11: what was decided elsewhere while it is shown is told at once, and the line typed for it is dropped")
    void endsWhileShown() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        screen.await(CHOICES);
        end(approvedBy(request("1"), "tom"));
        screen.await("payment.refund on order/42 by ana: approved by tom at slack");
        screen.await("Press Enter to go on.");
        typist.type("a");
        screen.await(CHOICES);
        assertThat(desk.votes).isEmpty();
        typist.type("a");
        answer("your name", "mia");
        screen.await("Counted.");
        assertThat(desk.votes).extracting(vote -> vote.shown().digest()).containsExactly("digest-2");
    }

    @Test
    @DisplayName("wall 11: nor is it cast if the end comes between the answer and the name")
    void endsBetweenQuestions() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        answer(CHOICES, "d");
        screen.await("your name");
        end(approvedBy(request("1"), "tom"));
        typist.type("mia");
        answer("why not: ", "late");
        screen.await(CHOICES);
        assertThat(desk.votes).isEmpty();
    }

    @Test
    @DisplayName(
            "wall 11: what was decided elsewhere while it is queued is told and not shown; what nobody saw is not told")
    void endsWhileQueued() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        screen.await(CHOICES);
        end(approvedBy(request("2"), "tom"));
        screen.await("approved by tom at slack");
        end(approvedBy(request("3"), "nobody-here"));
        typist.type("a");
        answer("your name", "mia");
        screen.await("Counted.");
        ask(request("4"), Requests.MIA);
        screen.await(CHOICES);
        assertThat(screen.all()).doesNotContain("nobody-here");
        assertThat(desk.votes).extracting(vote -> vote.shown().digest()).containsExactly("digest-1");
    }

    @Test
    @DisplayName("a request that ended before it is shown is not asked any more")
    void endedBefore() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        screen.await(CHOICES);
        desk.requests.put(
                "2", Requests.ended(request("2"), ApprovalRequest.State.CANCELLED, Reason.APPROVAL_CANCELLED));
        typist.type("a");
        answer("your name", "mia");
        screen.await("Counted.");
        screen.await("withdrawn");
        assertThat(screen.all()).containsOnlyOnce(CHOICES);
    }

    @Test
    @DisplayName("the end that this terminal's own vote brought is not told twice")
    void ownEnd() throws Exception {
        desk.onVote = vote -> end(approvedBy(request("1"), "mia"));
        ask(request("1"), Requests.MIA);
        answer(CHOICES, "a");
        answer("your name", "mia");
        screen.await("Counted. Approved");
        desk.onVote = vote -> {};
        ask(request("2"), Requests.MIA);
        screen.await(CHOICES);
        assertThat(screen.all()).doesNotContain("Press Enter").doesNotContain("at slack");
    }

    @Test
    @DisplayName("a notice that comes twice is asked once")
    void twice() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("1"), Requests.MIA);
        answer(CHOICES, "a");
        answer("your name", "mia");
        screen.await("Counted.");
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        answer(CHOICES, "a");
        screen.await("Counted.");
        assertThat(desk.votes).extracting(vote -> vote.shown().digest()).containsExactly("digest-1", "digest-2");
    }

    @Test
    @DisplayName("what is put off comes after the others, and again on Enter")
    void later() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        answer(CHOICES, "l");
        answer(CHOICES, "a");
        answer("your name", "mia");
        screen.await("Counted.");
        screen.await("1 request is put off. Press Enter to look again. ");
        ask(request("3"), Requests.MIA);
        screen.await("A request waits: press Enter.");
        typist.type("");
        answer(CHOICES, "a");
        screen.await("Counted.");
        answer(CHOICES, "a");
        screen.await("Counted.");
        assertThat(desk.votes)
                .extracting(vote -> vote.shown().digest())
                .containsExactly("digest-2", "digest-3", "digest-1");
    }

    @Test
    @DisplayName("wall 11: at the end of the input it says once that nobody answers, and takes no more requests")
    void endOfInput() throws Exception {
        ask(request("1"), Requests.MIA);
        ask(request("2"), Requests.MIA);
        screen.await(CHOICES);
        typist.end();
        screen.await("The input has ended: nobody answers here any more. Still open elsewhere: 2.");
        assertThatThrownBy(() -> ask(request("3"), Requests.MIA))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("input has ended");
        end(approvedBy(request("2"), "tom"));
        assertThat(screen.all()).containsOnlyOnce("nobody answers here").doesNotContain("tom at slack");
        assertThat(desk.votes).isEmpty();
    }

    @Test
    @DisplayName("R63: a flood is refused, and said so")
    void flood() throws Exception {
        ask(request("shown"), Requests.MIA);
        screen.await(CHOICES);
        for (int i = 0; i < TerminalChannel.MAX_WAITING; i++) {
            ask(request("flood-" + i));
        }
        assertThatThrownBy(() -> ask(request("one more")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000 requests wait");
    }

    @Test
    @DisplayName("closing ends the thread, and leaves input and output open")
    void closing() throws Exception {
        ask(request("1"), Requests.MIA);
        screen.await(CHOICES);
        Thread thread = typist.reader();
        assertThat(thread.isDaemon()).isTrue();
        channel.close();
        channel.close();
        thread.join();
        assertThat(typist.isClosed()).isFalse();
        assertThat(screen.all()).doesNotContain("nobody answers");
        assertThatThrownBy(() -> ask(request("2"))).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> end(request("1"))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("it is connected once, and has a constant name")
    void connectedOnce() {
        assertThatThrownBy(() -> channel.connect(desk)).isInstanceOf(IllegalStateException.class);
        assertThat(channel.name()).isEqualTo("terminal");
    }

    /** The approvers' side: counts every vote, unless it is told what to answer. */
    private static final class Desk implements Approvals {

        private final ConcurrentHashMap<String, ApprovalRequest> requests = new ConcurrentHashMap<>();
        private final LinkedBlockingQueue<Vote> votes = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<VoteReceipt> receipts = new LinkedBlockingQueue<>();
        private volatile RuntimeException failure;
        private volatile java.util.function.Consumer<Vote> onVote = vote -> {};

        @Override
        public VoteReceipt vote(String requestId, Vote vote) {
            if (failure != null) {
                throw failure;
            }
            votes.add(vote);
            onVote.accept(vote);
            VoteReceipt receipt = receipts.poll();
            if (receipt != null) {
                return receipt;
            }
            boolean approved = vote.verdict() == Verdict.APPROVE;
            ApprovalRequest before = requests.get(requestId);
            ApprovalRequest after = before.state() != ApprovalRequest.State.PENDING
                    ? before
                    : Requests.ended(
                            Requests.voted(before, vote.voter().id(), vote.verdict(), vote.reason(), vote.channel()),
                            approved ? ApprovalRequest.State.APPROVED : ApprovalRequest.State.DENIED,
                            approved ? Reason.APPROVED : Reason.APPROVAL_DENIED);
            requests.put(requestId, after);
            return new VoteReceipt(Reason.VOTE_COUNTED, Optional.of(after));
        }

        @Override
        public Optional<ApprovalRequest> find(String requestId) {
            return Optional.ofNullable(requests.get(requestId));
        }

        @Override
        public List<ApprovalRequest> waitingFor(Ref approver) {
            return List.of();
        }

        @Override
        public List<ApprovalRequest> pending() {
            return List.of();
        }

        @Override
        public Reason withdraw(String requestId, Ref by) {
            return Reason.UNKNOWN_ID;
        }

        @Override
        public VoteReceipt takeBack(String requestId, Ref voter) {
            return new VoteReceipt(Reason.NO_VOTE, find(requestId));
        }

        @Override
        public Reason say(String requestId, Ref by, Note.Kind kind, String text) {
            return Reason.TOO_MANY_NOTES;
        }

        @Override
        public StandIns standIns() {
            throw new UnsupportedOperationException("nobody is ever away");
        }
    }
}
