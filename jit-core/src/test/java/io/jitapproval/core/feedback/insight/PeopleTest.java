package io.jitapproval.core.feedback.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: people are judged by two signals, among equals, with few errors, and in private first")
class PeopleTest {

    private static final int PEOPLE = 60;
    private static final int VOTES = 250;

    /** How somebody votes. */
    private enum Way {
        CAREFUL,
        /** Reads fast and denies as others do. */
        QUICK,
        /** Denies a third of what others do, and takes the time. */
        KIND,
        /** Gets easy requests, which anybody approves at once. */
        EASY,
        STAMP
    }

    private static Way way(int person) {
        return switch (person % 10) {
            case 0 -> Way.STAMP;
            case 1 -> Way.QUICK;
            case 2 -> Way.KIND;
            case 3 -> Way.EASY;
            default -> Way.CAREFUL;
        };
    }

    /** Three sorts of requests; every tenth person stamps: nine of ten without looking. */
    private static Made made(long seed, boolean stamps) {
        SplittableRandom random = new SplittableRandom(seed);
        Made made = new Made();
        Instant from = Made.END.minus(Duration.ofDays(80));
        for (int i = 0; i < PEOPLE * VOTES; i++) {
            int person = random.nextInt(PEOPLE);
            Way way = way(person);
            way = way == Way.STAMP && !stamps ? Way.CAREFUL : way;
            int sort = way == Way.EASY ? 0 : random.nextInt(3);
            double deny = new double[] {0.01, 0.08, 0.25}[sort];
            double fast = new double[] {0.3, 0.05, 0.05}[sort];
            boolean asleep = way == Way.STAMP && random.nextInt(10) < 9;
            deny = asleep ? 0.005 : way == Way.KIND ? deny / 3 : deny;
            fast = asleep ? 0.7 : way == Way.QUICK ? 0.6 : fast;
            boolean yes = random.nextDouble() >= deny;
            Duration took =
                    Duration.ofSeconds(random.nextDouble() < fast ? 1 + random.nextInt(9) : 20 + random.nextInt(600));
            made.one(from.plusSeconds((long) i * 80 * 86_400 / (PEOPLE * VOTES)))
                    .action("act" + sort)
                    .resource("db", "d" + random.nextInt(30))
                    .subject("u" + random.nextInt(40), "d" + random.nextInt(3))
                    .approved(yes)
                    .wait(took)
                    .outcome(
                            yes && random.nextDouble() < (asleep ? deny(sort) / 2 : 0.002)
                                    ? Outcome.REVERSED
                                    : Outcome.UNKNOWN)
                    .by("p" + person, yes, took)
                    .add();
        }
        return made;
    }

    private static double deny(int sort) {
        return new double[] {0.01, 0.08, 0.25}[sort];
    }

    @Test
    @DisplayName(
            "of those found at least 90 % stamp, over five histories; most who stamp are found; one signal alone finds nobody")
    void precision() {
        int right = 0;
        int wrong = 0;
        int missed = 0;
        int speedAlone = 0;
        for (long seed = 0; seed < 5; seed++) {
            Made made = made(seed, true);
            Set<String> found = subjects(made.find());
            for (int person = 0; person < PEOPLE; person++) {
                boolean is = way(person) == Way.STAMP;
                boolean said = found.contains("user/p" + person);
                right += is && said ? 1 : 0;
                wrong += !is && said ? 1 : 0;
                missed += is && !said ? 1 : 0;
            }
            speedAlone += speedAlone(made);
        }
        assertThat((double) right / (right + wrong)).as("precision").isGreaterThanOrEqualTo(0.9);
        assertThat((double) right / (right + missed)).as("recall").isGreaterThanOrEqualTo(0.8);
        // The twin: whoever is fast stamps. It accuses those who read fast.
        assertThat(speedAlone).isGreaterThan(15);
    }

    private static Set<String> subjects(Findings findings) {
        return findings.of(Kind.RUBBER_STAMP).stream().map(Insight::subject).collect(Collectors.toSet());
    }

    /** How many who do not stamp answer half of the time faster than reading takes. */
    private static int speedAlone(Made made) {
        int[] fast = new int[PEOPLE];
        int[] all = new int[PEOPLE];
        made.each(decision -> decision.voices().forEach(voice -> {
            int person = Integer.parseInt(voice.person().id().substring(1));
            all[person]++;
            fast[person] += voice.took().orElseThrow().toSeconds() < 10 ? 1 : 0;
        }));
        int accused = 0;
        for (int person = 0; person < PEOPLE; person++) {
            accused += way(person) == Way.QUICK && 2 * fast[person] > all[person] ? 1 : 0;
        }
        return accused;
    }

    @Test
    @DisplayName(
            "where nobody stamps hardly anybody is accused in eight histories; the twin without control of discoveries accuses more")
    void nobody() {
        int accused = 0;
        int twin = 0;
        InsightSettings loose = new InsightSettings(
                InsightSettings.DEFAULT.window(),
                InsightSettings.DEFAULT.asOf(),
                InsightSettings.DEFAULT.zone(),
                0.95,
                0.9999,
                0.02,
                10,
                Duration.ofSeconds(10),
                InsightSettings.DEFAULT.peers());
        for (long seed = 100; seed < 108; seed++) {
            Made made = made(seed, false);
            accused += subjects(made.find()).isEmpty() ? 0 : 1;
            twin += subjects(made.find(loose)).isEmpty() ? 0 : 1;
        }
        assertThat(accused).isLessThanOrEqualTo(1);
        assertThat(twin).isGreaterThan(accused);
    }

    @Test
    @DisplayName("a finding is for the person first, names both signals, and only their approvals are no evidence")
    void privateFirst() {
        Made made = made(1, true);
        Findings findings = made.find();
        List<Insight> found = findings.of(Kind.RUBBER_STAMP);
        assertThat(found).isNotEmpty().allSatisfy(insight -> {
            assertThat(insight.audience()).isEqualTo(Audience.PRIVATE_FIRST);
            assertThat(insight.change()).isEmpty();
            assertThat(insight.why()).contains("comparable requests", "less than 10 s");
            assertThat(insight.traces()).hasSize(20);
        });
        Set<Ref> excluded = findings.rubberStamps().excluded();
        assertThat(excluded).hasSameSizeAs(found);
        List<PastDecision> out = new ArrayList<>();
        made.each(decision -> {
            if (findings.rubberStamps().excludes(decision)) {
                out.add(decision);
            }
        });
        assertThat(out).isNotEmpty().allSatisfy(decision -> {
            assertThat(decision.isApproved()).isTrue();
            assertThat(excluded).contains(decision.voices().get(0).person());
        });
    }

    @Test
    @DisplayName("an approval that somebody else gave, too, stays evidence")
    void together() {
        RubberStamps stamps = new RubberStamps(Set.of(Ref.user("p0")));
        Made made = new Made();
        Made.One alone = made.one(Made.END).by("p0");
        Made.One both = made.one(Made.END).by("p0").by("p1");
        Made.One no = made.one(Made.END).approved(false).by("p0");
        assertThat(stamps.excludes(alone.add())).isTrue();
        assertThat(stamps.excludes(both.add())).isFalse();
        assertThat(stamps.excludes(no.add())).isFalse();
        assertThat(RubberStamps.NONE.excludes(made.one(Made.END).add())).isFalse();
    }

    /** Votes in batches of thirty, a minute apart; who tires denies nothing after the tenth, and answers at once. */
    private static Made batches(boolean tires) {
        SplittableRandom random = new SplittableRandom(23);
        Made made = new Made();
        for (int person = 0; person < 8; person++) {
            for (int batch = 0; batch < 20; batch++) {
                for (int i = 0; i < 30; i++) {
                    boolean tired = tires && person == 0 && i >= 10;
                    boolean yes = tired || random.nextDouble() >= 0.2;
                    Duration took = Duration.ofSeconds(tired && random.nextInt(3) > 0 ? 4 : 40);
                    Instant at = Made.END
                            .minus(Duration.ofDays(70))
                            .plus(Duration.ofDays(3L * batch))
                            .plusSeconds(60L * i);
                    made.one(at)
                            .approved(yes)
                            .wait(took)
                            .by("p" + person, yes, took)
                            .add();
                }
            }
        }
        return made;
    }

    @Test
    @DisplayName("who tires late in a batch is found by the drift and the haste; who does not is not")
    void drift() {
        List<Insight> found = batches(true).find().of(Kind.RUBBER_STAMP);
        assertThat(found).extracting(Insight::subject).containsExactly("user/p0");
        assertThat(found.get(0).evidence().get("pDrift").doubleValue()).isLessThan(0.001);
        assertThat(batches(false).find().of(Kind.RUBBER_STAMP)).isEmpty();
    }

    @Test
    @DisplayName(
            "one person who decides most while others are asked and requests wait is a bottleneck; load and times are counted")
    void bottleneck() {
        Findings slow = answered(Duration.ofHours(3), 9);
        Insight insight = slow.of(Kind.BOTTLENECK).get(0);
        assertThat(insight.subject()).isEqualTo("deploy by user/leo");
        assertThat(insight.why()).contains("3.0 h");
        assertThat(answered(Duration.ofMinutes(3), 9).of(Kind.BOTTLENECK)).isEmpty();
        assertThat(answered(Duration.ofHours(3), 2).of(Kind.BOTTLENECK)).isEmpty();
        Load load = slow.load();
        assertThat(load.requests()).isEqualTo(100);
        assertThat(load.medianWait()).contains(Duration.ofHours(3));
        assertThat(load.people().get(0).person()).isEqualTo(Ref.user("leo"));
        assertThat(load.people().get(0).votes()).isEqualTo(90);
        assertThat(load.people().get(0).p90()).contains(Duration.ofHours(3));
        assertThat(load.hours()).hasSize(24);
        assertThat(load.hours().stream().mapToLong(Load.Hour::votes).sum()).isEqualTo(100);
        assertThat(load.hours().stream().mapToLong(Load.Hour::opened).sum()).isEqualTo(100);
        assertThat(load.people().get(0).busiestHour()).isEqualTo(9);
    }

    private static Findings answered(Duration wait, int ofTen) {
        Made made = new Made();
        for (int i = 0; i < 100; i++) {
            made.one(Made.END
                            .minus(Duration.ofHours(12))
                            .minus(Duration.ofDays(1 + i / 10))
                            .plusSeconds(i % 10))
                    .wait(wait)
                    .asked(Ref.user("leo"), Ref.user("eva"))
                    .by(i % 10 < ofTen ? "leo" : "p" + i % 3)
                    .add();
        }
        return made.find();
    }

    @Test
    @DisplayName(
            "a score of one's own makes comparable what only looks so: without it, who gets the hard requests is not confused with who is strict")
    void score() {
        Made made = made(3, true);
        Set<String> own = new HashSet<>();
        Insights.find(
                        made,
                        java.util.Optional.empty(),
                        InsightSettings.DEFAULT,
                        decision -> 1 - deny(decision.request().action().name().charAt(3) - '0'))
                .of(Kind.RUBBER_STAMP)
                .forEach(insight -> own.add(insight.subject()));
        assertThat(own)
                .isNotEmpty()
                .allSatisfy(subject -> assertThat(way(Integer.parseInt(subject.substring("user/p".length()))))
                        .isEqualTo(Way.STAMP));
    }
}
