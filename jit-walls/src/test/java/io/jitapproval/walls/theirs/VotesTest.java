package io.jitapproval.walls.theirs;

import static io.jitapproval.walls.theirs.House.course;
import static io.jitapproval.walls.theirs.House.role;
import static io.jitapproval.walls.theirs.House.stages;
import static io.jitapproval.walls.theirs.House.votes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Escalation;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Stage;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.VoteTerms;
import io.jitapproval.Way;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.test.FakeApprover;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("votes: stages and escalations, taking back, denials, changes, notes, and those who approved once more")
class VotesTest {

    private static final Stage FINANCE = new Stage(Set.of(role("FINANCE")), 1);
    private static final Stage THEN_CFO = new Stage(Set.of(new Way(Set.of(role("CFO")), 1)), 2, Set.of());

    private static VoteTerms terms(int denials, boolean recheck) {
        return new VoteTerms(Optional.empty(), Optional.empty(), denials, false, recheck);
    }

    @Test
    @DisplayName(
            "a later stage waits for the earlier one, is on record when it opens, and shows in its people's inbox then only")
    void sequence() {
        try (House house = new House(stages(FINANCE, THEN_CFO))) {
            house.ask();
            assertThat(house.waitsFor("mia")).isTrue();
            assertThat(house.waitsFor("kai")).isFalse();
            assertThat(house.approve("kai").reason()).isEqualTo(Reason.NOT_OPEN_YET);
            assertThat(house.approve("leo").reason()).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(house.approve("mia").counted()).isTrue();
            assertThat(house.of(Kind.STAGE_OPENED))
                    .singleElement()
                    .satisfies(record -> assertThat(record.details()).containsEntry("rank", 2));
            assertThat(house.waitsFor("kai")).isTrue();
            assertThat(house.now().progress().rank()).isEqualTo(2);
            assertThat(house.approve("kai").counted()).isTrue();
            assertThat(house.now().state()).isEqualTo(State.APPROVED);
        }
    }

    @Test
    @DisplayName("a stage is filled by any of its ways")
    void ways() {
        Stage either =
                new Stage(Set.of(new Way(Set.of(role("CFO")), 1), new Way(Set.of(role("FINANCE")), 2)), 1, Set.of());
        try (House house = new House(stages(either))) {
            house.ask();
            assertThat(house.approve("mia").counted()).isTrue();
            assertThat(house.now().state()).isEqualTo(State.PENDING);
            assertThat(house.approve("kai").counted()).isTrue();
            assertThat(house.now().state()).isEqualTo(State.APPROVED);
        }
    }

    @Test
    @DisplayName("wall 7: an escalation that replaces people holds without any timer; votes cast before it stay")
    void replaced() {
        Stage stage = new Stage(
                Set.of(new Way(Set.of(role("FINANCE")), 2)),
                1,
                Set.of(new Escalation(Duration.ofMinutes(10), Set.of(role("CFO")), true, Set.of())));
        try (House house = new House(stages(stage))) {
            house.ask();
            assertThat(house.approve("mia").counted()).isTrue();
            assertThat(house.approve("kai").reason()).isEqualTo(Reason.NOT_OPEN_YET);
            house.clock.advance(Duration.ofMinutes(10));
            assertThat(house.approve("tom").reason()).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(house.approve("kai").counted()).isTrue();
            assertThat(house.now().state()).isEqualTo(State.APPROVED);
            assertThat(house.of(Kind.ESCALATED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("wall 9: at the decide-by a request escalates once, then expires; nothing approves it")
    void escalates() {
        Stage stage = new Stage(
                Set.of(new Way(Set.of(role("FINANCE")), 1)),
                1,
                Set.of(new Escalation(Duration.ofHours(3), Set.of(role("CFO")), false, Set.of())));
        try (House house = new House(course(AtDecideBy.ESCALATE, stage))) {
            house.ask();
            house.clock.advance(Duration.ofMinutes(61));
            assertThat(house.approve("leo").reason()).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(house.now().progress().extended()).isTrue();
            assertThat(house.waitsFor("kai")).isTrue();
            house.clock.advance(Duration.ofMinutes(59));
            assertThat(house.approve("kai").reason()).isEqualTo(Reason.NOT_PENDING);
            assertThat(house.now().state()).isEqualTo(State.EXPIRED);
            assertThat(house.of(Kind.ESCALATED)).hasSize(1);
            assertThat(house.of(Kind.DECIDED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("wall 9: a denial by policy is told from one by a person, in the refusal too")
    void deniedByTimeout() {
        try (House house = new House(course(AtDecideBy.DENY, FINANCE))) {
            AtomicInteger ran = new AtomicInteger();
            var waiting = house.pay(100)
                    .waitAtMost(Duration.ofHours(5))
                    .callAsync(() -> java.util.concurrent.CompletableFuture.completedFuture(ran.incrementAndGet()))
                    .toCompletableFuture();
            house.clock.advance(Duration.ofHours(1));
            assertThatThrownBy(() -> waiting.get(20, java.util.concurrent.TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(ActionDeniedException.class)
                    .hasMessageContaining("JIT-218");
            assertThat(ran).hasValue(0);
        }
    }

    @Test
    @DisplayName("a vote is taken back while pending, and cast anew; the stage that it filled closes again")
    void takenBack() {
        try (House house = new House(stages(FINANCE, THEN_CFO))) {
            String id = house.ask().id();
            assertThat(house.approve("mia").counted()).isTrue();
            assertThat(house.approve("mia").reason()).isEqualTo(Reason.ALREADY_VOTED);
            VoteReceipt receipt = house.guard.approvals().takeBack(id, Ref.user("mia"));
            assertThat(receipt.reason()).isEqualTo(Reason.VOTE_TAKEN_BACK);
            assertThat(house.now().votes()).isEmpty();
            assertThat(house.approve("kai").reason()).isEqualTo(Reason.NOT_OPEN_YET);
            assertThat(house.guard.approvals().takeBack(id, Ref.user("mia")).reason())
                    .isEqualTo(Reason.NO_VOTE);
            assertThat(house.of(Kind.VOTE_TAKEN_BACK)).hasSize(1);
            assertThat(house.deny("mia").counted()).isTrue();
            assertThat(house.guard.approvals().takeBack(id, Ref.user("mia")).reason())
                    .isEqualTo(Reason.NOT_PENDING);
        }
    }

    @Test
    @DisplayName("where policy wants two denials, one only uses up the vote, and two end it")
    void denials() {
        try (House house = new House(votes(terms(2, false), FINANCE))) {
            house.ask();
            assertThat(house.deny("mia").counted()).isTrue();
            assertThat(house.now().state()).isEqualTo(State.PENDING);
            assertThat(house.approve("mia").reason()).isEqualTo(Reason.ALREADY_VOTED);
            assertThat(house.deny("tom").counted()).isTrue();
            assertThat(house.now().outcome()).contains(Reason.APPROVAL_DENIED);
        }
    }

    @Test
    @DisplayName("R25: a denial after the approval revokes the grant; afterwards nothing is left to revoke")
    void revokes() {
        try (House house = new House(stages(FINANCE))) {
            house.ask();
            assertThat(house.approve("mia").counted()).isTrue();
            assertThat(house.deny("leo").reason()).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(house.deny("ana").reason()).isEqualTo(Reason.SEPARATION_OF_DUTIES);
            assertThat(house.deny("mia").reason())
                    .as("who approved may think better of it")
                    .isEqualTo(Reason.REVOKED);
            assertThat(house.of(Kind.GRANT_ENDED)).singleElement().satisfies(record -> {
                assertThat(record.reason()).isEqualTo(Reason.GRANT_REVOKED);
                assertThat(record.by()).contains(Ref.user("mia"));
            });
            assertThat(house.deny("tom").reason()).isEqualTo(Reason.GRANT_REVOKED);
            assertThat(house.approve("tom").reason()).isEqualTo(Reason.NOT_PENDING);
            assertThatThrownBy(() -> house.pay(100).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
        }
    }

    @Test
    @DisplayName("what you see is what you sign: the refusal says what has changed since, and counts nothing")
    void moved() {
        try (House house = new House(stages(FINANCE))) {
            ApprovalRequest seen = house.ask();
            assertThat(house.guard.approvals().say(seen.id(), Ref.user("ana"), Note.Kind.INFORMATION, "it is urgent"))
                    .isEqualTo(Reason.NOTED);
            house.pay(250).because("the other half too").changing(seen.id()).submit();
            VoteReceipt receipt = house.cast(Vote.approve(seen, Ref.user("mia")));
            assertThat(receipt.reason()).isEqualTo(Reason.SHOWN_DIFFERS);
            assertThat(receipt.moved()).hasSize(2);
            assertThat(receipt.moved().get(0)).contains("user/ana", "it is urgent");
            assertThat(receipt.moved().get(1)).contains("amount from 100 to 250", "the other half too");
            assertThat(house.now().votes()).isEmpty();
            assertThat(house.of(Kind.VOTE_REFUSED)).hasSize(1);
            assertThat(house.of(Kind.CHANGED)).hasSize(1);
            assertThat(house.approve("mia").counted()).isTrue();
            assertThatThrownBy(() -> house.pay(100).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
            house.pay(250).run(() -> {});
        }
    }

    @Test
    @DisplayName(
            "only the requester changes a request, only to the same action and resource, and only while it is pending")
    void changes() {
        try (House house = new House(stages(FINANCE))) {
            String id = house.ask().id();
            assertThatThrownBy(() -> house.guard
                            .attempt("pay")
                            .by(Subject.user("ana"))
                            .on(Resource.of("order", "2"))
                            .with("amount", 5)
                            .changing(id)
                            .submit())
                    .hasMessageContaining("JIT-219");
            assertThatThrownBy(() -> house.guard
                            .attempt("pay")
                            .by(Subject.user("leo"))
                            .on(Resource.of("order", "1"))
                            .with("amount", 7)
                            .changing(id)
                            .submit())
                    .hasMessageContaining("JIT-508");
            assertThatThrownBy(() -> house.pay(5).changing("nothing").submit()).hasMessageContaining("JIT-311");
            assertThatThrownBy(() -> house.pay(5).changing(id).run(() -> {})).isInstanceOf(IllegalStateException.class);
            assertThat(house.now().version()).isEqualTo(1);
            assertThat(house.pay(100).changing(id).submit().orElseThrow().version())
                    .as("nothing is different")
                    .isEqualTo(1);
            house.deny("mia");
            assertThatThrownBy(() -> house.pay(5).changing(id).submit()).hasMessageContaining("JIT-505");
        }
    }

    @Test
    @DisplayName("notes: who may say what, votes stay, and neither side can use up the room of the other")
    void notes() {
        try (House house = new House(stages(new Stage(Set.of(role("FINANCE")), 2)))) {
            String id = house.ask().id();
            var approvals = house.guard.approvals();
            assertThat(house.approve("mia").counted()).isTrue();
            assertThat(approvals.say(id, Ref.user("tom"), Note.Kind.QUESTION, "why so much?"))
                    .isEqualTo(Reason.NOTED);
            assertThat(approvals.say(id, Ref.user("leo"), Note.Kind.QUESTION, "may I?"))
                    .isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(approvals.say(id, Ref.user("leo"), Note.Kind.COMMENT, "hm"))
                    .isEqualTo(Reason.NOTED);
            assertThat(approvals.say(id, Ref.user("tom"), Note.Kind.INFORMATION, "x"))
                    .isEqualTo(Reason.NOT_THE_HOLDER);
            assertThat(approvals.say(id, Ref.user("nobody"), Note.Kind.COMMENT, "x"))
                    .isEqualTo(Reason.VOTER_UNRESOLVED);
            assertThat(approvals.say(id, Ref.user("tom"), Note.Kind.COMMENT, " "))
                    .isEqualTo(Reason.NOTE_UNFIT);
            assertThat(house.now().version()).isEqualTo(1);
            for (int i = 2; i < Note.MOST; i++) {
                assertThat(approvals.say(id, Ref.user("leo"), Note.Kind.COMMENT, "again"))
                        .isEqualTo(Reason.NOTED);
            }
            assertThat(approvals.say(id, Ref.user("leo"), Note.Kind.COMMENT, "again"))
                    .isEqualTo(Reason.TOO_MANY_NOTES);
            assertThat(approvals.say(id, Ref.user("ana"), Note.Kind.INFORMATION, "two crates"))
                    .isEqualTo(Reason.NOTED);
            assertThat(house.now().version()).isEqualTo(2);
            assertThat(house.now().votes()).hasSize(1);
            assertThat(house.approve("tom").counted()).isTrue();
            assertThat(house.now().state()).isEqualTo(State.APPROVED);
            assertThat(approvals.say(id, Ref.user("ana"), Note.Kind.COMMENT, "thanks"))
                    .isEqualTo(Reason.NOT_PENDING);
            assertThat(house.of(Kind.NOTED)).hasSize(Note.MOST + 1);
        }
    }

    @Test
    @DisplayName(
            "wall 5: where policy says so, those who approved must still be the ones to ask when the grant is used")
    void recheck() {
        for (boolean recheck : List.of(true, false)) {
            try (House house = new House(votes(terms(1, recheck), FINANCE))) {
                house.ask();
                house.approve("mia");
                house.pay(100).run(() -> {});
                house.people.give("mia");
                if (recheck) {
                    assertThatThrownBy(() -> house.pay(100).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
                } else {
                    house.pay(100).run(() -> {});
                }
            }
        }
    }

    @Test
    @DisplayName("wall 4: who is barred never counts, not by a stand-in either")
    void barred() {
        try (House house = new House(stages(FINANCE), Set.of("mia"), (builder, time) -> {})) {
            house.ask();
            assertThat(house.approve("mia").reason()).isEqualTo(Reason.SEPARATION_OF_DUTIES);
            house.guard
                    .approvals()
                    .standIns()
                    .name(
                            Ref.user("mia"),
                            Ref.user("leo"),
                            house.clock.instant(),
                            house.clock.instant().plusSeconds(60));
            assertThat(house.approve("leo").reason()).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(house.waitsFor("leo")).isFalse();
            assertThat(house.approve("tom").counted()).isTrue();
        }
    }

    @Test
    @DisplayName("a scripted approver of a later stage answers once it is open")
    void scripted() {
        try (House house = new House(stages(FINANCE, THEN_CFO), Set.of(), (builder, time) -> {
            FakeApprover approver = new FakeApprover(time);
            approver.as("kai").approve().as("mia").approve();
            builder.channel(approver);
        })) {
            assertThat(house.ask().state()).isEqualTo(State.APPROVED);
            house.pay(100).run(() -> {});
        }
    }
}
