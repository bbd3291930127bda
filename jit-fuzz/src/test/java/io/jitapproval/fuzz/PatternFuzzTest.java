package io.jitapproval.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** The small languages inside policies: globs, regular expressions, networks, windows, calendars, zones, durations, paths. */
@DisplayName("wall 1: whatever stands as a pattern is read or refused, and is matched in bounded time")
class PatternFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int LONGEST = 300;
    private static final List<String> KINDS = List.of(
            "glob",
            "regex",
            "inNetwork",
            "olderThan",
            "inside",
            "days",
            "on",
            "zone",
            "path",
            "expires",
            "reason",
            "number");

    @FuzzTest
    void patterns(FuzzedDataProvider data) {
        String kind = data.pickValue(KINDS);
        String pattern = data.consumeString(LONGEST);
        String text = data.consumeRemainingAsString();
        check(kind, pattern, text);
    }

    static void check(String kind, String pattern, String text) {
        String rule = JsonOut.of(rule(kind, pattern));
        String calendar = JsonOut.of(kind.equals("on") ? pattern : "2026-11-21");
        Policy policy;
        try {
            policy = Policy.parse(new PolicyText(
                    "drawn.json",
                    "{\"default\":\"deny\",\"calendars\":{\"free\":[" + calendar + "]},\"rules\":[" + rule + "]}"));
        } catch (JitConfigurationException e) {
            Verdicts.refused(e);
            return;
        }
        EvaluationRequest request = new EvaluationRequest(
                new Subject("user", "ana", Map.of()),
                List.of(),
                new Action("act", Map.of()),
                new Resource("order", "42", Map.of()),
                Map.of("text", text));
        Decision decision = Verdicts.decide(policy, request, NOW);
        if (kind.equals("glob")) {
            assertThat(decision.kind() == Decision.Kind.PERMIT)
                    .as("%s fits %s", pattern, text)
                    .isEqualTo(NaiveGlob.fits(pattern, text));
        }
    }

    private static Map<String, Object> rule(String kind, String pattern) {
        Object when = switch (kind) {
            case "glob", "regex", "inNetwork", "olderThan" -> Map.of("context.text", Map.of(kind, pattern));
            case "inside", "zone" ->
                Map.of(
                        "time",
                        Map.of(
                                "inside",
                                kind.equals("zone") ? "07:00-22:00" : pattern,
                                "zone",
                                kind.equals("zone") ? pattern : "UTC"));
            case "days" -> Map.of("time", Map.of("days", List.of(pattern)));
            case "on" -> Map.of("time", Map.of("on", "free"));
            case "path" -> Map.of(pattern, Map.of("equals", "a"));
            case "number" -> Map.of("context.text", Map.of("atMost", new JsonOut.Raw(pattern)));
            default -> Map.of("context.text", Map.of("equals", "a"));
        };
        String expires = kind.equals("expires") ? pattern : "2027-01-01T00:00:00Z";
        if (kind.equals("reason")) {
            return Map.of(
                    "id",
                    "r",
                    "actions",
                    List.of("*"),
                    "effect",
                    "require-approval",
                    "expires",
                    expires,
                    "when",
                    when,
                    "approval",
                    Map.of("by", Map.of("role", "X"), "reason", Map.of("pattern", pattern)));
        }
        return Map.of("id", "r", "actions", List.of("*"), "effect", "allow", "expires", expires, "when", when);
    }
}
