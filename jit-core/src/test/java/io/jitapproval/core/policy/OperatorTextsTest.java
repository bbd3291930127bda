package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("design §3: every operator explains itself to people")
class OperatorTextsTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:12:00Z");
    private static final String SECRET = "s3cret";

    static List<Object[]> texts() {
        return List.of(
                row("{containsNone: [A, B]}", List.of("C"), "[C] contains none of [A, B]"),
                row("{containsNone: [A, B]}", List.of("A"), "[A] contains one of [A, B]"),
                row("{subsetOf: [A, B]}", List.of("A"), "[A] has no element besides [A, B]"),
                row("{subsetOf: [A]}", List.of("C"), "[C] has an element besides [A]"),
                row("{startsWith: ORD-}", "ORD-17", "ORD-17 begins with ORD-"),
                row("{endsWith: \"@bank.example\"}", "ana@x.example", "ana@x.example does not end with @bank.example"),
                row("{containsText: a b}", "x a b y", "'x a b y' has within it 'a b'"),
                row("{glob: ORD-*}", "ORD-17", "ORD-17 fits ORD-*"),
                row("{glob: ORD-?}", "ORD-17", "ORD-17 does not fit 'ORD-?'"),
                row("{regex: \"ORD-[0-9]+\"}", "ORD-17", "ORD-17 matches 'ORD-[0-9]+'"),
                row("{regex: \"ORD\"}", "ORD-17", "ORD-17 does not match ORD"),
                row("{regex: \".*\"}", 5, "5 cannot be compared: whether it matches .* is unknown"),
                row("{inNetwork: 10.0.0.0/8}", "10.1.2.3", "10.1.2.3 is in network 10.0.0.0/8"),
                row("{notInNetwork: [10.0.0.0/8, \"::1\"]}", "10.1.2.3", "10.1.2.3 is in network [10.0.0.0/8, ::1]"),
                row(
                        "{inNetwork: 10.0.0.0/8}",
                        "localhost",
                        "localhost cannot be compared: whether it is in network 10.0.0.0/8 is unknown"),
                row(
                        "{olderThan: PT24H}",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T00:00:00Z (181 days old) is older than PT24H"),
                row(
                        "{newerThan: PT1H}",
                        Instant.parse("2026-07-01T09:00:00Z"),
                        "2026-07-01T09:00:00Z (3 hours old) is not newer than PT1H"),
                row(
                        "{olderThan: PT24H}",
                        "2026-07-02",
                        "2026-07-02 (11 hours in the future) cannot be compared: whether it is older than PT24H is unknown"),
                row("{sizeAtMost: 1}", List.of("A", "B"), "[A, B] (size 2) has more than the size 1"),
                row("{sizeEquals: 1}", "😀", "'😀' (size 1) has the size 1"),
                row("{sizeAtLeast: 1}", Map.of(), "a map of 0 (size 0) has less than the size 1"),
                row(
                        "{every: {endsWith: x, notEquals: yx}}",
                        List.of("ax", "bx"),
                        "[ax, bx] has elements of which each ends with x and is not yx"),
                row("{every: {endsWith: x}}", List.of("a"), "[a] has elements of which not each ends with x"),
                row("{some: {in: [A, B]}}", List.of("C"), "[C] has no element that is one of [A, B]"),
                row("{some: {in: [A, B]}}", List.of("A"), "[A] has an element that is one of [A, B]"));
    }

    private static Object[] row(Object... values) {
        return values;
    }

    @ParameterizedTest
    @MethodSource("texts")
    @DisplayName("the text says the value, the operator and what it is compared with")
    void reads(String operators, Object value, String text) {
        assertThat(explained("action.x: " + operators, Map.of("x", value), Set.of()))
                .containsExactly("action.x " + text);
    }

    @Test
    @DisplayName("paths through lists, named conditions and calendars read well")
    void definitions() {
        Map<String, Object> lines = Map.of("x", List.of(Map.of("sku", "A"), Map.of("sku", "B")));
        assertThat(explained("action.x.*.sku: {contains: B}", lines, Set.of()))
                .containsExactly("action.x.*.sku [A, B] contains B");
        assertThat(explained("action.x.1.sku: {equals: B}", lines, Set.of())).containsExactly("action.x.1.sku B is B");
        assertThat(explained("action.x.*.price: {contains: 1}", lines, Set.of()))
                .containsExactly(
                        "action.x.*.price is not there in every element of its list: whether it contains 1 is unknown");
        assertThat(explained("action.x.0.*: {contains: 1}", lines, Set.of()))
                .containsExactly("action.x.0.* has a * where there is no list: whether it contains 1 is unknown");
        assertThat(explained("condition: office", Map.of(), Set.of()))
                .containsExactly(
                        "time WED 2026-07-01 14:12 Europe/Berlin is outside 08:00-18:00 on MON, WED except days of holidays");
        assertThat(explained("time: {on: holidays, zone: UTC}", Map.of(), Set.of()))
                .containsExactly("time 2026-07-01 12:12 UTC is inside 00:00-24:00 on days of holidays");
    }

    @Test
    @DisplayName("wall 12: no operator shows a hidden value, nor its elements, parts or age")
    void hides() {
        Map<String, Object> operands = Map.ofEntries(
                Map.entry("exists", true),
                Map.entry("glob", "'*'"),
                Map.entry("regex", "'.*'"),
                Map.entry("inNetwork", "10.0.0.0/8"),
                Map.entry("notInNetwork", "10.0.0.0/8"),
                Map.entry("olderThan", "PT1H"),
                Map.entry("newerThan", "PT1H"),
                Map.entry("every", "{startsWith: s}"),
                Map.entry("some", "{endsWith: t}"));
        List<Object> values = Arrays.asList(
                SECRET,
                List.of(SECRET),
                List.of(List.of(SECRET)),
                Map.of(SECRET, SECRET),
                Set.of(SECRET),
                NOW.minusSeconds(77 * 86_400),
                "2026-04-15T12:12:00Z",
                "10.77.77.77",
                77_777);
        int seen = 0;
        for (String word : Operators.anywhere().keySet()) {
            Operator operator = Operators.anywhere().get(word);
            Object operand = operator.operand().equals(Operand.LIST)
                    ? "[A]"
                    : operator.operand().equals(Operand.ORDERED)
                                    || operator.operand().equals(Operand.SIZE)
                            ? 1
                            : "A";
            for (Object value : values) {
                String condition = "{" + word + ": " + operands.getOrDefault(word, operand) + "}";
                String text = explained("action.x: " + condition, Map.of("x", value), Set.of("x"))
                        .toString();
                assertThat(text).contains("hidden").doesNotContain(SECRET, "77", "2026-04-15");
                if (operator.attributes()) {
                    String other = explained(
                                    "action.y: {" + word + ": {attribute: action.x}}",
                                    Map.of("x", value, "y", "A"),
                                    Set.of("x"))
                            .toString();
                    assertThat(other).doesNotContain(SECRET, "77", "2026-04-15");
                }
                seen++;
            }
        }
        assertThat(seen).isEqualTo(Operators.anywhere().size() * values.size());
    }

    @Test
    @DisplayName("wall 1: no value makes an operator or its explanation throw or hang")
    void hostile() {
        Collection<Object> throwing = new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Object get(int index) {
                throw new IllegalStateException(SECRET);
            }

            @Override
            public Iterator<Object> iterator() {
                throw new IllegalStateException(SECRET);
            }

            @Override
            public int size() {
                throw new IllegalStateException(SECRET);
            }
        };
        String long1 = "a".repeat(200_000);
        List<Object> values = Arrays.asList(
                throwing,
                Map.of("k", throwing),
                long1 + "b",
                "\ud800",
                "\udc00\ud800",
                Double.NaN,
                Float.NEGATIVE_INFINITY,
                new BigDecimal("1e-100000"),
                Instant.MAX,
                Instant.MIN,
                LocalDate.MAX,
                LocalDate.MIN,
                Duration.ofSeconds(Long.MIN_VALUE),
                "-999999999-01-01T00:00:00+18:00",
                "PT9223372036854775807S",
                Arrays.asList(null, null),
                "::ffff:1.2.3.4.5",
                "::::",
                ":".repeat(45),
                new Object());
        for (Object value : values) {
            for (Operator operator : Operators.anywhere().values()) {
                if (!operator.attributes()) {
                    continue;
                }
                String condition = "action.y: {" + operator.word() + ": {attribute: action.x}}";
                for (Object other : values) {
                    assertThat(explained(condition, Map.of("x", value, "y", other), Set.of())
                                    .toString())
                            .doesNotContain(SECRET);
                }
            }
            String rest =
                    "action.x: {glob: '*a*a*a*a*a*a*a*b', regex: '(a*)*(a|aa)*b', inNetwork: '::/0', olderThan: PT1H, "
                            + "sizeAtMost: 1, every: {startsWith: a}, some: {regex: '(.*)*x'}, exists: true}";
            assertThat(explained(rest, Map.of("x", value), Set.of()).toString()).doesNotContain(SECRET);
        }
    }

    private static List<String> explained(String when, Map<String, Object> arguments, Set<String> hidden) {
        Policy policy = Policy.parse(new PolicyText("policy.yaml", """
                default: deny
                calendars: { holidays: [2026-07-01] }
                conditions:
                  office: { time: { inside: 08:00-18:00, days: [MON, WED], except: holidays, zone: Europe/Berlin } }
                rules:
                  - id: r
                    actions: [a]
                    effect: deny
                    when: { %s }
                """.formatted(when)));
        EvaluationRequest request =
                EvaluationRequest.of(Subject.user("ana"), new Action("a", arguments), Resource.NONE);
        RuleTrace trace = policy.explained(request, NOW, AttributeLookup.NONE, hidden)
                .explanation()
                .rules()
                .get(0);
        return trace.comparisons().stream().map(ComparisonTrace::text).toList();
    }
}
