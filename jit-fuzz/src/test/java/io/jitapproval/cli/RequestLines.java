package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Decision;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Reads requests as {@code jit eval} does, line by line, and holds every answer to being one line of JSON. */
final class RequestLines {

    /** The tree of a line; the command's, or a broken twin. */
    @FunctionalInterface
    interface Reader {
        Node read(PolicyText line, int number);
    }

    static final String POLICY = """
            {"default": "deny",
             "calendars": {"free": ["2026-12-25", "--01-01"]},
             "rules": [
              {"id": "small", "actions": ["payment.*"], "effect": "allow",
               "when": {"action.amount": {"atMost": 100}, "subject": {"hasRole": "SUPPORT"}}},
              {"id": "large", "actions": ["payment.refund"], "effect": "require-approval",
               "approval": {"by": [{"role": "FINANCE"}, {"attribute": "resource.owner"}]},
               "when": {"any": [{"action.amount": {"moreThan": 100}}, {"resource.tags": {"containsAny": ["a", "b"]}},
                                {"context.ip": {"notInNetwork": "10.0.0.0/8"}}]}},
              {"id": "closed", "actions": ["*"], "effect": "deny",
               "when": {"time": {"outside": "07:00-22:00", "zone": "Europe/Berlin", "except": "free"},
                        "context.requested": {"olderThan": "P7D"}, "subject.id": {"regex": "[a-z]+"}}}]}
            """;

    private static final Policy ASKED = Policy.parse(new PolicyText("policy.json", POLICY));
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private RequestLines() {}

    static void check(byte[] bytes, Reader reader) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(bytes), () -> {});
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            try {
                check(new PolicyText("stdin", line.textOrStop("stdin")), line.number(), reader);
            } catch (JitConfigurationException e) {
                assertReadable(Json.line(DecisionJson.error(e.problems())));
            }
        }
    }

    private static void check(PolicyText text, int number, Reader reader) {
        Node root = reader.read(text, number);
        Requests requests = Requests.of(text, number);
        List<Node> batch = requests.batch(root);
        if (batch != null) {
            assertThat(requests.semantic(root)).isNotNull();
        }
        for (Node item : batch == null ? List.of(root) : batch) {
            answer(requests.read(item));
        }
    }

    private static void answer(Requests.Asked asked) {
        Instant time = asked.time() == null ? NOW : asked.time();
        Decision decision = ASKED.evaluate(asked.request(), time, AttributeLookup.NONE);
        assertReadable(Json.line(DecisionJson.of(decision, asked.request(), time)));
    }

    private static void assertReadable(String answer) {
        assertThat(answer).doesNotContain("\n").doesNotContain("\r");
        Problems problems = new Problems(new PolicyText("answer", answer));
        Node read = TreeReader.readJson(new PolicyText("answer", answer), problems);
        problems.throwIfAny();
        assertThat(read).isInstanceOf(Node.Obj.class);
    }
}
