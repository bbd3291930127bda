package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.Situation.Outcome;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("design §6: the clock is read only where the answer can depend on the time")
class TimelessTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:12:00Z");

    @Provide
    Arbitrary<Situation> situations() {
        return Arbitraries.oneOf(
                Situations.any(),
                Arbitraries.randomValue(random -> Crowd.of(random).situation()));
    }

    @Label("reading the clock only if needed changes no answer")
    @Property(tries = 1500)
    void changesNothing(@ForAll("situations") Situation situation) {
        assertThat(byClock(situation, situation.now())).isEqualTo(Situation.ENGINE.decide(situation));
    }

    @Label("the law is sharp: a twin that tells a time of its own is found")
    @Example
    void brokenTwinIsFound() {
        Random random = new Random(20261121);
        boolean found = false;
        for (int i = 0; i < 10_000 && !found; i++) {
            Situation situation = Situations.situation(random, true);
            found = !byClock(situation, Instant.EPOCH).equals(Situation.ENGINE.decide(situation));
        }
        assertThat(found).isTrue();
    }

    private static Outcome byClock(Situation situation, Instant now) {
        InstantSource clock = () -> now;
        AttributeLookup lookup = situation.question().lookup();
        return Outcome.of(situation.policy().evaluate(situation.request(), clock, lookup));
    }

    @Label(
            "it is read for windows, validity, comparisons with the time and shadow rules, wherever they stand; else never")
    @Example
    void reads() {
        assertThat(reads("\"when\": {\"subject\": {\"hasRole\": \"A\"}, \"action.amount\": {\"atMost\": 1}}"))
                .isZero();
        assertThat(reads("\"when\": {\"any\": [{\"not\": {\"context.x\": {\"exists\": true}}}]}"))
                .isZero();
        assertThat(reads("\"when\": {\"any\": [{\"not\": {\"time\": {\"inside\": \"07:00-22:00\"}}}]}"))
                .isOne();
        assertThat(reads("\"when\": {\"time\": {\"moreThan\": \"2026-01-01T00:00:00Z\"}}"))
                .isOne();
        assertThat(reads("\"when\": {\"context.until\": {\"moreThan\": {\"attribute\": \"time\"}}}"))
                .isOne();
        assertThat(reads("\"expires\": \"2027-01-01T00:00:00Z\"")).isOne();
        assertThat(reads("\"mode\": \"shadow\"")).isOne();
    }

    private static int reads(String more) {
        Policy policy = Policy.parse(new PolicyText(
                "p.json",
                "{\"default\": \"deny\", \"rules\": [{\"id\": \"wide\", \"actions\": [\"pa*\"], \"effect\": \"allow\", "
                        + more + "}, {\"id\": \"exact\", \"actions\": [\"pay\"], \"effect\": \"allow\"}]}"));
        AtomicInteger reads = new AtomicInteger();
        InstantSource clock = () -> {
            reads.incrementAndGet();
            return NOW;
        };
        EvaluationRequest request =
                EvaluationRequest.of(Subject.user("ana"), Action.of("pay"), Resource.of("order", "1"));
        policy.evaluate(request, clock, AttributeLookup.NONE);
        return reads.get();
    }
}
