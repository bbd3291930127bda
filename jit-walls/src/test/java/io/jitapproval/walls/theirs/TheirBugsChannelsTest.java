package io.jitapproval.walls.theirs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Reason;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.UndeliverableException;
import io.jitapproval.walls.outbox.Chat;
import io.jitapproval.walls.outbox.Pigeon;
import io.jitapproval.walls.outbox.Post;
import io.jitapproval.walls.outbox.Twin;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Their bugs, not ours: channels")
class TheirBugsChannelsTest {

    private static void freshButtons(UnaryOperator<GrantStore> store) {
        Chat chat = new Chat("chat");
        try (Post post = new Post(store, chat)) {
            ApprovalRequest request = post.ask(5);
            post.approve(request);
            Post.soon(() -> chat.shown().values().stream().allMatch(notice -> notice.kind() == Kind.ENDED)
                    && !chat.shown().isEmpty());

            assertThat(chat.shown().values()).hasSize(1).allSatisfy(notice -> {
                assertThat(notice.kind()).isEqualTo(Kind.ENDED);
                assertThat(notice.request().state()).isEqualTo(State.APPROVED);
            });
            // Whoever still has the old buttons on the screen approves nothing more; a late denial takes away what was
            // given.
            assertThat(post.approve(request)).isEqualTo(Reason.NOT_PENDING);
            assertThat(post.deny(request)).isEqualTo(Reason.REVOKED);
        }
    }

    @Test
    @DisplayName("clawpatrol#595: buttons in the chat stay after the decision was taken elsewhere")
    void staleButtons() {
        freshButtons(UnaryOperator.identity());
        assertThatThrownBy(() -> freshButtons(Twin.TOLD_AFTERWARDS)).isInstanceOf(AssertionError.class);
    }

    private static void absentApprover(UnaryOperator<GrantStore> store) {
        Pigeon chat = new Pigeon("chat")
                .always(Pigeon.throwing(new UndeliverableException("mia is no longer in this workspace")));
        try (Post post = new Post(store, chat)) {
            ApprovalRequest request = post.ask(5);

            assertThat(request.state()).isEqualTo(State.PENDING);
            assertThat(post.guard().deliveries().dead())
                    .extracting(OutboxMessage::failure)
                    .containsExactly("UndeliverableException: mia is no longer in this workspace");
            assertThat(post.approve(request)).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(post.pay(5)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("sso-elevator#138: an approver who has left the chat fails the whole request, and nobody sees why")
    void approverAbsent() {
        absentApprover(UnaryOperator.identity());
        assertThatThrownBy(() -> absentApprover(Twin.WITHOUT_DEAD)).isInstanceOf(AssertionError.class);
    }

    /** Gives the grant away before the store has kept the decision; then the store fails. */
    private static final class Losing extends ForwardingGrantStore {

        private volatile boolean loses;

        Losing(GrantStore real) {
            super(real);
        }

        @Override
        public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
            return super.changeRequest(
                    id,
                    (current, now) -> {
                        Step<ApprovalRequest, R> step = change.apply(current, now);
                        if (loses) {
                            throw new IllegalStateException("the database is gone");
                        }
                        return step;
                    },
                    journal);
        }
    }

    private static void persistThenProvision(UnaryOperator<GrantStore> twin) {
        Pigeon pigeon = new Pigeon("pigeon");
        Losing[] losing = new Losing[1];
        try (Post post = new Post(
                real -> {
                    losing[0] = new Losing(twin.apply(real));
                    return losing[0];
                },
                pigeon)) {
            ApprovalRequest request = post.ask(5);
            losing[0].loses = true;
            assertThatThrownBy(() -> post.approve(request))
                    .isInstanceOf(io.jitapproval.GuardUnavailableException.class);

            assertThat(post.guard().grants().active()).as("grants").isEmpty();
            assertThat(Post.soon(() -> pigeon.kinds().contains(Kind.ENDED)))
                    .as("told of an approval that is none")
                    .isFalse();
            losing[0].loses = false;
            assertThat(post.approve(request)).isEqualTo(Reason.VOTE_COUNTED);
            Post.await("the end", () -> pigeon.kinds().contains(Kind.ENDED));
        }
    }

    /** Hands every grant to the store before the decision is kept. */
    private static final class Eager extends ForwardingGrantStore {

        Eager(GrantStore real) {
            super(real);
        }

        @Override
        public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
            request(id).map(request -> change.apply(request, now())).ifPresent(step -> {
                if (step.grant() != null && step.next() != null) {
                    ApprovalRequest early = step.next().with(copy -> copy.id(id + "-early"));
                    super.submit(
                            "early",
                            now -> new Submission(early, Optional.of(step.grant()), java.util.List.of()),
                            journal);
                }
            });
            return super.changeRequest(id, change, journal);
        }
    }

    @Test
    @DisplayName(
            "Glide: access is provisioned before the decision is kept, so that a fault leaves access without a record")
    void provisionBeforePersist() {
        persistThenProvision(UnaryOperator.identity());
        assertThatThrownBy(() -> eagerly()).isInstanceOf(AssertionError.class);
    }

    private static void eagerly() {
        Losing[] losing = new Losing[1];
        try (Post post = new Post(real -> {
            losing[0] = new Losing(real);
            return new Eager(losing[0]);
        })) {
            ApprovalRequest request = post.ask(5);
            losing[0].loses = true;
            assertThatThrownBy(() -> post.approve(request)).isInstanceOf(RuntimeException.class);
            assertThat(post.guard().grants().active()).as("grants").isEmpty();
        }
    }

    /** A notifier in the middle of the change: if it fails, half of the change is there. */
    private static final class InTheMiddle extends ForwardingGrantStore {

        InTheMiddle(GrantStore real) {
            super(real);
        }

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            ApprovalRequest made = super.submit(key, submission, journal);
            throw new IllegalStateException("the chat is down, and " + made.id() + " is left behind");
        }
    }

    private static void notifyFails(UnaryOperator<GrantStore> store) {
        Pigeon pigeon = new Pigeon("pigeon").always(Pigeon.throwing(new IllegalStateException("the chat is down")));
        try (Post post = new Post(store, pigeon)) {
            ApprovalRequest request = post.ask(5);

            assertThat(request.state()).isEqualTo(State.PENDING);
            assertThat(post.guard().approvals().find(request.id())).contains(request);
            assertThat(post.records(AuditRecord.Kind.REQUESTED)).hasSize(1);
            assertThat(post.records(AuditRecord.Kind.NOTIFY_FAILED)).isNotEmpty();
            assertThat(pigeon.tried()).extracting(ApprovalNotice::kind).containsOnly(Kind.ASKED);
            post.deny(request);
            assertThat(post.guard().approvals().find(request.id()).orElseThrow().state())
                    .isEqualTo(State.DENIED);
        }
    }

    @Test
    @DisplayName("Glide: if telling fails, the request is in a strange state: made, but its caller got an error")
    void strangeStateIfNotifyFails() {
        notifyFails(UnaryOperator.identity());
        assertThatThrownBy(() -> notifyFails(InTheMiddle::new)).isInstanceOf(RuntimeException.class);
    }
}
