package io.jitapproval.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Course;
import io.jitapproval.Demand;
import io.jitapproval.Escalation;
import io.jitapproval.GrantTerms;
import io.jitapproval.Progress;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.VoteTerms;
import io.jitapproval.Way;
import io.jitapproval.core.approval.Tidings;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who is told, and by which channels")
class FanOutTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final ApproverSelector BOSS = new ApproverSelector(ApproverSelector.Kind.ROLE, "BOSS");
    private static final ApproverSelector ON_CALL = new ApproverSelector(ApproverSelector.Kind.GROUP, "on-call");
    private static final List<String> CHANNELS = List.of("chat", "mail", "pager");
    private static final Escalation PAGE = new Escalation(Duration.ofMinutes(10), Set.of(), false, Set.of("pager"));

    /** Seven bosses, of whom p5 is on call. */
    private static final List<Person> PEOPLE = IntStream.range(0, 7)
            .mapToObj(i -> new Person("p" + i, "P" + i, Set.of("BOSS"), i == 5 ? Set.of("on-call") : Set.of()))
            .toList();

    private static ApprovalRequest request(int atMost, Optional<Set<String>> channels, Escalation... escalations) {
        Requirement plain = new Requirement(
                Set.of(new Stage(Set.of(new Way(Set.of(BOSS), 1)), 1, Set.of(escalations))),
                Duration.ofHours(1),
                Duration.ofHours(1),
                GrantTerms.DEFAULT,
                Demand.OPTIONAL,
                Demand.OPTIONAL,
                new VoteTerms(channels, Optional.empty()),
                new Course(Course.AtDecideBy.EXPIRE, Optional.empty(), atMost, Set.of(ON_CALL), Duration.ZERO),
                Optional.empty(),
                false);
        return new ApprovalRequestBuilder()
                .id("r1")
                .digest("d")
                .subject(Ref.user("ana"))
                .action("pay")
                .resource(new Ref("order", "7"))
                .requirement(plain)
                .policy("v1")
                .binding("b")
                .matchKey("m")
                .createdAt(NOW)
                .decideBy(NOW.plus(Duration.ofHours(1)))
                .build();
    }

    private static List<String> channels(Told told) {
        return told.messages().stream().map(OutboxMessage::channel).toList();
    }

    private static ApprovalRequest waited(ApprovalRequest request, Duration time) {
        return request.with(copy -> copy.progress(new Progress(1, NOW, time, false)));
    }

    private static void limited(Tidings tidings) {
        Told told = tidings.about(request(3, Optional.empty()), Kind.ASKED, PEOPLE, NOW);

        assertThat(told.messages()).hasSize(3).allSatisfy(message -> {
            assertThat(message.people()).containsExactly("p0", "p1", "p5");
            assertThat(message.kind()).isEqualTo(Kind.ASKED);
        });
        assertThat(told.messages()).extracting(OutboxMessage::number).containsExactly(1, 2, 3);
        assertThat(told.request().messages()).isEqualTo(3);
        assertThat(told.request().asked()).containsExactly("P0", "P1", "P5");
    }

    @Test
    @DisplayName(
            "no more people than the course says: those on call first, then in the directory's order; and the request shows whom")
    void limited() {
        limited(new FanOut(CHANNELS, Set.of()));
    }

    @Test
    @DisplayName("twin: everybody who may decide is told")
    void twinTellsAll() {
        Tidings all = (after, kind, people, now) -> {
            List<OutboxMessage> messages = new ArrayList<>();
            for (String channel : CHANNELS) {
                messages.add(OutboxMessage.of(
                        after.id(),
                        messages.size() + 1,
                        channel,
                        kind,
                        people.stream().map(Person::id).toList(),
                        now));
            }
            return new Told(after, messages);
        };
        assertThatThrownBy(() -> limited(all)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("those asked least of late come first, and what was long ago counts less and less")
    void leastAskedLately() {
        FanOut fanOut = new FanOut(CHANNELS, Set.of());
        ApprovalRequest request = request(3, Optional.empty());
        fanOut.asked(List.of("p5", "p0", "p1"), NOW);
        assertThat(fanOut.about(request, Kind.ASKED, PEOPLE, NOW)
                        .messages()
                        .get(0)
                        .people())
                .containsExactly("p2", "p3", "p5");

        fanOut.asked(List.of("p2", "p3", "p4", "p6"), NOW.plus(Duration.ofHours(3)));
        assertThat(fanOut.about(request, Kind.ASKED, PEOPLE, NOW.plus(Duration.ofHours(3)))
                        .messages()
                        .get(0)
                        .people())
                .containsExactly("p0", "p1", "p5");
    }

    private static void notOverTheirQuota(FanOut fanOut, boolean told) {
        Instant until = NOW.plus(Duration.ofMinutes(3));
        if (told) {
            List.of("p0", "p1", "p5").forEach(person -> fanOut.over(person, until));
            fanOut.over("p0", NOW);
        }
        fanOut.asked(List.of("p2", "p3", "p4"), NOW);
        assertThat(people(fanOut, NOW)).containsExactly("p2", "p5", "p6");
        assertThat(people(fanOut, until)).as("there is a token again").containsExactly("p0", "p1", "p5");
    }

    private static List<String> people(FanOut fanOut, Instant now) {
        return fanOut.about(request(3, Optional.empty()), Kind.ASKED, PEOPLE, now)
                .messages()
                .get(0)
                .people();
    }

    @Test
    @DisplayName(
            "R27: those who were interrupted too often are asked after all others, but not after policy's first; twin: no order")
    void interruptedTooOften() {
        notOverTheirQuota(new FanOut(CHANNELS, Set.of()), true);
        assertThatThrownBy(() -> notOverTheirQuota(new FanOut(CHANNELS, Set.of()), false))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("where a question may become two messages there is a number for the second one")
    void roomForTheRest() {
        FanOut fanOut = new FanOut(CHANNELS, Set.of("chat", "pager"));
        Told asked = fanOut.about(request(3, Optional.empty()), Kind.ASKED, PEOPLE, NOW);
        assertThat(asked.messages()).extracting(OutboxMessage::number).containsExactly(1, 3, 4);
        assertThat(asked.request().messages()).isEqualTo(5);
        Told ended = fanOut.about(asked.request(), Kind.ENDED, List.of(), NOW);
        assertThat(ended.messages()).extracting(OutboxMessage::number).containsExactly(6, 7, 8);
    }

    @Test
    @DisplayName("what follows goes to those who were asked; an escalation first to those who were not")
    void followUps() {
        FanOut fanOut = new FanOut(CHANNELS, Set.of());
        ApprovalRequest asked = fanOut.about(request(2, Optional.empty()), Kind.ASKED, PEOPLE, NOW)
                .request();

        Told reminded = fanOut.about(asked, Kind.REMINDED, PEOPLE, NOW);
        assertThat(reminded.messages().get(0).people()).containsExactly("p0", "p5");
        assertThat(reminded.messages()).extracting(OutboxMessage::number).containsExactly(4, 5, 6);
        assertThat(fanOut.about(asked, Kind.REMINDED, PEOPLE.subList(1, 3), NOW).messages())
                .as("nobody left who was asked")
                .isEmpty();
        Told escalated = fanOut.about(asked, Kind.ESCALATED, PEOPLE, NOW);
        assertThat(escalated.messages().get(0).people()).containsExactly("p1", "p2");
        assertThat(escalated.request().asked()).containsExactly("P0", "P5", "P1", "P2");
        assertThat(fanOut.about(asked, Kind.ENDED, List.of(), NOW).messages())
                .allSatisfy(message -> assertThat(message.people()).isEmpty());
        assertThat(fanOut.about(request(2, Optional.empty()), Kind.ENDED, List.of(), NOW)
                        .messages())
                .as("of what nobody heard nobody hears the end")
                .isEmpty();
    }

    @Test
    @DisplayName("a channel that an escalation calls in is left in peace until then, and told the end from then on")
    void calledIn() {
        FanOut fanOut = new FanOut(CHANNELS, Set.of());
        ApprovalRequest request = request(2, Optional.empty(), PAGE);
        Told asked = fanOut.about(request, Kind.ASKED, PEOPLE, NOW);
        assertThat(channels(asked)).containsExactly("chat", "mail");

        ApprovalRequest escalated = waited(asked.request(), Duration.ofMinutes(10));
        assertThat(channels(fanOut.about(escalated, Kind.ESCALATED, PEOPLE, NOW)))
                .containsExactly("chat", "mail", "pager");
        assertThat(channels(fanOut.about(escalated, Kind.ENDED, List.of(), NOW)))
                .containsExactly("chat", "mail", "pager");
    }

    @Test
    @DisplayName(
            "only channels by which votes may come, but an alarm goes everywhere; somebody is told at first in any case")
    void allowed() {
        FanOut fanOut = new FanOut(CHANNELS, Set.of());
        ApprovalRequest mail = request(2, Optional.of(Set.of("mail")), PAGE);
        assertThat(channels(fanOut.about(waited(mail, Duration.ofHours(1)), Kind.ESCALATED, PEOPLE, NOW)))
                .containsExactly("mail");
        assertThat(channels(fanOut.about(mail, Kind.ALARM, PEOPLE, NOW))).containsExactlyElementsOf(CHANNELS);
        assertThat(channels(fanOut.about(request(2, Optional.of(Set.of("pager")), PAGE), Kind.ASKED, PEOPLE, NOW)))
                .containsExactly("pager");
    }
}
