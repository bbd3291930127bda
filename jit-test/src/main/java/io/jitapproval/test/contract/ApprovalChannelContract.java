package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.InteractiveApprovalChannel;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.UpdatingApprovalChannel;
import io.jitapproval.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Proves that an approval channel keeps the promises of {@link ApprovalChannel}, and of {@link InteractiveApprovalChannel}, {@link
 * UpdatingApprovalChannel} and {@link io.jitapproval.spi.DigestingApprovalChannel} if it is one. Extend it and implement two hooks, most easily with a fake of the foreign system:
 *
 * <pre>{@code
 * class MyChannelContractTest extends ApprovalChannelContract {
 *     @Override
 *     protected ApprovalChannel channel() {
 *         return new MyChannel(server.url());
 *     }
 *
 *     @Override
 *     protected List<String> delivered() {
 *         return server.received();
 *     }
 * }
 * }</pre>
 *
 * <p>Two more hooks prove more: {@link #unreachable()}, that a failure is told, and {@link #answer}, that an answer of a person
 * becomes the right vote. The suite calls {@link #channel()} at most once in a test, connects an interactive channel before the
 * first delivery, and closes the channel after the test. A channel may deliver on a thread of its own: the suite waits a few
 * seconds for what has to arrive.
 */
@DisplayName("An approval channel")
public abstract class ApprovalChannelContract {

    static final String HIDDEN = "commitment-c0ffee";
    private static final Note NOTE =
            new Note(Note.Kind.QUESTION, Ref.user("mia"), "\u001b[2Jwhy now\u202e", TestClock.START);
    static final String ATTACK = "ok\u001b[2J\u001b[31m\r\u202eevil\u0007";

    private @Nullable ApprovalChannel opened;
    private VotingDesk desk = new VotingDesk();
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    /** For subclasses. */
    protected ApprovalChannelContract() {}

    /**
     * A channel that works. Closed by the suite after the test.
     *
     * @return the channel
     */
    protected abstract ApprovalChannel channel();

    /**
     * Everything that has reached people through the channel of this test by now.
     *
     * @return the texts, in any number of pieces
     * @throws Exception if it cannot be read; fails the test
     */
    protected abstract List<String> delivered() throws Exception;

    /**
     * A channel whose foreign system cannot be reached. Closed by the suite after the test.
     *
     * @return the channel; by default empty, and the tests that need it are skipped
     */
    protected Optional<ApprovalChannel> unreachable() {
        return Optional.empty();
    }

    /**
     * Has a person answer through the channel: presses the button, types the line. The vote is looked for a few seconds long.
     *
     * @param request the request, which was delivered before
     * @param voter   the person's id
     * @param verdict approve or deny
     * @return whether this hook is implemented; by default false, and the tests that need it are skipped
     * @throws Exception if it fails; fails the test
     */
    protected boolean answer(ApprovalRequest request, String voter, Verdict verdict) throws Exception {
        return false;
    }

    /** How long to look for what has to arrive; shorter where the suite itself is under test. */
    Duration patience() {
        return Duration.ofSeconds(10);
    }

    @BeforeEach
    void beginAnew() {
        opened = null;
        desk = new VotingDesk();
        sent.clear();
    }

    @AfterEach
    void closeChannel() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    ApprovalChannel open() throws Exception {
        ApprovalChannel channel = opened;
        return channel == null ? open(channel()) : channel;
    }

    /** From now on this one is under test. */
    ApprovalChannel open(ApprovalChannel channel) throws Exception {
        opened = channel;
        if (channel instanceof InteractiveApprovalChannel interactive) {
            interactive.connect(desk);
        }
        return channel;
    }

    void put(ApprovalRequest request) {
        desk.put(request);
    }

    List<Vote> votes() {
        return desk.votes();
    }

    /** As a guard does: what is there already is changed where that can be. */
    void deliver(ApprovalNotice notice) throws Exception {
        ApprovalChannel channel = open();
        desk.put(notice.request());
        if (channel instanceof UpdatingApprovalChannel updating) {
            String id = notice.request().id();
            String message = sent.get(id);
            if (message == null) {
                sent.put(id, updating.send(notice));
            } else {
                updating.update(message, notice);
            }
        } else {
            channel.deliver(notice);
        }
    }

    static ApprovalNotice asked(ApprovalRequest request) {
        return new ApprovalNotice(
                request.id() + "/asked",
                Kind.ASKED,
                request,
                List.of(new Person("mia", "mia", Set.of("FINANCE_MANAGER"), Set.of())));
    }

    static ApprovalNotice ended(ApprovalRequest request) {
        ApprovalRequest ended =
                request.ended(State.DENIED, Reason.APPROVAL_DENIED, TestClock.START.plusSeconds(60), Optional.empty());
        return new ApprovalNotice(request.id() + "/ended", Kind.ENDED, ended, List.of());
    }

    static ApprovalNotice notice(Kind kind, ApprovalRequest request) {
        return switch (kind) {
            case ASKED -> asked(request);
            case ENDED -> ended(request);
            case REMINDED, ESCALATED, CHANGED, ALARM, OBSERVED, NOTED ->
                new ApprovalNotice(
                        request.id() + "/" + kind.word(),
                        kind,
                        kind == Kind.NOTED ? request.with(copy -> copy.notes(List.of(NOTE))) : request,
                        asked(request).people());
        };
    }

    static ApprovalRequest request(String id) {
        return request(id, "ticket 8812");
    }

    static ApprovalRequest request(String id, String reason) {
        return Samples.request(
                id,
                "key-of-" + id,
                TestClock.START,
                reason,
                List.of(
                        new ShownArgument("amount", "5000", true, false),
                        new ShownArgument("pin", HIDDEN, true, true)));
    }

    void requireDelivered(String... texts) {
        for (String text : texts) {
            boolean arrived = Threads.eventually(patience(), () -> all().contains(text));
            assertThat(arrived)
                    .as("people read '%s'; they read: %s", text, all())
                    .isTrue();
        }
    }

    String all() {
        try {
            return String.join("\n", delivered());
        } catch (Exception e) {
            throw new AssertionError("delivered() failed", e);
        }
    }

    @Nested
    @DisplayName("A question")
    class Asking {

        @Test
        @DisplayName("reaches people with everything that they need to decide: who, what, on what, and why")
        void isWhole() throws Exception {
            ApprovalRequest request = request("r1");
            deliver(asked(request));

            requireDelivered(
                    request.subject().id(),
                    request.action(),
                    request.resource().id(),
                    "amount",
                    "5000",
                    request.reason());
        }

        @Test
        @DisplayName("never shows a hidden value, not even its commitment (wall 12)")
        void hides() throws Exception {
            ApprovalRequest request = request("r1");
            deliver(asked(request));

            requireDelivered(request.resource().id());
            assertThat(all()).doesNotContain(HIDDEN);
        }

        @Test
        @DisplayName("carries no control signs of the requester's, who could forge what people see")
        void cannotForge() throws Exception {
            ApprovalRequest request = request("r1", ATTACK);
            deliver(asked(request));

            requireDelivered(request.resource().id());
            assertThat(all()).doesNotContain("\u001b[2J", "\u202e", "\u0007");
        }

        @Test
        @DisplayName("may come twice under the same id")
        void twice() throws Exception {
            ApprovalRequest request = request("r1");
            deliver(asked(request));
            deliver(asked(request));

            requireDelivered(request.resource().id());
        }

        @Test
        @DisplayName("reaches people although many come at once")
        void manyAtOnce() throws Exception {
            open();
            AtomicInteger number = new AtomicInteger();
            List<String> resources = Threads.race(16, () -> {
                ApprovalRequest request = request("r" + (100 + number.incrementAndGet()));
                deliver(asked(request));
                return request.resource().id();
            });

            requireDelivered(resources.toArray(String[]::new));
        }
    }

    @Nested
    @DisplayName("The end of a request")
    class Ending {

        @Test
        @DisplayName("can be told after the question (wall 11)")
        void afterQuestion() throws Exception {
            ApprovalRequest request = request("r1");
            deliver(asked(request));
            ApprovalNotice end = ended(request);
            deliver(end);
            deliver(end);

            requireDelivered(request.resource().id());
        }

        @Test
        @DisplayName("can be told without the question: another channel may have asked")
        void withoutQuestion() throws Exception {
            deliver(ended(request("r1")));

            ApprovalRequest next = request("r2");
            deliver(asked(next));
            requireDelivered(next.resource().id());
        }
    }

    @Nested
    @DisplayName("What becomes of a request")
    class Following {

        @Test
        @DisplayName(
                "is taken, whatever it is, twice under the same id, and for a request of which the channel never heard (wall 11)")
        void everyKind() throws Exception {
            for (Kind kind : Kind.values()) {
                ApprovalRequest known = request("known-" + kind.word());
                deliver(asked(known));
                deliver(notice(kind, known));
                deliver(notice(kind, known));
                deliver(notice(kind, request("unknown-" + kind.word())));
            }

            ApprovalRequest next = request("next");
            deliver(asked(next));
            requireDelivered(request("known-asked").resource().id());
            assertThat(all()).doesNotContain(HIDDEN, "\u001b[2J", "\u202e");
        }

        @Test
        @DisplayName("comes in order, and people can read at any time what they have to decide")
        void inOrder() throws Exception {
            ApprovalRequest request = request("r1");
            for (Kind kind : List.of(Kind.ASKED, Kind.NOTED, Kind.REMINDED, Kind.ESCALATED, Kind.CHANGED)) {
                deliver(notice(kind, request));
            }
            requireDelivered(request.resource().id());
            deliver(ended(request));
        }

        @Test
        @DisplayName(
                "changes the message that is there, where the channel can: it has a name, and can be changed again and again")
        void changesWhatIsThere() throws Exception {
            assumeTrue(open() instanceof UpdatingApprovalChannel, "the channel changes nothing");
            ApprovalRequest request = request("r1");
            deliver(asked(request));
            assertThat(sent.get("r1")).as("what the channel calls its message").isNotBlank();
            deliver(asked(request("r2")));
            assertThat(sent.get("r2")).as("another message").isNotEqualTo(sent.get("r1"));
            deliver(notice(Kind.REMINDED, request));
            deliver(ended(request));
            deliver(ended(request));
            requireDelivered(request.resource().id());
        }
    }

    @Nested
    @DisplayName("A digest")
    class Digesting extends ChannelDigests {

        Digesting() {
            super(ApprovalChannelContract.this);
        }
    }

    @Nested
    @DisplayName("The channel")
    class Channel {

        @Test
        @DisplayName("has a short name that does not change")
        void name() throws Exception {
            String name = open().name();

            assertThat(name)
                    .as("name")
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(64)
                    .doesNotContainPattern("\\s");
            deliver(asked(request("r1")));
            assertThat(open().name()).isEqualTo(name);
        }

        @Test
        @DisplayName("can be closed before anything was delivered")
        void closes() throws Exception {
            ApprovalChannel channel = open();
            opened = null;

            channel.close();
        }

        @Test
        @DisplayName("says so when it cannot deliver: a failure that nobody hears of loses a question (wall 11)")
        void tellsFailure() throws Exception {
            Optional<ApprovalChannel> channel = unreachable();
            assumeTrue(channel.isPresent(), "unreachable() is not implemented");
            ApprovalChannel down = open(channel.get());

            assertThatThrownBy(() -> deliver(asked(request("r1")))).isInstanceOf(Exception.class);
            if (down instanceof UpdatingApprovalChannel updating) {
                assertThatThrownBy(() -> updating.update("m1", ended(request("r1"))))
                        .isInstanceOf(Exception.class);
            }
        }
    }

    @Nested
    @DisplayName("An answer")
    class Answering {

        @Test
        @DisplayName("becomes a vote of the person who gave it, bound to what was shown (walls 2 and 5)")
        void approves() throws Exception {
            Vote vote = answered(Verdict.APPROVE);

            assertThat(vote.verdict()).isEqualTo(Verdict.APPROVE);
            assertThat(vote.voter().id()).as("voter").contains("mia");
            assertThat(vote.shown().digest()).isEqualTo("digest-of-r1");
            assertThat(vote.channel()).as("the channel that the vote names").isEqualTo(open().name());
            assertThat(vote.narrowed()).isEmpty();
        }

        @Test
        @DisplayName("can be no")
        void denies() throws Exception {
            assertThat(answered(Verdict.DENY).verdict()).isEqualTo(Verdict.DENY);
        }

        @Test
        @DisplayName("is never given by delivering alone (wall 10)")
        void nobodyAnswersAlone() throws Exception {
            ApprovalRequest request = request("r1");
            deliver(asked(request));
            deliver(asked(request));

            requireDelivered(request.resource().id());
            assertThat(desk.votes()).isEmpty();
        }

        private Vote answered(Verdict verdict) throws Exception {
            ApprovalRequest request = request("r1");
            deliver(asked(request));
            assumeTrue(answer(request, "mia", verdict), "answer(…) is not implemented");
            assertThat(Threads.eventually(patience(), () -> !desk.votes().isEmpty()))
                    .as("a vote arrived")
                    .isTrue();
            assertThat(desk.votes()).hasSize(1);
            return desk.votes().get(0);
        }
    }
}
