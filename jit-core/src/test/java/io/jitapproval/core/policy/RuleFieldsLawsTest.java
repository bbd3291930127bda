package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Decision;
import io.jitapproval.Explanation.Shadow;
import io.jitapproval.Obligation;
import io.jitapproval.core.policy.Situation.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** What shadow, validity and obligations do to a decision. Each law is tried on the engine and on a broken twin. */
@Label(
        "rule fields: shadow rules never count, rules exist in [notBefore, expires), obligations are those of the deciders")
class RuleFieldsLawsTest {

    private static final int TRIES = 1000;

    /** Anything that decides with a full decision. */
    @FunctionalInterface
    private interface Engine extends Function<Situation, Decision> {}

    private static Decision engine(Situation situation) {
        return situation.policy().evaluate(situation.request(), situation.now(), AttributeLookup.NONE);
    }

    private static Decision explaining(Situation situation) {
        return situation.policy().explained(situation.request(), situation.now(), AttributeLookup.NONE, Set.of());
    }

    /** Takes every shadow rule for one that counts. */
    private static Decision countsShadows(Situation situation) {
        return engine(with(situation, rule -> without(rule, "mode")));
    }

    /** Says what would be if only shadow rules were there. */
    private static Decision shadowsAlone(Situation situation) {
        Decision decision = engine(situation);
        Decision alone = engine(with(situation, rule -> rule.containsKey("mode") ? without(rule, "mode") : null));
        return decision.explanation().shadow().isEmpty()
                ? decision
                : Shadows.explain(
                        decision,
                        alone,
                        decision.explanation().shadow().orElseThrow().traces());
    }

    @Label("a shadow rule never changes the answer; what it would be is the answer with all shadow rules counting")
    @Property(tries = TRIES)
    void shadows(@ForAll long seed) {
        shadowLaw(RuleFieldsLawsTest::engine, shaded(seed));
        shadowLaw(RuleFieldsLawsTest::explaining, shaded(seed));
    }

    private static void shadowLaw(Engine decider, Situation situation) {
        Decision decision = decider.apply(situation);
        Situation enforced = with(situation, rule -> rule.containsKey("mode") ? null : rule);
        assertThat(Outcome.of(decision)).isEqualTo(Outcome.of(engine(enforced)));
        Decision would = engine(with(situation, rule -> without(rule, "mode")));
        Shadow shadow = decision.explanation().shadow().filter(Shadow::counts).orElse(null);
        if (shadow == null) {
            assertThat(Outcome.of(decision)).isEqualTo(Outcome.of(would));
        } else {
            assertThat(shadow.kind()).isEqualTo(would.kind());
            assertThat(shadow.reason()).isEqualTo(would.reason());
            assertThat(shadow.rules()).isEqualTo(would.rules());
        }
    }

    @Label("a rule outside of its time is as if it were not there; at notBefore it is, at expires it is gone")
    @Property(tries = TRIES)
    void validity(@ForAll long seed) {
        validityLaw(RuleFieldsLawsTest::engine, timed(seed));
        validityLaw(RuleFieldsLawsTest::explaining, timed(seed));
    }

    /** Lets a rule live one nanosecond too long. */
    private static Decision endsIncluded(Situation situation) {
        return engine(with(situation, rule -> {
            Map<String, Object> later = new LinkedHashMap<>(rule);
            later.computeIfPresent(
                    "expires",
                    (name, end) -> Instant.parse((String) end).plusNanos(1).toString());
            return later;
        }));
    }

    private static void validityLaw(Engine decider, Situation situation) {
        Situation now = with(situation, rule -> {
            Object from = rule.get("notBefore");
            Object to = rule.get("expires");
            boolean begun = from == null || situation.now().compareTo(Instant.parse((String) from)) >= 0;
            boolean over = to != null && situation.now().compareTo(Instant.parse((String) to)) >= 0;
            return begun && !over ? without(without(rule, "notBefore"), "expires") : null;
        });
        assertThat(Outcome.of(decider.apply(situation))).isEqualTo(Outcome.of(engine(now)));
    }

    @Label("a decision carries the obligations of the rules that decided, in the document's order, equal ones once")
    @Property(tries = TRIES)
    void obligations(@ForAll long seed) {
        obligationLaw(RuleFieldsLawsTest::engine, obliged(seed));
        obligationLaw(RuleFieldsLawsTest::explaining, obliged(seed));
    }

    /** Hands over what any rule of the document asks for. */
    private static Decision carriesAll(Situation situation) {
        List<Obligation> all =
                situation.rules().stream().flatMap(rule -> of(rule).stream()).toList();
        return new Decision.Deny(
                io.jitapproval.Reason.POLICY_DENIED,
                engine(situation).rules(),
                "",
                all,
                io.jitapproval.Explanation.NONE);
    }

    private static void obligationLaw(Engine decider, Situation situation) {
        Decision decision = decider.apply(situation);
        List<Obligation> expected = situation.rules().stream()
                .filter(rule -> decision.rules().contains(rule.get("id")))
                .flatMap(rule -> of(rule).stream())
                .distinct()
                .toList();
        assertThat(decision.obligations()).isEqualTo(expected);
    }

    @Label("the laws are sharp: each fails on its broken twins")
    @Example
    void brokenTwinsAreFound() {
        assertFails(() -> each(seed -> shadowLaw(RuleFieldsLawsTest::countsShadows, shaded(seed))));
        assertFails(() -> each(seed -> shadowLaw(RuleFieldsLawsTest::shadowsAlone, shaded(seed))));
        assertFails(() -> each(seed -> validityLaw(RuleFieldsLawsTest::endsIncluded, timed(seed))));
        assertFails(() -> each(seed -> obligationLaw(RuleFieldsLawsTest::carriesAll, obliged(seed))));
    }

    private static void assertFails(Runnable law) {
        assertThatThrownBy(law::run).isInstanceOf(AssertionError.class);
    }

    private static void each(java.util.function.LongConsumer law) {
        for (long seed = 0; seed < TRIES; seed++) {
            law.accept(seed);
        }
    }

    private static Situation shaded(long seed) {
        Random random = new Random(seed);
        return with(
                Situations.situation(random, true), rule -> random.nextBoolean() ? rule : plus(rule, "mode", "shadow"));
    }

    private static Situation timed(long seed) {
        Random random = new Random(seed);
        Situation situation = Situations.situation(random, true);
        return with(situation, rule -> {
            int from = random.nextInt(5) - 3;
            Instant begin = situation.now().plusSeconds(from);
            Map<String, Object> timed = random.nextBoolean() ? rule : plus(rule, "notBefore", begin.toString());
            return random.nextBoolean()
                    ? timed
                    : plus(
                            timed,
                            "expires",
                            begin.plusSeconds(1 + random.nextInt(4)).toString());
        });
    }

    private static Situation obliged(long seed) {
        Random random = new Random(seed);
        return with(Situations.situation(random, true), rule -> {
            List<Object> some = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                some.add(Map.of("id", "o" + random.nextInt(3)));
            }
            return some.isEmpty() ? rule : plus(rule, "obligations", some);
        });
    }

    private static List<Obligation> of(Map<String, Object> rule) {
        return Reference.list(rule.getOrDefault("obligations", List.of())).stream()
                .map(each -> new Obligation((String) Reference.map(each).get("id"), Map.of()))
                .toList();
    }

    /** The situation with other rules; null leaves one out. */
    private static Situation with(
            Situation situation, Function<Map<String, Object>, ? extends Map<String, Object>> change) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> rule : situation.rules()) {
            Map<String, Object> changed = change.apply(rule);
            if (changed != null) {
                rules.add(changed);
            }
        }
        return new Situation(situation.byDefault(), rules, situation.definitions(), situation.question());
    }

    private static Map<String, Object> plus(Map<String, Object> rule, String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(rule);
        more.put(field, value);
        return more;
    }

    private static Map<String, Object> without(Map<String, Object> rule, String field) {
        Map<String, Object> less = new LinkedHashMap<>(rule);
        less.remove(field);
        return less;
    }
}
