package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.Reason;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("design §3: a policy is JSON or YAML, and says the same in both")
class YamlTest {

    /** The policy of {@code docs/policy.md}, as its author would write it. */
    static final String REFUNDS = """
            # yaml-language-server: $schema=jit-policy.schema.json
            default: deny
            rules:
              - id: refund-small
                actions: [payment.refund]
                when: { subject.roles: { contains: SUPPORT }, action.amount: { atMost: 1000 } }
                effect: allow

              - id: refund-large
                actions: [payment.refund]
                when: { action.amount: { moreThan: 1000 } }
                effect: require-approval
                because: Large refunds are seen by finance.
                approval: { by: { role: FINANCE_MANAGER }, people: 1, decideWithin: PT30M, reason: required }
                grant: { within: PT15M, uses: 1 }

              - id: no-refunds-at-night
                actions: ["payment.*"]
                when: { time: { outside: 07:00-22:00, zone: Europe/Berlin } }
                effect: require-approval
                approval: { by: { group: on-call }, autoApproval: never }
            """;

    static final String REFUNDS_JSON = """
            {"default": "deny", "rules": [
              {"id": "refund-small", "actions": ["payment.refund"], "effect": "allow",
               "when": {"subject.roles": {"contains": "SUPPORT"}, "action.amount": {"atMost": 1000}}},
              {"id": "refund-large", "actions": ["payment.refund"], "effect": "require-approval",
               "when": {"action.amount": {"moreThan": 1000}},
               "because": "Large refunds are seen by finance.",
               "approval": {"by": {"role": "FINANCE_MANAGER"}, "people": 1, "decideWithin": "PT30M", "reason": "required"},
               "grant": {"within": "PT15M", "uses": 1}},
              {"id": "no-refunds-at-night", "actions": ["payment.*"], "effect": "require-approval",
               "when": {"time": {"outside": "07:00-22:00", "zone": "Europe/Berlin"}},
               "approval": {"by": {"group": "on-call"}, "autoApproval": "never"}}]}
            """;

    @Example
    @Label("design §3: the refund policy in YAML decides, and is the same version as in JSON")
    void refunds() {
        Policy yaml = parse("policy.yaml", REFUNDS);
        assertThat(yaml.version()).isEqualTo(parse("policy.json", REFUNDS_JSON).version());
        assertThat(yaml.evaluate(
                                PolicyDecisionTest.refund("SUPPORT", 5000),
                                Instant.parse("2026-07-01T12:12:00Z"),
                                AttributeLookup.NONE)
                        .rules())
                .containsExactly("refund-large");
        assertThat(yaml.evaluate(
                                PolicyDecisionTest.refund("SUPPORT", 10),
                                Instant.parse("2026-07-01T12:12:00Z"),
                                AttributeLookup.NONE)
                        .reason())
                .isEqualTo(Reason.POLICY_ALLOWED);
    }

    @Label("one version, however the document is spelled: as JSON, as YAML in any style, and JSON is YAML")
    @Property(tries = 400)
    void sameVersion(@ForAll("situations") Situation situation, @ForAll long seed) {
        String json = situation.document();
        String yaml = YamlWriter.write(situation.data(), new Random(seed));
        String version = parse("policy.json", json).version();
        assertThat(parse("policy.yaml", yaml).version()).as(yaml).isEqualTo(version);
        assertThat(parse("policy.yml", json).version()).isEqualTo(version);
        assertThat(parse("policy", "\n" + json).version()).isEqualTo(version);
        assertThat(parse("policy", yaml).version()).isEqualTo(version);
    }

    @Label(
            "a fault stands where its token stands, whatever is before it: line ends, characters of two halves, tabs in texts")
    @Property(tries = 300)
    void places(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("default: deny\n");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(List.of("# 😀 ü\t comment", "", "   ", "#").get(random.nextInt(4)));
            text.append(List.of("\n", "\r\n").get(random.nextInt(2)));
        }
        text.append("rules:")
                .append(List.of(" ", "\n  ", "\r\n ").get(random.nextInt(3)))
                .append("[ ");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(List.of("{ '😀': 1 }, ", "{\"\\U0001F600\": [😀, '\t']},\n ", "{ ü: \"😀 😀\" } , ")
                    .get(random.nextInt(3)));
        }
        int at = text.length() + 2;
        text.append("{ needle: 😀 } ]\n");
        String before = text.substring(0, at).replace("\r\n", "\n");
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        assertThat(faults(text.toString()))
                .contains("policy.yaml:" + line + ":" + column + " JIT-P005 unknown field 'needle'");
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Situations.any();
    }

    @Example
    @Label("a plain scalar is what the core schema of YAML 1.2 says, exactly")
    void plain() {
        assertThat(same("1000", "1000", "1e3", "+1000", "1000.", "1000.00")).isTrue();
        assertThat(same("0.1", ".1", "1e-1", "0.10")).isTrue();
        assertThat(same("12345678901234567890.123456789", "12345678901234567890.123456789"))
                .isTrue();
        assertThat(same("12345678901234567890.123456789", "12345678901234567890.12345678"))
                .isFalse();
        assertThat(same("true", "true", "True", "TRUE")).isTrue();
        for (String text : List.of(
                "07:00-22:00", "2026-01-31", "2026-01-31T12:00:00Z", "a b", "PT15M", "1.2.3", "1e", "--12-25")) {
            assertThat(same("\"" + text + "\"", text, "'" + text + "'", "\"" + text + "\""))
                    .as(text)
                    .isTrue();
        }
        assertThat(same("\"\\ud83d\\ude00#\"", "😀#", "'😀#'", "\"\\U0001F600#\""))
                .isTrue();
    }

    @Example
    @Label("what the versions of YAML read differently is refused, never guessed")
    void ambiguous() {
        for (String text : List.of(
                "012",
                "-012",
                "007",
                "0x1F",
                "0o17",
                "0b11",
                "1_000",
                "1_0.5",
                "yes",
                "No",
                "ON",
                "off",
                ".inf",
                "-.INF",
                ".nan",
                "1:30",
                "22:00",
                "190:20:30.15")) {
            assertThat(faults(condition(text)))
                    .as(text)
                    .startsWith("policy.yaml:6:33 JIT-P026")
                    .hasLineCount(3);
            assertThat(faults(condition("\"" + text + "\""))).as(text).isEmpty();
        }
        for (String text : List.of("~", "null", "")) {
            assertThat(faults(condition(text))).as(text).contains("JIT-P018", "was null");
        }
    }

    @Example
    @Label("wall 1: the limits of JSON are those of YAML; nothing unfolds and nothing hangs")
    void limits() {
        assertThat(faults("a: \"" + "x".repeat(TreeReader.LARGEST) + "\"")).contains("JIT-P003");
        assertThat(faults("[".repeat(40))).contains("JIT-P003");
        assertThat(faults("- ".repeat(100_000))).contains("JIT-P003");
        assertThat(faults("? ".repeat(100_000))).isNotEmpty();
        assertThat(faults("{".repeat(100_000))).isNotEmpty();
        assertThat(faults(condition("9".repeat(101)))).contains("JIT-P003");
        assertThat(faults(condition("9".repeat(1000)))).contains("JIT-P003");
        assertThat(faults(condition("1e999999999"))).contains("JIT-P003");
        assertThat(faults("a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]"))
                .contains("JIT-P025")
                .contains(":1:4");
        String padding = "# a long comment in a large document\n".repeat(120_000);
        assertThat(parse("policy.yaml", padding + REFUNDS).version())
                .isEqualTo(parse("policy.yaml", REFUNDS).version());
    }

    @Example
    @Label("a character of two halves may stand anywhere, also where the parser's buffer ends")
    void halves() {
        String version = parse("policy.yaml", REFUNDS).version();
        for (int before = 1_000; before < 1_050; before++) {
            String padded = "#" + "x".repeat(before) + "😀".repeat(1_100) + "\n" + REFUNDS;
            assertThat(parse("policy.yaml", padded).version()).isEqualTo(version);
        }
        for (int before = 1_000; before < 1_050; before++) {
            assertThat(faults("#" + "x".repeat(before) + "\ud83d")).contains("JIT-P");
            assertThat(faults("#" + "x".repeat(before) + "\ud83dx\n" + REFUNDS)).contains("JIT-P");
        }
    }

    private static boolean same(String json, String... yaml) {
        String version = parse(
                        "policy.json",
                        "{\"default\":\"deny\",\"rules\":[{\"id\":\"r\",\"actions\":[\"a\"],\"effect\":\"deny\",\"when\":"
                                + "{\"action.x\":{\"equals\":" + json + "}}}]}")
                .version();
        return List.of(yaml).stream()
                .allMatch(
                        each -> parse("policy.yaml", condition(each)).version().equals(version));
    }

    /** The value stands in line 6, column 33. */
    private static String condition(String value) {
        String head =
                "default: deny\nrules:\n  - id: r\n    actions: [a]\n    effect: deny\n    when: { action.x: { equals: ";
        return head + value + " } }\n";
    }

    private static Policy parse(String origin, String text) {
        return Policy.parse(new PolicyText(origin, text));
    }

    private static String faults(String text) {
        JitConfigurationException thrown =
                catchThrowableOfType(JitConfigurationException.class, () -> parse("policy.yaml", text));
        return thrown == null
                ? ""
                : String.join(
                        "\n", thrown.problems().stream().map(Object::toString).toList());
    }
}
