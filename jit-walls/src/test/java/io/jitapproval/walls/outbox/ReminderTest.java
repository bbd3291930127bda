package io.jitapproval.walls.outbox;

import static io.jitapproval.spi.ApprovalNotice.Kind.ASKED;
import static io.jitapproval.spi.ApprovalNotice.Kind.ENDED;
import static io.jitapproval.spi.ApprovalNotice.Kind.REMINDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Course;
import io.jitapproval.Requirement;
import io.jitapproval.Vote;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 11: reminders")
class ReminderTest {

    private static final Duration AFTER = Duration.ofMinutes(10);

    /** A store behind which every request is to be reminded of, whatever its policy says. */
    private static class Reminding extends ForwardingGrantStore {

        Reminding(GrantStore real) {
            super(real);
        }

        @Override
        public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
            return super.submit(
                    key,
                    now -> {
                        Submission made = submission.apply(now);
                        return new Submission(
                                made.request().with(copy -> copy.requirement(
                                        reminding(made.request().requirement()))),
                                made.grant(),
                                made.records(),
                                made.messages(),
                                made.entries());
                    },
                    journal);
        }

        private static Requirement reminding(Requirement required) {
            Course course = new Course(
                    Course.AtDecideBy.EXPIRE, Optional.of(AFTER), 10, Set.of(), Course.DEFAULT_COOL_DOWN);
            return new Requirement(
                    required.stages(),
                    required.decideWithin(),
                    required.useWithin(),
                    required.grant(),
                    required.reason(),
                    required.ticket(),
                    required.votes(),
                    course,
                    required.breakGlass(),
                    required.closedToMachines());
        }
    }

    /** The twin keeps in memory when it reminded: its ledger does not. */
    private static final class Forgetful extends Reminding {

        Forgetful(GrantStore real) {
            super(real);
        }

        @Override
        public List<OutboxMessage> messages(String requestId) {
            return super.messages(requestId).stream()
                    .filter(message -> message.kind() == ASKED)
                    .toList();
        }
    }

    private static List<ApprovalNotice> reminders(Pigeon pigeon) {
        return pigeon.carried().stream()
                .filter(notice -> notice.kind() == REMINDED)
                .toList();
    }

    private static void step(Post post, Pigeon pigeon, Duration time, int expected) {
        post.clock.advance(time);
        Post.soon(() -> reminders(pigeon).size() > expected);
        if (reminders(pigeon).size() < expected) {
            Post.await(expected + " reminders", () -> reminders(pigeon).size() >= expected);
        }
        assertThat(reminders(pigeon)).as("reminders").hasSize(expected);
    }

    private static void doubles(Function<GrantStore, GrantStore> store) {
        Pigeon pigeon = new Pigeon("pigeon");
        try (Post post = new Post(store::apply, pigeon)) {
            ApprovalRequest request = post.ask(5);

            step(post, pigeon, AFTER.minusSeconds(1), 0);
            step(post, pigeon, Duration.ofSeconds(1), 1);
            step(post, pigeon, AFTER.multipliedBy(2).minusSeconds(1), 1);
            post.restart();
            step(post, pigeon, Duration.ofSeconds(1), 2);
            step(post, pigeon, AFTER.multipliedBy(4), 3);
            step(post, pigeon, AFTER.multipliedBy(8), 4);
            step(post, pigeon, AFTER.multipliedBy(16), 5);
            step(post, pigeon, AFTER.multipliedBy(4), 5);
            assertThat(post.records(Kind.REMINDED)).hasSize(5);
            assertThat(reminders(pigeon).get(0).people()).extracting(Person::id).containsExactly("mia", "tom");

            post.deny(request);
            Post.await("the end", () -> pigeon.kinds().contains(ENDED));
        }
    }

    @Test
    @DisplayName("come after the time that policy says, then after twice that, five at most, and a restart changes nothing")
    void doubles() {
        doubles(Reminding::new);
    }

    @Test
    @DisplayName("twin: when it reminded last is not in the ledger")
    void twin() {
        assertThatThrownBy(() -> doubles(Forgetful::new)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("go to those who have not voted, and to nobody after the end")
    void onlyThoseWhoHaveNotVoted() {
        Pigeon pigeon = new Pigeon("pigeon");
        try (Post post = new Post(Reminding::new, pigeon)) {
            ApprovalRequest request = post.ask(5);
            post.guard().approvals().vote(request.id(), Vote.abstain(request, Post.MIA));
            step(post, pigeon, AFTER, 1);
            assertThat(reminders(pigeon).get(0).people()).extracting(Person::id).containsExactly("tom");

            post.guard().approvals().withdraw(request.id(), io.jitapproval.Ref.user("ana"));
            Post.await("the end", () -> pigeon.kinds().contains(ENDED));
            post.clock.advance(Duration.ofHours(5));
            assertThat(Post.soon(() -> pigeon.tried().size() > 3)).isFalse();
            assertThat(pigeon.kinds()).containsExactly(ASKED, REMINDED, ENDED);
        }
    }
}
