package io.jitapproval.examples.refunddesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.history.DecisionWriter;
import io.jitapproval.core.feedback.history.Histories;
import io.jitapproval.core.feedback.history.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("wall 16: the desk's own record, read as a history")
class HistoryOfDeskTest {

    @TempDir
    static Path folder;

    private static Run run;
    private static List<String> lines;

    @BeforeAll
    static void run() throws IOException {
        run = Run.of(folder, "");
        lines = Files.readAllLines(folder.resolve("audit.jsonl"));
    }

    private static List<PastDecision> read(List<String> log) {
        try {
            Path file = Files.writeString(folder.resolve("part.jsonl"), String.join("\n", log) + "\n");
            List<PastDecision> all = new ArrayList<>();
            Histories.of(List.of(file)).each(all::add);
            return all;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName(
            "every request is one decision, ended as the record says, with the people who voted, and nothing is odd")
    void everyRequest() {
        Map<String, PastDecision> byId = new LinkedHashMap<>();
        Reading reading = Histories.of(List.of(folder.resolve("audit.jsonl")))
                .read(decision -> assertThat(byId.put(decision.id(), decision)).isNull());
        assertThat(reading.notes()).isEmpty();
        List<Map<String, Object>> records = run.audit();
        for (Map<String, Object> record : records) {
            Object id = record.get("requestId");
            if ("requested".equals(record.get("kind"))) {
                assertThat(byId).containsKey((String) id);
            } else if ("decided".equals(record.get("kind"))) {
                Set<Object> voters = voters(records, id);
                PastDecision decision = byId.get((String) id);
                assertThat(decision.result()).isEqualTo(result(record.get("reason")));
                assertThat(decision.voices().stream()
                                .map(voice -> (Object) voice.person().id())
                                .collect(Collectors.toSet()))
                        .isEqualTo(voters);
                assertThat(decision.isLabelled())
                        .isEqualTo(Set.of("approved", "approval-denied").contains(record.get("reason")));
            }
        }
    }

    private static Set<Object> voters(List<Map<String, Object>> records, Object id) {
        return records.stream()
                .filter(record -> "voted".equals(record.get("kind")) && id.equals(record.get("requestId")))
                .map(record -> (Map<?, ?>) record.get("details"))
                .filter(details -> !"abstain".equals(details.get("verdict")))
                .map(details -> (Object) details.get("person"))
                .collect(Collectors.toSet());
    }

    private static Result result(Object reason) {
        return switch (String.valueOf(reason)) {
            case "approved", "auto-approved", "break-glass" -> Result.APPROVED;
            case "approval-denied" -> Result.DENIED;
            case "approval-expired" -> Result.EXPIRED;
            case "approval-cancelled" -> Result.CANCELLED;
            default -> Result.FAILED;
        };
    }

    @Test
    @DisplayName("any beginning of the log folds, and never says the opposite of what the whole says")
    void prefixes() {
        neverTheOpposite(UnaryOperator.identity());
        assertThatThrownBy(() -> neverTheOpposite(HistoryOfDeskTest::takingVotesForDecisions))
                .isInstanceOf(AssertionError.class);
    }

    private static void neverTheOpposite(UnaryOperator<List<String>> twin) {
        Map<String, Result> before = new HashMap<>();
        for (int length = 1; length <= lines.size(); length++) {
            for (PastDecision decision : read(twin.apply(lines.subList(0, length)))) {
                if (decision.isLabelled()) {
                    Result earlier = before.put(decision.id(), decision.result());
                    assertThat(earlier == null || earlier == decision.result())
                            .as("%s after %d records", decision, length)
                            .isTrue();
                }
            }
        }
        assertThat(before).hasSizeGreaterThan(20);
    }

    /** The broken twin: the latest vote decides as long as nothing else has. */
    private static List<String> takingVotesForDecisions(List<String> log) {
        List<String> all = new ArrayList<>(log);
        Map<String, String> open = new LinkedHashMap<>();
        for (String line : log) {
            int at = line.indexOf("\"requestId\":\"");
            String id = at < 0 ? "" : line.substring(at + 13, line.indexOf('"', at + 13));
            if (line.contains("\"kind\":\"voted\"")) {
                String reason = line.contains("\"verdict\":\"deny\"") ? "approval-denied" : "approved";
                open.put(
                        id, line.replace("\"voted\"", "\"decided\"").replace("\"vote-counted\"", "\"" + reason + "\""));
            } else if (line.contains("\"kind\":\"decided\"")) {
                open.remove(id);
            }
        }
        all.addAll(open.values());
        return all;
    }

    @Test
    @DisplayName("taken over, it is the same history; taken over again, the same text")
    void importing() {
        List<String> once = read(lines).stream().map(DecisionWriter::line).toList();
        List<String> twice = read(once).stream().map(DecisionWriter::line).toList();
        assertThat(twice).isEqualTo(once);
    }
}
