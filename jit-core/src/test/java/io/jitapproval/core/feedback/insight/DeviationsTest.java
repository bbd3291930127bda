package io.jitapproval.core.feedback.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: uses that deserve a look are shown, few and ranked, and what is merely rare is not")
class DeviationsTest {

    private static final Instant FROM = Made.END.minus(Duration.ofDays(84)).truncatedTo(ChronoUnit.DAYS);
    private static final List<Kind> USES = List.of(Kind.UNUSUAL_USE, Kind.BURST, Kind.OFF_HOURS, Kind.LAST_MINUTE);

    /** Thirty people of three departments, a few uses a day, from nine to five; resources with a long tail. */
    private static Made usual(boolean own, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Made made = new Made();
        for (int day = 0; day < 84; day++) {
            for (int person = 0; person < 30; person++) {
                int uses = random.nextInt(4);
                for (int i = 0; i < uses; i++) {
                    int department = person % 3;
                    int rank = (int) (20 * Math.pow(random.nextDouble(), 3));
                    String resource = own ? "d" + department + "-" + rank : "r" + rank;
                    made.one(at(day, 9 + random.nextInt(9)))
                            .subject("u" + person, "dep" + department)
                            .action("read")
                            .resource("db", random.nextInt(50) == 0 ? "once" + made.size() : resource)
                            .by("p" + random.nextInt(6))
                            .grant(
                                    Duration.ofHours(1),
                                    1,
                                    1,
                                    Duration.ofMinutes(random.nextInt(40)),
                                    Duration.ofMinutes(45))
                            .add();
                }
            }
        }
        return made;
    }

    private static Instant at(int day, int hour) {
        return FROM.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour)).plusSeconds(7);
    }

    private static List<Insight> uses(Findings findings) {
        return findings.insights().stream()
                .filter(insight -> USES.contains(insight.kind()))
                .toList();
    }

    @Test
    @DisplayName(
            "nothing is found where everybody is alike, or where departments have their own; the twin that shows the rarest fills its budget")
    void usual() {
        for (long seed = 0; seed < 5; seed++) {
            assertThat(uses(usual(false, seed).find())).isEmpty();
            assertThat(uses(usual(true, seed).find())).isEmpty();
        }
        Map<String, Integer> counts = new HashMap<>();
        usual(false, 0)
                .each(decision -> counts.merge(decision.request().resource().id(), 1, Integer::sum));
        assertThat(counts.values().stream().filter(count -> count == 1).count()).isGreaterThan(30);
    }

    @Test
    @DisplayName(
            "a use of what another department uses daily, and one's own never: with the counts, once, however often it is repeated")
    void unusual() {
        Made made = usual(true, 1);
        for (int i = 0; i < 3; i++) {
            made.one(at(60 + i, 11))
                    .subject("u4", "dep1")
                    .action("read")
                    .resource("db", "d2-0")
                    .by("p1")
                    .add();
        }
        List<Insight> found = made.find().of(Kind.UNUSUAL_USE);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).subject()).isEqualTo("user/u4 read on db/d2-0");
        assertThat(found.get(0).why()).contains("was seen 0 of ", "times for others of department dep1", "elsewhere");
        assertThat(found.get(0).traces()).extracting(Insight.Trace::id).containsExactly("r" + (made.size() - 3));
    }

    @Test
    @DisplayName("no more than the budget of a week, the most surprising first; the rest is counted")
    void budget() {
        Made made = usual(true, 2);
        for (int i = 0; i < 8; i++) {
            made.one(at(62, 10 + i))
                    .subject("u" + (1 + 3 * i), "dep1")
                    .action("read")
                    .resource("db", "d2-" + i % 3)
                    .by("p1")
                    .add();
        }
        Findings some = made.find(InsightSettings.DEFAULT.budget(3));
        assertThat(uses(some)).hasSize(3);
        assertThat(some.silences())
                .anySatisfy(silence -> assertThat(silence.why()).startsWith("5 less surprising uses"));
        List<Double> surprises = uses(made.find()).stream()
                .map(insight -> insight.evidence().get("surprise").doubleValue())
                .toList();
        assertThat(surprises).hasSize(8);
        assertThat(uses(some).stream()
                        .map(insight -> insight.evidence().get("surprise").doubleValue()))
                .containsExactlyElementsOf(surprises.subList(0, 3));
        assertThat(uses(made.find(InsightSettings.DEFAULT.budget(0)))).isEmpty();
    }

    @Test
    @DisplayName("a day with many times the usual uses is a burst; twice as many is a busy day")
    void burst() {
        Made busy = usual(false, 3);
        Made many = usual(false, 3);
        for (int i = 0; i < 25; i++) {
            Made.One one = many.one(at(50, 9 + i % 8))
                    .subject("u7", "dep1")
                    .action("read")
                    .resource("db", "r0")
                    .by("p" + i % 6);
            one.add();
            if (i < 4) {
                busy.one(at(50, 9 + i))
                        .subject("u7", "dep1")
                        .action("read")
                        .resource("db", "r0")
                        .by("p" + i % 6)
                        .add();
            }
        }
        List<Insight> found = many.find().of(Kind.BURST);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).subject()).startsWith("user/u7 ");
        assertThat(found.get(0).traces()).hasSize(20);
        assertThat(busy.find().of(Kind.BURST)).isEmpty();
    }

    @Test
    @DisplayName("three in the morning is unusual for who works by day, and usual for who works by night")
    void offHours() {
        Made made = usual(false, 4);
        for (int day = 0; day < 84; day++) {
            made.one(at(day, 2))
                    .subject("owl", "dep1")
                    .action("read")
                    .resource("db", "r0")
                    .by("p1")
                    .add();
        }
        assertThat(made.find().of(Kind.OFF_HOURS)).isEmpty();
        made.one(at(70, 3))
                .subject("u5", "dep2")
                .action("read")
                .resource("db", "r0")
                .by("p1")
                .add();
        made.one(at(71, 3))
                .subject("owl", "dep1")
                .action("read")
                .resource("db", "r0")
                .by("p1")
                .add();
        List<Insight> found = made.find().of(Kind.OFF_HOURS);
        assertThat(found).extracting(Insight::subject).containsExactly("user/u5 2026-02-15");
        assertThat(found.get(0).why()).contains("Used at 03 h", "0 of their ");
    }

    @Test
    @DisplayName(
            "a grant first used just before its end is shown where hardly any other is; where many are, it is how they are used")
    void lastMinute() {
        assertThat(late(1).of(Kind.LAST_MINUTE)).hasSize(1);
        assertThat(late(1).of(Kind.LAST_MINUTE).get(0).why()).contains("1 of ");
        assertThat(late(300).of(Kind.LAST_MINUTE)).isEmpty();
    }

    private static Findings late(int n) {
        Made made = usual(false, 5);
        for (int i = 0; i < n; i++) {
            made.one(at(i % 80, 12))
                    .subject("u" + i % 30, "dep" + i % 3)
                    .action("read")
                    .resource("db", "r0")
                    .by("p1")
                    .grant(Duration.ofHours(1), 1, 1, Duration.ofMinutes(59), Duration.ofMinutes(59))
                    .add();
        }
        return made.find();
    }

    @Test
    @DisplayName(
            "two who approve one another more than others are shown; where everybody has a line manager, nobody is")
    void sameTwo() {
        assertThat(usual(false, 6).find().of(Kind.SAME_TWO)).isEmpty();
        Made made = usual(false, 6);
        for (int i = 0; i < 90; i++) {
            boolean one = i % 2 == 0;
            made.one(at(i % 80, 12))
                    .subject(one ? "p8" : "p9", "dep0")
                    .action("read")
                    .resource("db", "r0")
                    .by(one ? "p9" : "p8")
                    .add();
        }
        List<Insight> found = made.find().of(Kind.SAME_TWO);
        assertThat(found)
                .extracting(Insight::subject)
                .containsExactlyInAnyOrder("user/p8 by user/p9", "user/p9 by user/p8");
        assertThat(found).extracting(Insight::severity).containsOnly(Severity.HIGH);
        Made managed = new Made();
        for (int i = 0; i < 2000; i++) {
            managed.one(at(i % 80, 12))
                    .subject("u" + i % 40, "dep0")
                    .by("m" + i % 8)
                    .add();
        }
        assertThat(managed.find().of(Kind.SAME_TWO)).isEmpty();
        assertThat(managed.find().silences())
                .anySatisfy(silence -> assertThat(silence.why()).contains("how it is done here"));
    }
}
