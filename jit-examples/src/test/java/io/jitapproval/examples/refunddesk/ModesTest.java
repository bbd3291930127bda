package io.jitapproval.examples.refunddesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way to answer, with data of the user's own. */
@Timeout(30)
class ModesTest {

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "small", "actions": ["payment.refund"], "when": {"action.amount": {"atMost": 10}}, "effect": "allow"},
              {"id": "large", "actions": ["payment.refund"], "when": {"action.amount": {"moreThan": 10}},
               "effect": "require-approval", "approval": {"by": {"role": "BOSS"}, "people": 2, "decideWithin": "PT30M"}},
              {"id": "named", "actions": ["named.*"], "when": {"action.orderId": {"exists": true}}, "effect": "deny"},
              {"id": "door", "actions": ["door.open"], "effect": "require-approval",
               "approval": {"by": {"group": "guards"}}, "grant": {"uses": 2}}
            ]}
            """;
    private static final String PEOPLE = """
            {"people": [
              {"id": "kim", "roles": ["BOSS"]}, {"id": "lou", "roles": ["BOSS"], "identities": ["chat/7"]},
              {"id": "max", "groups": ["guards"]}
            ]}
            """;
    private static final String REQUESTS = """
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "payment.refund", "properties": {"amount": 5}}, "resource": {"type": "order", "id": "1"}}
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "payment.refund", "properties": {"amount": 50}}, "resource": {"type": "order", "id": "1"}}

            {"subject": {"type": "robot", "id": "r2"}, "action": {"name": "door.open"}, "resource": {"type": "door", "id": "7"}, "context": {"reason": "delivery"}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        Run.write(folder.resolve("policy.json"), POLICY);
        Run.write(folder.resolve("people.json"), PEOPLE);
        Run.write(folder.resolve("requests.jsonl"), REQUESTS);
    }

    private Run run(String stdin, String... more) {
        List<String> args = new java.util.ArrayList<>(List.of(
                "--policy", folder.resolve("policy.json").toString(),
                "--people", folder.resolve("people.json").toString(),
                "--format", "json"));
        args.addAll(List.of(more));
        if (!args.contains("--requests")) {
            args.addAll(List.of("--requests", folder.resolve("requests.jsonl").toString()));
        }
        Run run = Run.of(folder, stdin, args.toArray(String[]::new));
        assertThat(run.err()).doesNotContain("DESK-", "JIT-");
        assertThat(run.code()).isZero();
        return run;
    }

    private static List<String> answers(Run run) {
        return run.objects().stream()
                .map(each -> each.get("line") + " " + each.get("decision") + " " + each.get("reason") + " "
                        + each.get("approvedBy") + " " + each.get("outcome"))
                .toList();
    }

    @Test
    @DisplayName("fake:approve fills every quorum")
    void approve() {
        assertThat(answers(run("", "--approver", "fake:approve")))
                .containsExactly(
                        "1 allow policy-allowed [] succeeded",
                        "2 allow approved [kim, lou] succeeded",
                        "4 allow approved [max] succeeded");
    }

    @Test
    @DisplayName("fake:deny denies")
    void deny() {
        assertThat(answers(run("", "--approver", "fake:deny")))
                .containsExactly(
                        "1 allow policy-allowed [] succeeded",
                        "2 deny approval-denied [] not-run",
                        "4 deny approval-denied [] not-run");
    }

    @Test
    @DisplayName("fake:silent, the default for own data, leaves pending, with the request's id")
    void silent() {
        for (Run run : List.of(run("", "--approver", "fake:silent"), run(""))) {
            assertThat(answers(run))
                    .containsExactly(
                            "1 allow policy-allowed [] succeeded",
                            "2 pending approval-pending [] not-run",
                            "4 pending approval-pending [] not-run");
            assertThat(run.objects().get(1).get("requestId")).isInstanceOf(String.class);
        }
    }

    @Test
    @DisplayName("a script of lines answers by action, resource, subject and arguments; a late answer is none")
    void script() {
        Path script = Run.write(folder.resolve("script.jsonl"), """
                {"match": {"action": "payment.*", "resource": "order/*", "subject": "ana", "arguments": {"amount": 50.0}}, "by": "kim", "verdict": "approve"}
                {"match": {"subject": "user/ana"}, "by": "chat/7", "verdict": "approve", "after": "PT29M59S", "within": "PT1M"}
                {"match": {"action": "door.open"}, "by": "max", "verdict": "approve", "after": "PT24H"}
                """);
        Run run = run("", "--approver", "script:" + script);
        assertThat(answers(run))
                .containsExactly(
                        "1 allow policy-allowed [] succeeded",
                        "2 allow approved [kim, lou] succeeded",
                        "4 deny approval-expired [] not-run");
    }

    @Test
    @DisplayName("requests come from standard input as well")
    void stdin() {
        assertThat(answers(run(REQUESTS, "--requests", "-", "--approver", "fake:deny")))
                .hasSize(3);
    }

    @Test
    @DisplayName("the terminal asks whoever sits there; what nobody answers before the input ends is withdrawn")
    void terminal() {
        Run run = run("a\nkim\na\nlou\n", "--approver", "terminal");
        assertThat(answers(run))
                .containsExactly(
                        "1 allow policy-allowed [] succeeded",
                        "2 allow approved [kim, lou] succeeded",
                        "4 deny approval-cancelled [] not-run");
        assertThat(run.err()).contains("ana asks to  payment.refund  on order/1", "approve", "2 of BOSS");
    }

    @Test
    @DisplayName("at the terminal, text goes through: question, answer and result do not mix")
    void terminalText() {
        Run run = Run.of(
                folder,
                "d\nkim\nnot today\nd\nmax\nclosed\n",
                "--policy",
                folder.resolve("policy.json").toString(),
                "--people",
                folder.resolve("people.json").toString(),
                "--requests",
                folder.resolve("requests.jsonl").toString(),
                "--approver",
                "terminal");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "1 ALLOW",
                        "asks to  payment.refund",
                        "Counted. The request is denied.",
                        "2 DENY",
                        "by kim",
                        "saying \"not today\"",
                        "asks to  door.open",
                        "Counted. The request is denied.",
                        "4 DENY",
                        "closed",
                        "3 requests");
    }

    private static final String WAYS = """
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "payment.refund", "properties": {"amount": 50}}, "resource": {"type": "order", "id": "1"}, "how": {"replay": true}}
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "payment.refund", "properties": {"amount": 7}}, "resource": {"type": "order", "id": "2"}, "how": {"replay": true}}
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "door.open"}, "resource": {"type": "door", "id": "1"}, "how": {"bundle": "b"}}
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "roof.open"}, "resource": {"type": "door", "id": "2"}, "how": {"bundle": "b"}}
            {"subject": {"type": "user", "id": "max"}, "action": {"name": "door.open"}, "resource": {"type": "door", "id": "3"}, "how": {"breakGlass": "there is smoke inside"}}
            {"subject": {"type": "user", "id": "ana"}, "action": {"name": "payment.payout", "properties": {"amount": 5, "iban": "DE0212"}}, "resource": {"type": "customer", "id": "1"}, "how": {"replay": true}}
            """;

    @Test
    @DisplayName("kept calls, bundles and emergencies end in every mode, and as policy and people say")
    void ways() {
        assertThat(answers(run(WAYS, "--requests", "-", "--approver", "fake:approve")))
                .containsExactly(
                        "1 allow approved [kim, lou] succeeded",
                        "2 allow policy-allowed [] succeeded",
                        "3 allow approved [max] succeeded",
                        "4 deny no-rule-matched [] not-run",
                        "5 deny break-glass-not-allowed [] not-run",
                        "6 deny replay-sensitive [] not-run");
        assertThat(answers(run(WAYS, "--requests", "-", "--approver", "fake:deny")))
                .containsExactly(
                        "1 deny approval-denied [] not-run",
                        "2 allow policy-allowed [] succeeded",
                        "3 deny approval-denied [] not-run",
                        "4 deny no-rule-matched [] not-run",
                        "5 deny break-glass-not-allowed [] not-run",
                        "6 deny replay-sensitive [] not-run");
        Run silent = run(WAYS, "--requests", "-");
        assertThat(answers(silent))
                .containsExactly(
                        "1 pending approval-pending [] not-run",
                        "2 allow policy-allowed [] succeeded",
                        "3 pending approval-pending [] not-run",
                        "4 deny no-rule-matched [] not-run",
                        "5 deny break-glass-not-allowed [] not-run",
                        "6 deny replay-sensitive [] not-run");
        assertThat(silent.objects().get(2).get("bundle").toString()).contains("status=pending");
    }

    @Test
    @DisplayName("at the terminal, too: what was kept runs once it is approved, and a bundle is asked item by item")
    void waysAtTheTerminal() {
        Path requests = Run.write(folder.resolve("ways.jsonl"), WAYS);
        Run run = run("a\nkim\na\nlou\nd\nmax\nnot now\n", "--requests", requests.toString(), "--approver", "terminal");
        assertThat(answers(run))
                .contains("2 allow policy-allowed [] succeeded", "3 deny approval-denied [] not-run")
                .contains("1 allow approved [kim, lou] succeeded");
    }

    @Test
    @DisplayName("a request goes through the annotated method only where that asks the same question")
    void sameQuestion() {
        Run.write(folder.resolve("policy.json"), """
                {"default": "deny", "rules": [
                  {"id": "named", "actions": ["payment.refund"], "when": {"action.orderId": {"exists": true}}, "effect": "deny"},
                  {"id": "all", "actions": ["*"], "effect": "allow"}
                ]}
                """);
        assertThat(answers(run("")).get(0)).isEqualTo("1 allow policy-allowed [] succeeded");
        assertThat(run("").objects().get(0).get("way")).isEqualTo("attempt");
    }

    @Test
    @DisplayName("whatever the request looks like, it is decided and, if allowed, lands in the ledger as it is")
    void anyRequest() {
        Run.write(folder.resolve("policy.json"), """
                {"default": "deny", "rules": [
                  {"id": "all", "actions": ["*"], "when": {"context.ok": {"equals": true}}, "effect": "allow"}]}
                """);
        String odd = """
                {"subject": {"type": "ünit", "id": "a b/c", "properties": {"x": null, "deep": [{"y": 1.50}]}}, "action": {"name": "Ω", "properties": {"n": 1e3, "list": [1, "two", null, {"k": false}], "big": 12345678901234567890.123}}, "resource": {"type": "t", "id": "i", "properties": {"p": {}}}, "context": {"ok": true, "reason": 7}}
                {"subject": {"type": "user", "id": "u"}, "action": {"name": "payment.refund", "properties": {"amount": "5"}}, "resource": {"type": "invoice", "id": "1"}, "context": {"ok": true}}
                """;
        Run run = run(odd, "--requests", "-");
        assertThat(answers(run)).allSatisfy(each -> assertThat(each).contains("allow policy-allowed [] succeeded"));
        Map<String, Object> first = run.ledger().get(0);
        assertThat(first.get("arguments"))
                .hasToString("{n=1E+3, list=[1, two, null, {k=false}], big=12345678901234567890.123}");
    }

    @Test
    @DisplayName("--help explains and ends well")
    void help() {
        Run run = Run.exactly(folder, "", "--policy", "nowhere", "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(Options.USAGE);
        assertThat(run.err()).isEmpty();
    }
}
