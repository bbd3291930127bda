package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.Selector.Source;
import io.jitapproval.core.policy.Situation.Outcome;
import io.jitapproval.spi.AttributeResolver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Grouping changes the cost alone. Each law is seen to fail on groups that are broken in their way. */
@Label("design §6: the rules of one action are found by their most selective comparison, as if each had been tested")
class RuleGroupLawsTest {

    /** Groups that find nothing, so that every rule is tested. */
    private static final RuleGroup.Maker SCAN =
            (source, attribute, rules, byKey) -> new RuleGroup(source, attribute, rules, byKey) {
                @Override
                @Nullable
                Object key(@Nullable Object value) {
                    return null;
                }
            };

    /** Ways to get it wrong. */
    private enum Flaw implements RuleGroup.Maker {
        MISSING_IS_NO_MATCH {
            @Override
            Object key(@Nullable Object value, @Nullable Object key) {
                return value instanceof Absent ? "no such key" : key;
            }
        },
        WRONG_TYPE_IS_NO_MATCH {
            @Override
            Object key(@Nullable Object value, @Nullable Object key) {
                return key == null && !(value instanceof Absent) ? "no such key" : key;
            }
        },
        NUMBERS_AS_WRITTEN {
            @Override
            Object key(@Nullable Object value, @Nullable Object key) {
                return value instanceof BigDecimal ? value : key;
            }
        },
        FIRST_ELEMENT_ONLY {
            @Override
            @Nullable
            Object value(@Nullable Object value) {
                return value instanceof Collection<?> list && !list.isEmpty()
                        ? List.of(list.iterator().next())
                        : value;
            }
        },
        EACH_ELEMENT_BY_ITSELF {
            @Override
            @Nullable
            Object value(@Nullable Object value) {
                return value instanceof Collection<?> list
                        ? list.stream().filter(String.class::isInstance).toList()
                        : value;
            }
        },
        ASKS_AT_ONCE {
            @Override
            boolean asks() {
                return true;
            }
        };

        @Nullable
        Object key(@Nullable Object value, @Nullable Object key) {
            return key;
        }

        @Nullable
        Object value(@Nullable Object value) {
            return value;
        }

        boolean asks() {
            return false;
        }

        @Override
        public RuleGroup make(Source source, @Nullable Attribute attribute, Rule[] rules, Map<Object, int[]> byKey) {
            Flaw flaw = this;
            return new RuleGroup(source, attribute, rules, byKey) {
                @Override
                @Nullable
                Object key(@Nullable Object value) {
                    return flaw.key(value, super.key(value));
                }

                @Override
                @Nullable
                Object value(EvaluationRequest request, Instant now, AttributeLookup lookup) {
                    return flaw.value(
                            attribute != null && flaw.asks()
                                    ? attribute.value(request, now, lookup)
                                    : super.value(request, now, lookup));
                }
            };
        }
    }

    /** What a resolver outside has, and what it was asked. */
    private static final class Outside implements AttributeResolver {

        private final Map<String, Object> values;
        private final List<String> asked = new ArrayList<>();

        Outside(Map<String, Object> values) {
            this.values = values;
        }

        @Override
        public Optional<Object> resolve(String attribute, EvaluationRequest request) {
            asked.add(attribute);
            Object value = values.get(attribute);
            if (value instanceof RuntimeException failure) {
                throw failure;
            }
            return Optional.ofNullable(value);
        }
    }

    /** A law about a way to make groups: fails with an AssertionError on a situation that breaks it. */
    @FunctionalInterface
    private interface Law {
        void check(RuleGroup.Maker maker, Crowd crowd);
    }

    private static final Law AS_SCANNED = (maker, crowd) -> {
        Situation situation = crowd.situation();
        Policy policy = situation.policy();
        AttributeLookup lookup = new AttributeLookup(List.of(new Outside(crowd.outside())));
        Decision grouped = policy.with(maker).evaluate(situation.request(), situation.now(), lookup);
        assertThat(grouped).isEqualTo(decide(policy.with(SCAN), crowd, new Outside(crowd.outside())));
        Decision explained = policy.explained(situation.request(), situation.now(), lookup.sealed(), Set.of());
        assertThat(Outcome.of(explained)).isEqualTo(Outcome.of(grouped));
    };

    private static final Law AS_REFERENCE = (maker, crowd) -> {
        Situation situation = crowd.situation();
        Decision grouped =
                situation.policy().with(maker).evaluate(situation.request(), situation.now(), AttributeLookup.NONE);
        assertThat(Outcome.of(grouped)).isEqualTo(new Reference().decide(situation));
    };

    private static final Law ASKS_NO_MORE = (maker, crowd) -> {
        Policy policy = crowd.situation().policy();
        Outside grouped = new Outside(crowd.outside());
        Outside scanned = new Outside(crowd.outside());
        decide(policy.with(maker), crowd, grouped);
        decide(policy.with(SCAN), crowd, scanned);
        assertThat(scanned.asked).containsAll(grouped.asked);
        assertThat(new HashSet<>(grouped.asked)).hasSameSizeAs(grouped.asked);
    };

    private static Decision decide(Policy policy, Crowd crowd, Outside outside) {
        Situation situation = crowd.situation();
        return policy.evaluate(situation.request(), situation.now(), new AttributeLookup(List.of(outside)));
    }

    @Provide
    Arbitrary<Crowd> crowds() {
        return Arbitraries.randomValue(Crowd::of);
    }

    @Provide
    Arbitrary<Crowd> plain() {
        return Arbitraries.randomValue(Crowd::ofPlainValues);
    }

    @Label("finding rules decides, explains and orders as testing each of them does")
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void asScanned(@ForAll("crowds") Crowd crowd) {
        AS_SCANNED.check(RuleGroup::new, crowd);
    }

    @Label("finding rules decides as the naive reading of the design does")
    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void asReference(@ForAll("plain") Crowd crowd) {
        AS_REFERENCE.check(RuleGroup::new, crowd);
    }

    @Label("finding rules asks for no attribute that testing them would not ask for, and for none twice")
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void asksNoMore(@ForAll("crowds") Crowd crowd) {
        ASKS_NO_MORE.check(RuleGroup::new, crowd);
    }

    @Label("the laws are sharp: each flaw is found by one of them, and testing every rule breaks none")
    @Example
    void brokenTwinsAreFound() {
        for (Flaw flaw : Flaw.values()) {
            Law law = flaw == Flaw.ASKS_AT_ONCE ? ASKS_NO_MORE : AS_SCANNED;
            assertThat(breaks(law, flaw, 3_000)).as("%s is found", flaw).isTrue();
        }
        for (Law law : List.of(AS_SCANNED, AS_REFERENCE, ASKS_NO_MORE)) {
            assertThat(breaks(law, SCAN, 100)).isFalse();
        }
    }

    private static boolean breaks(Law law, RuleGroup.Maker maker, int tries) {
        Random random = new Random(20261121);
        for (int i = 0; i < tries; i++) {
            try {
                law.check(maker, law == AS_REFERENCE ? Crowd.ofPlainValues(random) : Crowd.of(random));
            } catch (AssertionError e) {
                return true;
            }
        }
        return false;
    }
}
