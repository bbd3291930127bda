package io.jitapproval.test;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Approvals;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.Deliveries;
import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * An approval channel whose people answer from a script. Until the script says otherwise they stay silent.
 *
 * <pre>{@code
 * approver.as("mia").approve();
 * approver.as("tom").when(request -> request.resource().id().equals("42")).deny("not this one");
 * approver.as("kim").after(Duration.ofMinutes(5)).once().approve();
 * }</pre>
 *
 * <p>Each person votes for themselves: of one person's rules the first that fits answers, and everybody with a fitting rule
 * votes, in the order in which they were first named, until the request is decided. Whoever belongs to a later stage votes once it is
 * open; after a change of the request everybody answers anew. Rules count for requests that wait
 * already and for those to come. Votes that are not delayed are cast before {@link #deliver} returns.
 *
 * <p>It refuses to be made anywhere but in a test: a frame of JUnit must be on the stack of the thread that makes it, which no
 * class path can bring about by accident. A demo says {@link #outsideTests} and why.
 *
 * <p>Thread-safe. One for each guard.
 */
public final class FakeApprover implements InteractiveApprovalChannel, AssertProvider<FakeApproverAssert> {

    private static final System.Logger LOG = System.getLogger(FakeApprover.class.getName());
    private static final List<String> TEST_ENGINES = List.of("org.junit.platform.", "org.junit.jupiter.");

    private final TimeSource time;
    private final Instant start;
    private final Script script = new Script();
    private final Inbox inbox = new Inbox();
    private volatile String name = "fake";
    private volatile @Nullable Approvals approvals;
    private volatile @Nullable Deliveries deliveries;

    /** Lives by the system's clock. */
    public FakeApprover() {
        this(TimeSources.system());
    }

    /**
     * Lives by a clock.
     *
     * @param time the guard's clock
     * @throws IllegalStateException if this is not a test
     */
    public FakeApprover(TimeSource time) {
        this(time, true);
    }

    private FakeApprover(TimeSource time, boolean mustBeTest) {
        if (mustBeTest && !insideTest()) {
            throw new IllegalStateException(
                    "a FakeApprover approves without asking anybody, and this is not a test: no frame"
                            + " of JUnit is on the stack of "
                            + Thread.currentThread().getName()
                            + ". Make it on the test's own thread, or say FakeApprover.outsideTests(\"why\")");
        }
        this.time = requireNonNull(time, "time");
        this.start = time.instant();
        if (time instanceof TestClock clock) {
            clock.worker(this::isBusy);
        }
    }

    /**
     * A fake approver outside of tests, such as in a demo. Logs a warning with the reason.
     *
     * @param why  why nobody real needs to be asked; not blank
     * @param time the guard's clock
     * @return the approver
     * @throws IllegalArgumentException if no reason is given
     */
    public static FakeApprover outsideTests(String why, TimeSource time) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("say why a fake may approve here");
        }
        LOG.log(Level.WARNING, "approval requests of this process are answered by a FakeApprover: {0}", why);
        return new FakeApprover(time, false);
    }

    /**
     * A fake approver outside of tests, by the system's clock.
     *
     * @param why why nobody real needs to be asked; not blank
     * @return the approver
     * @throws IllegalArgumentException if no reason is given
     */
    public static FakeApprover outsideTests(String why) {
        return outsideTests(why, TimeSources.system());
    }

    /**
     * What one person does; nothing is decided before the sentence ends with approve, deny or abstain.
     *
     * @param voter the person's id, or one of their identities as {@code type/id}
     * @return the beginning of a sentence
     */
    public Answer as(String voter) {
        Ref ref = voter.indexOf('/') < 0 ? Ref.user(voter) : Ref.parse(voter);
        return new Answer(this, script, script.open(ref));
    }

    /**
     * Everybody who is asked and has no rule that fits approves, one after the other until the request is decided.
     *
     * @return this
     */
    public FakeApprover approveAll() {
        return rest((request, voter) -> Vote.approve(request, voter));
    }

    /**
     * Everybody who is asked and has no rule that fits denies.
     *
     * @param reason why
     * @return this
     */
    public FakeApprover denyAll(String reason) {
        requireNonNull(reason, "reason");
        return rest((request, voter) -> Vote.deny(request, voter, reason));
    }

    /**
     * From now on nobody answers: forgets the script. Requests that stay unanswered are then meant to, and do not fail a {@link
     * JitTest}.
     *
     * @return this
     */
    public FakeApprover staySilent() {
        script.silence();
        return this;
    }

    private FakeApprover rest(Script.Ballot ballot) {
        script.rest(ballot);
        answerWaiting();
        return this;
    }

    /**
     * Casts a vote by hand.
     *
     * @param requestId the request's id
     * @param vote      the vote
     * @return whether it was counted
     * @throws IllegalStateException if no guard has connected this channel
     */
    public VoteReceipt vote(String requestId, Vote vote) {
        return connected().vote(requestId, vote.via(name()));
    }

    /** {@return every request that arrived here as it stands now, in the order of arrival; waits for those on their way} */
    public List<ApprovalRequest> requests() {
        inbox.settle(this::waiting);
        return inbox.notices().stream().map(notice -> current(notice.request())).toList();
    }

    /** {@return those of {@link #requests()} that wait for a decision} */
    public List<ApprovalRequest> pending() {
        Instant now = time.instant();
        return requests().stream()
                .filter(request -> request.stateAt(now) == State.PENDING)
                .toList();
    }

    /** Forgets the script and every request, for a channel that several tests share. */
    public void reset() {
        script.reset();
        inbox.clear();
    }

    /**
     * Stands in for a channel of another name, for policies that say by which channels votes may come.
     *
     * @param channel the channel's name; not blank
     * @return this
     * @throws IllegalArgumentException if the name is blank
     * @throws IllegalStateException    if a guard has connected this channel already
     */
    public FakeApprover named(String channel) {
        if (channel.isBlank()) {
            throw new IllegalArgumentException("a channel's name must not be blank");
        }
        if (approvals != null) {
            throw new IllegalStateException("this FakeApprover is connected as '" + name + "' already");
        }
        name = channel;
        return this;
    }

    /** {@return {@code fake}, or what it was {@linkplain #named named}} */
    @Override
    public String name() {
        return name;
    }

    @Override
    public void connect(Approvals where) {
        if (approvals != null) {
            throw new IllegalStateException("this FakeApprover belongs to another guard: make one for each guard");
        }
        approvals = requireNonNull(where, "where");
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        inbox.work(() -> {
            inbox.put(notice);
            switch (notice.kind()) {
                case ASKED, ESCALATED -> answer(notice);
                case CHANGED -> {
                    script.forget(notice.request().id());
                    answer(notice);
                }
                default -> {}
            }
        });
    }

    /** {@return assertions about what was asked; for AssertJ} */
    @Override
    public FakeApproverAssert assertThat() {
        return new FakeApproverAssert(this);
    }

    /** {@return how many requests have arrived, and what the script says} */
    @Override
    public String toString() {
        return "FakeApprover with " + inbox.notices().size() + " requests, " + script;
    }

    void answerWaiting() {
        inbox.work(() -> inbox.questions().forEach(this::answer));
    }

    Collection<Ref> voters() {
        return script.voters();
    }

    Instant start() {
        return start;
    }

    Instant now() {
        return time.instant();
    }

    boolean silenceWanted() {
        return script.silenceWanted();
    }

    Optional<String> unfinished() {
        return script.unfinished();
    }

    List<String> remarks(String requestId) {
        return inbox.remarks(requestId);
    }

    private void answer(ApprovalNotice notice) {
        ApprovalRequest request = notice.request();
        boolean again = true;
        while (again) {
            boolean early = false;
            boolean counted = false;
            for (Ref voter : script.voters()) {
                Script.Rule rule = script.find(voter, request).orElse(null);
                if (rule != null && rule.delay().isZero()) {
                    Reason reason = cast(request, voter, rule);
                    early |= reason == Reason.NOT_OPEN_YET;
                    counted |= reason == Reason.VOTE_COUNTED;
                } else if (rule != null) {
                    time.alarm(time.instant().plus(rule.delay()), () -> inbox.work(() -> cast(request, voter, rule)));
                }
            }
            // Whose stage was not open yet may be asked now.
            again = early && counted;
        }
        for (Person person : notice.people()) {
            Ref voter = Ref.user(person.id());
            script.findRest(voter, request).ifPresent(ballot -> cast(request, ballot.vote(current(request), voter)));
        }
    }

    /** Whoever has to wait for an earlier stage keeps the answer until they are asked again. */
    private Reason cast(ApprovalRequest request, Ref voter, Script.Rule rule) {
        Reason reason = cast(request, rule.ballot().vote(current(request), voter));
        if (reason == Reason.NOT_OPEN_YET) {
            script.keep(voter, request.id(), rule);
        }
        return reason;
    }

    private Reason cast(ApprovalRequest shown, Vote vote) {
        if (current(shown).stateAt(time.instant()) != State.PENDING) {
            return Reason.NOT_PENDING;
        }
        String who = vote.voter() + " would " + vote.verdict().word() + ": ";
        try {
            VoteReceipt receipt = vote(shown.id(), vote);
            if (!receipt.counted()) {
                inbox.remark(
                        shown.id(),
                        who + receipt.reason().text() + " (" + receipt.reason().code() + ")");
            }
            return receipt.reason();
        } catch (JitApprovalException e) {
            inbox.remark(shown.id(), who + e.getMessage());
            return e.reason();
        }
    }

    private ApprovalRequest current(ApprovalRequest shown) {
        Approvals where = approvals;
        return where == null ? shown : where.find(shown.id()).orElse(shown);
    }

    private Approvals connected() {
        Approvals where = approvals;
        if (where == null) {
            throw new IllegalStateException(
                    "no guard has connected this FakeApprover: give it to one with .channel(approver)");
        }
        return where;
    }

    /** Whether a vote is being cast here, or a request is still on its way to this channel. */
    private boolean isBusy() {
        return inbox.isBusy(
                waiting().stream().filter(request -> !isHeldBack(request)).toList());
    }

    /** Where what goes out can be seen: a question that is held back is not on its way, time has to pass for it. */
    void follow(Deliveries outbox) {
        deliveries = outbox;
    }

    private boolean isHeldBack(ApprovalRequest request) {
        Deliveries outbox = deliveries;
        Instant now = time.instant();
        try {
            return outbox != null
                    && outbox.of(request.id()).stream()
                            .filter(message -> message.state() == OutboxMessage.State.WAITING)
                            .anyMatch(message ->
                                    message.attempts() == 0 && message.due().isAfter(now));
        } catch (JitApprovalException closed) {
            return true;
        }
    }

    private List<ApprovalRequest> waiting() {
        Approvals where = approvals;
        try {
            return where == null ? List.of() : where.pending();
        } catch (JitApprovalException closed) {
            return List.of();
        }
    }

    private static boolean insideTest() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame -> TEST_ENGINES.stream().anyMatch(frame.getClassName()::startsWith)));
    }
}
