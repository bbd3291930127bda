package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("design §6: of a thousand rules on one action, those are tested that can match")
class RuleGroupTest {

    private static final int RULES = 1_000;
    private static final Instant NOW = Instant.parse("2026-07-01T12:12:00Z");

    /** A list that counts how often somebody begins to read it: once a rule that is tested. */
    private static final class Roles extends AbstractList<String> {

        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public String get(int index) {
            reads.incrementAndGet();
            return "SUPPORT";
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private static Policy thousand(String comparison) {
        String rules = IntStream.range(0, RULES)
                .mapToObj(i -> "{\"id\":\"r" + i + "\",\"actions\":[\"pay\"],\"effect\":\"allow\","
                        + comparison.replace("#", String.valueOf(i)) + "}")
                .collect(Collectors.joining(","));
        return Policy.parse(new PolicyText("policy.json", "{\"default\":\"deny\",\"rules\":[" + rules + "]}"));
    }

    private static EvaluationRequest request(Roles roles, Object tenant) {
        return new EvaluationRequest(
                Subject.user("ana").with("roles", roles),
                List.of(),
                Action.of("pay"),
                Resource.of("order", "17"),
                Map.of("tenant", tenant, "number", 17, "tags", List.of("t3", "t17", "other")));
    }

    private static int tested(String comparison, Object tenant) {
        Roles roles = new Roles();
        Decision decision = thousand(comparison).evaluate(request(roles, tenant), NOW, AttributeLookup.NONE);
        assertThat(decision.kind()).isEqualTo(Decision.Kind.PERMIT);
        return roles.reads.get();
    }

    @Test
    @DisplayName("design §6: a rule is found by text, number, list element or resource, wherever that stands")
    void found() {
        String role = "\"subject\":{\"hasRole\":\"SUPPORT\"}";
        assertThat(tested("\"when\":{" + role + ",\"context.tenant\":{\"equals\":\"t#\"}}", "t17"))
                .isEqualTo(1);
        assertThat(tested("\"when\":{\"context.number\":{\"equals\":#.0}," + role + "}", "t17"))
                .isEqualTo(1);
        assertThat(tested(
                        "\"when\":{\"all\":[" + "{\"context.tenant\":{\"in\":[\"t#\",\"u#\"]}},{" + role + "}]}",
                        "t17"))
                .isEqualTo(1);
        assertThat(tested("\"when\":{\"context.tags\":{\"contains\":\"t#\"}," + role + "}", "t17"))
                .isEqualTo(2);
        assertThat(tested("\"resources\":[\"order/#\"],\"when\":{" + role + "}", "t17"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "design §6: the count that this holds on is sharp: what is no conjunct finds nothing, and all are tested")
    void notFound() {
        String any = "\"when\":{\"subject\":{\"hasRole\":\"SUPPORT\"},\"any\":["
                + "{\"context.tenant\":{\"equals\":\"t#\"}},{\"context.tenant\":{\"equals\":\"u#\"}}]}";
        assertThat(tested(any, "t17")).isEqualTo(RULES);
    }

    @Test
    @DisplayName("design §3: what the rules would not have asked for is not asked for to find them")
    void asksNothingEarly() {
        List<String> asked = new ArrayList<>();
        AttributeResolver outside = (attribute, request) -> {
            asked.add(attribute);
            return attribute.equals("context.owner") ? Optional.of("o17") : Optional.empty();
        };
        Policy policy =
                thousand("\"when\":{\"context.number\":{\"moreThan\":#},\"context.owner\":{\"equals\":\"o#\"}}");
        EvaluationRequest low = EvaluationRequest.of(Subject.user("ana"), Action.of("pay"), Resource.of("order", "1"));

        policy.evaluate(number(low, -1), NOW, new AttributeLookup(List.of(outside)));
        assertThat(asked).isEmpty();
        Decision decision = policy.evaluate(number(low, 500), NOW, new AttributeLookup(List.of(outside)));
        assertThat(asked).containsExactly("context.owner");
        assertThat(decision.rules()).containsExactly("r17");
    }

    private static EvaluationRequest number(EvaluationRequest request, int number) {
        return new EvaluationRequest(
                request.subject(), List.of(), request.action(), request.resource(), Map.of("number", number));
    }

    @Test
    @DisplayName("design §3: two values have one key exactly if they are equal")
    void keys() {
        List<Object> values = List.of(
                "1",
                "A",
                'A',
                DayOfWeek.MONDAY,
                "MONDAY",
                true,
                false,
                0,
                -0.0d,
                1,
                1L,
                1.0d,
                1.0f,
                new BigDecimal("1.00"),
                (byte) 1,
                new BigDecimal("0.1"),
                0.1d,
                BigInteger.ONE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                BigInteger.valueOf(Long.MAX_VALUE),
                new BigDecimal("9223372036854775807.0"),
                999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                new BigDecimal("1E+18"),
                1e18d,
                new BigDecimal("1E+30"),
                1e30d);
        for (Object value : values) {
            for (Object constant : constants(values)) {
                Object left = Selector.key(value);
                Object right = Selector.key(constant);
                boolean comparable = left != null && Selector.kind(left) == Selector.kind(right);
                assertThat(comparable)
                        .as("%s and %s", value, constant)
                        .isEqualTo(Values.equal(value, constant) != io.jitapproval.Explanation.Match.UNKNOWN);
                assertThat(comparable && left.equals(right))
                        .as("%s and %s", value, constant)
                        .isEqualTo(Values.equal(value, constant) == io.jitapproval.Explanation.Match.MATCHED);
            }
        }
        assertThat(Stream.of(Double.NaN, new BigDecimal("1E+1000"), new BigDecimal(BigInteger.TWO.pow(300)), List.of())
                        .map(Selector::key))
                .containsOnlyNulls();
    }

    private static List<Object> constants(List<Object> values) {
        return values.stream()
                .filter(value -> value instanceof String || value instanceof Boolean || value instanceof Number)
                .map(value -> value instanceof Number number ? Decimal.of(number) : value)
                .toList();
    }
}
