package io.jitapproval.core.feedback.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Change;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import io.jitapproval.core.feedback.stats.OrderStatistic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 16: tightening is suggested where the record supports it, and nowhere else")
class TighteningTest {

    private static final String RULES = """
            {"default": "deny", "rules": [
              {"id": "asks", "actions": ["deploy"], "effect": "require-approval",
               "approval": {"by": {"role": "LEAD"}, "decideWithin": "PT24H"}, "grant": {"within": "PT8H", "uses": 10}},
              {"id": "night", "actions": ["deploy"], "effect": "auto-approve", "when": {"context.night": {"equals": true}},
               "grant": {"within": "PT15M", "uses": 1}},
              {"id": "young", "actions": ["deploy"], "effect": "auto-approve", "notBefore": "2026-02-20T00:00:00Z",
               "when": {"context.night": {"equals": true}}, "grant": {"within": "PT15M", "uses": 1}},
              {"id": "never", "actions": ["deploy"], "effect": "deny", "when": {"context.night": {"equals": true}}},
              {"id": "blind", "actions": ["deploy"], "effect": "allow", "when": {"context.zone": {"equals": "x"}}}
            ]}
            """;

    /** So many deployments over the whole window, all by day. */
    private static Made days(int n, String version) {
        Made made = new Made();
        for (int i = 0; i < n; i++) {
            made.one(at(i, n))
                    .context("night", false)
                    .by("leo")
                    .rules("asks")
                    .policy(version)
                    .add();
        }
        return made;
    }

    private static Instant at(int i, int n) {
        return Made.BEGIN.plus(Duration.ofDays(100).multipliedBy(i).dividedBy(n));
    }

    @Test
    @DisplayName(
            "a rule that nothing matched: with its bound, never a guard's removal, and only if it was there all the time")
    void unusedRules() {
        String version = Made.policy(RULES).version();
        Findings findings = days(200, version).find(RULES);
        assertThat(findings.of(Kind.UNUSED_RULE))
                .extracting(Insight::subject)
                .containsExactly("rule night", "rule young", "rule never");
        Insight night = findings.of(Kind.UNUSED_RULE).get(0);
        assertThat(night.change()).contains(new Change("night", "mode", "\"shadow\""));
        assertThat(night.bound()).contains("0 of 180", "1.7 %", "rule of three");
        assertThat(night.severity()).isEqualTo(Severity.MEDIUM);
        Insight guard = findings.of(Kind.UNUSED_RULE).get(2);
        assertThat(guard.change()).isEmpty();
        assertThat(guard.severity()).isEqualTo(Severity.INFO);
        assertThat(findings.silences())
                .anySatisfy(silence -> assertThat(silence.toString()).contains("rule blind", "lack an attribute"));
    }

    @Test
    @DisplayName(
            "a young rule and one of unknown age are not judged; the twin that does not ask for the age flags both")
    void youngRule() {
        Findings findings = days(200, "another").find(RULES);
        assertThat(findings.of(Kind.UNUSED_RULE)).isEmpty();
        assertThat(findings.silences())
                .filteredOn(silence -> silence.kind() == Kind.UNUSED_RULE)
                .extracting(Silence::toString)
                .anySatisfy(text -> assertThat(text).contains("rule night", "age is not known"))
                .anySatisfy(text -> assertThat(text).contains("rule young", "2026-02-20"));
        // The twin: no match is enough.
        assertThat(findings.silences())
                .filteredOn(silence -> silence.why().startsWith("no match"))
                .hasSize(4);
    }

    @Test
    @DisplayName("a rule that matched once is used")
    void usedRule() {
        String version = Made.policy(RULES).version();
        Made made = days(200, version);
        made.one(Made.END.minus(Duration.ofDays(3)))
                .context("night", true)
                .route(Route.RULE)
                .rules("night")
                .add();
        assertThat(made.find(RULES).of(Kind.UNUSED_RULE)).isEmpty();
    }

    /** Grants of eight hours; so many in the thousand are used to their end, the others within half an hour. */
    private static Made grants(int n, int toTheEnd) {
        SplittableRandom random = new SplittableRandom(3);
        Made made = new Made();
        for (int i = 0; i < n; i++) {
            long minutes = random.nextInt(1000) < toTheEnd ? 479 : random.nextInt(28);
            made.one(Made.END
                            .minus(Duration.ofDays(80))
                            .plus(Duration.ofDays(79).multipliedBy(i).dividedBy(n)))
                    .by("leo")
                    .rules("asks")
                    .grant(Duration.ofHours(8), 10, 1 + random.nextInt(3), Duration.ZERO, Duration.ofMinutes(minutes))
                    .add();
        }
        made.one(Made.END).by("leo").add();
        return made;
    }

    @Test
    @DisplayName("grants are shortened to what is used, and it says how many that would have cut")
    void shorter() {
        Findings findings = grants(300, 10).find(RULES);
        Insight insight = findings.of(Kind.GRANT_TOO_LONG).get(0);
        assertThat(insight.change()).contains(new Change("asks", "grant.within", "\"PT30M\""));
        long cut = insight.evidence().get("cut").longValue();
        assertThat(cut)
                .isEqualTo(insight.evidence().get("stillUsedAtTheEnd").longValue())
                .isPositive();
        assertThat(insight.why())
                .contains("would have cut " + cut + " of " + insight.evidence().get("used"));
        assertThat(insight.traces()).hasSize(20);
        Insight uses = findings.of(Kind.TOO_MANY_USES).get(0);
        assertThat(uses.change()).contains(new Change("asks", "grant.uses", "3"));
    }

    @Test
    @DisplayName(
            "grants that are still used at their end argue for longer; the twin that leaves them out would cut each of them")
    void censored() {
        Made made = grants(300, 120);
        assertThat(made.find(RULES).of(Kind.GRANT_TOO_LONG)).isEmpty();
        assertThat(made.find(RULES).silences())
                .anySatisfy(silence -> assertThat(silence.why()).contains("still used when they ended"));
        long[] ended = new long[300];
        int[] n = new int[2];
        made.each(decision -> {
            if (decision.grant().isEmpty()) {
                return;
            }
            Duration used = Duration.between(
                    decision.opened(), decision.grant().orElseThrow().lastUse().orElseThrow());
            if (used.toMinutes() < 400) {
                ended[n[0]++] = used.toMinutes();
            } else {
                n[1]++;
            }
        });
        long[] sorted = Arrays.copyOf(ended, n[0]);
        Arrays.sort(sorted);
        long twin = sorted[OrderStatistic.upper(n[0], 0.95, 0.95).orElseThrow() - 1];
        assertThat(twin).isLessThan(30);
        assertThat(n[1]).isGreaterThan(20);
    }

    @Test
    @DisplayName("58 grants are too few to say anything of 95 % with 95 %")
    void tooFewGrants() {
        Findings findings = grants(58, 0).find(RULES);
        assertThat(findings.of(Kind.GRANT_TOO_LONG)).isEmpty();
        assertThat(findings.silences())
                .anySatisfy(silence -> assertThat(silence.why()).contains("58", "59"));
        assertThat(grants(59, 0).find(RULES).of(Kind.GRANT_TOO_LONG)).hasSize(1);
    }

    /** Twenty peers who leave a tenth unused; one who leaves so much; a newcomer who leaves all of it. */
    private static Made access(double share) {
        SplittableRandom random = new SplittableRandom(11);
        Made made = new Made();
        for (int i = 0; i < 2000; i++) {
            int who = random.nextInt(20);
            boolean late = i > 1500 && random.nextInt(10) == 0;
            double unused = late ? 1 : who == 0 ? share : 0.1;
            made.one(at(i, 2020))
                    .subject(late ? "new" : "u" + who, "sales")
                    .grant(
                            Duration.ofHours(1),
                            1,
                            1,
                            Duration.ZERO,
                            Duration.ofMinutes(random.nextDouble() < unused ? -1 : 5))
                    .add();
        }
        return made;
    }

    @Test
    @DisplayName("who leaves far more unused than peers is found; equals are not, nor who came within the window")
    void unusedAccess() {
        List<Insight> found = access(0.6).find().of(Kind.UNUSED_ACCESS);
        assertThat(found).extracting(Insight::subject).containsExactly("user/u0");
        assertThat(found.get(0).why()).contains("peers (department sales)");
        assertThat(access(0.1).find().of(Kind.UNUSED_ACCESS)).isEmpty();
        assertThat(access(0.1).find().silences())
                .anySatisfy(silence -> assertThat(silence.why()).contains("1 subjects were not there"));
        // The twin judges whoever is there: the newcomer leaves everything unused.
        InsightSettings twin = InsightSettings.DEFAULT.within(Duration.ofDays(20));
        assertThat(access(0.1).find(twin).of(Kind.UNUSED_ACCESS))
                .extracting(Insight::subject)
                .containsExactly("user/new");
    }

    private static Made sampled(double wrong, Route route) {
        SplittableRandom random = new SplittableRandom(5);
        Made made = new Made();
        for (int i = 0; i < 400; i++) {
            made.one(at(i, 410))
                    .route(route)
                    .approved(random.nextDouble() >= wrong)
                    .context("night", true)
                    .by("leo")
                    .rules("night")
                    .add();
        }
        return made;
    }

    @Test
    @DisplayName("a rule that permits what people deny is found by its blind sample; unsampled answers say nothing")
    void overruled() {
        Insight insight =
                sampled(0.1, Route.AUDIT).find(RULES).of(Kind.PEOPLE_WOULD_DENY).get(0);
        assertThat(insight.subject()).isEqualTo("rule night");
        assertThat(insight.severity()).isEqualTo(Severity.HIGH);
        assertThat(insight.traces()).hasSize(20);
        assertThat(sampled(0.01, Route.AUDIT).find(RULES).of(Kind.PEOPLE_WOULD_DENY))
                .isEmpty();
        Findings unsampled = sampled(0, Route.RULE).find(RULES);
        assertThat(unsampled.of(Kind.PEOPLE_WOULD_DENY)).isEmpty();
        assertThat(unsampled.silences())
                .anySatisfy(silence -> assertThat(silence.why()).contains("none of its 369 answers"));
    }

    @Test
    @DisplayName("shadow rules are measured by what people answered beside them")
    void shadow() {
        String shadow = RULES.replace("\"id\": \"night\",", "\"id\": \"night\", \"mode\": \"shadow\",");
        assertThat(sampled(0.1, Route.PEOPLE).find(shadow).of(Kind.PEOPLE_WOULD_DENY))
                .hasSize(1);
        assertThat(sampled(0.1, Route.PEOPLE).find(RULES).of(Kind.PEOPLE_WOULD_DENY))
                .isEmpty();
    }

    private static Made mixed(boolean byFreeze, double denied) {
        SplittableRandom random = new SplittableRandom(17);
        Made made = new Made();
        for (int i = 0; i < 120; i++) {
            boolean freeze = random.nextInt(4) == 0;
            boolean no = byFreeze ? freeze : random.nextDouble() < denied;
            made.one(at(i, 125))
                    .subject("u" + i % 7, "web")
                    .context("freeze", freeze)
                    .approved(!no)
                    .by("leo" + i % 3)
                    .add();
        }
        return made;
    }

    @Test
    @DisplayName("equal requests with different answers: what separates them is named, or that nothing does")
    void contradictions() {
        Insight insight = mixed(true, 0).find().of(Kind.CONTRADICTION).get(0);
        assertThat(insight.change()).contains(new Change("", "when", "{\"context.freeze\": {\"equals\": true}}"));
        assertThat(insight.why()).contains("context.freeze", "0 of ");
        Insight noise = mixed(false, 0.3).find().of(Kind.CONTRADICTION).get(0);
        assertThat(noise.why()).contains("No single attribute");
        assertThat(noise.change()).isEmpty();
        assertThat(mixed(false, 0).find().of(Kind.CONTRADICTION)).isEmpty();
    }

    private static Made asked(int n, boolean answers) {
        Made made = new Made();
        for (int i = 0; i < n; i++) {
            boolean expires = i % 2 == 0;
            Made.One one = made.one(at(i, n + 10))
                    .wait(Duration.ofHours(1))
                    .decideWithin(Duration.ofHours(1))
                    .rules("asks")
                    .asked(expires ? new Ref("group", "sec") : new Ref("group", "ops"), Ref.user("eva"))
                    .result(expires ? Result.EXPIRED : Result.APPROVED);
            if (!expires) {
                one.by(answers && i % 9 == 0 ? "eva" : "leo");
            }
            one.add();
        }
        return made;
    }

    @Test
    @DisplayName("groups and people who are asked and never answer; fewer than 59 questions say nothing")
    void silent() {
        List<Insight> found = asked(200, false).find().of(Kind.SILENT_APPROVER);
        assertThat(found).extracting(Insight::subject).containsExactly("group/sec", "user/eva");
        assertThat(found).extracting(Insight::audience).containsExactly(Audience.OWNERS, Audience.PRIVATE_FIRST);
        assertThat(asked(200, true).find().of(Kind.SILENT_APPROVER))
                .extracting(Insight::subject)
                .containsExactly("group/sec");
        assertThat(asked(58, false).find().of(Kind.SILENT_APPROVER)).isEmpty();
    }

    @Test
    @DisplayName("requests that expire, and requests that may wait far longer than answers take")
    void decideBy() {
        Findings expiring = asked(200, true).find();
        assertThat(expiring.of(Kind.DECIDE_BY_TOO_SHORT)).hasSize(1);
        assertThat(expiring.of(Kind.DECIDE_BY_TOO_LONG)).isEmpty();
        Findings waiting = days(200, "").find(RULES);
        assertThat(waiting.of(Kind.DECIDE_BY_TOO_SHORT)).isEmpty();
        assertThat(waiting.of(Kind.DECIDE_BY_TOO_LONG).get(0).change())
                .contains(new Change("asks", "approval.decideWithin", "\"PT10M\""));
    }

    @Test
    @DisplayName("nothing, one row and one class: an answer, and no finding by accident; ids are stable")
    void little() {
        assertThat(new Made().find(RULES).insights()).isEmpty();
        Made one = new Made();
        one.one(Made.END).by("leo").add();
        assertThat(one.find(RULES).insights()).isEmpty();
        assertThat(one.find(RULES).decisions()).isEqualTo(1);
        String first = mixed(true, 0).find().of(Kind.CONTRADICTION).get(0).id();
        assertThat(mixed(false, 0.3).find().of(Kind.CONTRADICTION).get(0).id())
                .isEqualTo(first)
                .startsWith("i-");
    }
}
