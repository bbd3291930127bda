package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.StandIns;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.Channels;
import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sits at the terminal, in real time. When the input ends nobody can answer any more: what is asked then, and what
 * still waits, is withdrawn, so that nobody waits for nothing.
 */
final class TerminalApprover implements Answering, InteractiveApprovalChannel {

    private static final long PRINTING_SECONDS = 2;

    private final InteractiveApprovalChannel terminal;
    private @Nullable Approvals approvals;
    private volatile boolean ended;
    private volatile @Nullable Saying saying;

    TerminalApprover(Reader in, Writer out) {
        this.terminal = Channels.terminal(new Input(in), new PrintWriter(new Dialogue(out)), TimeSources.system());
    }

    @Override
    public String title() {
        return "whoever sits at this terminal";
    }

    @Override
    public TimeSource time() {
        return TimeSources.system();
    }

    @Override
    public List<ApprovalChannel> channels() {
        return List.of(this);
    }

    /** Lets the terminal finish what it says about the vote, so that the two do not talk at once. */
    @Override
    public void answered() {
        Saying last = saying;
        if (last != null) {
            last.await();
        }
    }

    @Override
    public String name() {
        return terminal.name();
    }

    @Override
    public void connect(Approvals desk) throws Exception {
        approvals = desk;
        terminal.connect(new Watched(desk));
    }

    @Override
    public void deliver(ApprovalNotice notice) throws Exception {
        if (ended) {
            withdraw(notice.request());
        } else {
            terminal.deliver(notice);
            if (ended) {
                withdraw(notice.request());
            }
        }
    }

    @Override
    public void close() throws Exception {
        terminal.close();
    }

    private void inputEnded() {
        ended = true;
        Approvals desk = approvals;
        if (desk != null) {
            desk.pending().forEach(this::withdraw);
        }
    }

    private void withdraw(ApprovalRequest request) {
        Approvals desk = approvals;
        if (desk != null && request.state() == ApprovalRequest.State.PENDING) {
            desk.withdraw(request.id(), request.subject());
        }
    }

    /** The input, watched for its end. */
    private final class Input extends BufferedReader {

        Input(Reader in) {
            super(in);
        }

        @Override
        public @Nullable String readLine() throws IOException {
            String line = super.readLine();
            if (line == null) {
                inputEnded();
            }
            return line;
        }
    }

    /** What the terminal says after a vote: over with its next flush. */
    private static final class Saying {

        private final Thread thread = Thread.currentThread();
        private final CountDownLatch said = new CountDownLatch(1);
        private volatile boolean voted;

        void flushed() {
            if (voted && Thread.currentThread().equals(thread)) {
                said.countDown();
            }
        }

        void await() {
            try {
                boolean finished = said.await(PRINTING_SECONDS, TimeUnit.SECONDS);
                assert finished || said.getCount() > 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The output, watched for the end of what is said about a vote. */
    private final class Dialogue extends Writer {

        private final Writer out;

        Dialogue(Writer out) {
            this.out = out;
        }

        @Override
        public void write(char[] chars, int from, int length) throws IOException {
            out.write(chars, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            Saying last = saying;
            if (last != null) {
                last.flushed();
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** The guard's approvals, watched for votes. */
    private final class Watched implements Approvals {

        private final Approvals approvals;

        Watched(Approvals approvals) {
            this.approvals = approvals;
        }

        @Override
        public List<ApprovalRequest> waitingFor(Ref approver) {
            return approvals.waitingFor(approver);
        }

        @Override
        public List<ApprovalRequest> pending() {
            return approvals.pending();
        }

        @Override
        public Optional<ApprovalRequest> find(String requestId) {
            return approvals.find(requestId);
        }

        @Override
        public VoteReceipt vote(String requestId, Vote vote) {
            Saying next = new Saying();
            saying = next;
            try {
                return approvals.vote(requestId, vote);
            } finally {
                next.voted = true;
            }
        }

        @Override
        public Reason withdraw(String requestId, Ref by) {
            return approvals.withdraw(requestId, by);
        }

        @Override
        public VoteReceipt takeBack(String requestId, Ref voter) {
            return approvals.takeBack(requestId, voter);
        }

        @Override
        public Reason say(String requestId, Ref by, Note.Kind kind, String text) {
            return approvals.say(requestId, by, kind, text);
        }

        @Override
        public StandIns standIns() {
            return approvals.standIns();
        }
    }
}
