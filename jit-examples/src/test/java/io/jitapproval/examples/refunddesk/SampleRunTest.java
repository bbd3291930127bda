package io.jitapproval.examples.refunddesk;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped sample, as a newcomer runs it. */
class SampleRunTest {

    @TempDir
    static Path folder;

    private static Run json;

    @BeforeAll
    static void run() {
        json = Run.of(folder, "", "--format", "json");
    }

    @Test
    @DisplayName("the text is as agreed, and there within 20 seconds")
    void text(@TempDir Path other) {
        long start = System.nanoTime();
        Run text = Run.of(other, "");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(text.code()).isZero();
        assertThat(text.err()).isEmpty();
        Golden.check("sample.txt", masked(text));
        assertThat(text.out().lines().mapToInt(String::length).max().orElseThrow())
                .isLessThanOrEqualTo(120 + other.toString().length());
    }

    private static String masked(Run text) {
        return text.out()
                .replace(text.folder().toString() + java.io.File.separator, "")
                .replaceAll("(?m)^( {14}(?:grant|covered|request) +)[\\w-]{8}", "$1********")
                .replaceAll("debt(\\s+)[\\w-]{43}", "debt$1********");
    }

    @Test
    @DisplayName("it holds at least 40 requests of every kind, each with the reason that it is there for")
    void everyKind() {
        Map<String, Long> reasons = json.objects().stream()
                .collect(groupingBy(each -> each.get("decision") + " " + each.get("reason"), TreeMap::new, counting()));
        assertThat(json.objects()).hasSize(68);
        assertThat(reasons)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("allow policy-allowed", 8L),
                        Map.entry("allow auto-approved", 1L),
                        Map.entry("allow approved", 34L),
                        Map.entry("allow break-glass", 2L),
                        Map.entry("deny break-glass-debt", 1L),
                        Map.entry("deny approval-cancelled", 1L),
                        Map.entry("deny policy-denied", 3L),
                        Map.entry("deny no-rule-matched", 2L),
                        Map.entry("deny approval-denied", 7L),
                        Map.entry("deny approval-expired", 5L),
                        Map.entry("deny approval-unreachable", 2L),
                        Map.entry("deny binding-mismatch", 1L),
                        Map.entry("deny reason-required", 1L)));
        assertThat(json.objects())
                .filteredOn(each -> (Boolean) each.get("earlierGrant"))
                .hasSize(4);
        assertThat(json.objects())
                .filteredOn(each -> !((List<?>) each.get("notCoveredBy")).isEmpty())
                .isNotEmpty();
        assertThat(json.out())
                .contains("separation-of-duties", "already-voted", "voter-unresolved", "wider-than-asked");
    }

    @Test
    @DisplayName("both ways through the guard are taken, the annotated methods most of the time")
    void ways() {
        Map<Object, Long> ways = json.objects().stream().collect(groupingBy(each -> each.get("way"), counting()));
        assertThat(ways).containsOnlyKeys("annotation", "attempt", "bundle", "replay", "break-glass");
        assertThat(ways.get("annotation")).isGreaterThan(25);
    }

    @Test
    @DisplayName("the ledger holds exactly what was allowed and succeeded, in the order in which it ran")
    void ledger() {
        List<String> allowed = json.objects().stream()
                .filter(each -> each.get("outcome").equals("succeeded"))
                .sorted(Comparator.comparing(
                        each -> Integer.parseInt(each.get("entry").toString())))
                .map(SampleRunTest::what)
                .toList();
        assertThat(json.ledger().stream().map(SampleRunTest::what)).isEqualTo(allowed);
        assertThat(json.objects().stream()
                        .map(each -> each.get("entry"))
                        .filter(Objects::nonNull)
                        .sorted(Comparator.comparing(entry -> Integer.parseInt(entry.toString()))))
                .isEqualTo(json.ledger().stream().map(each -> each.get("entry")).toList());
    }

    /** All records but those of what was told: a request's end may overtake what has not been told yet. */
    private static long decisions(Run run) {
        return run.audit().stream()
                .filter(each -> !each.get("kind").equals("notified"))
                .count();
    }

    private static String what(Map<String, Object> line) {
        Object by = line.containsKey("by") ? line.get("by") : line.get("subject");
        return by + " " + line.get("action") + " " + line.get("resource");
    }

    @Test
    @DisplayName("the record says the same as the output: every use, every end, every refusal")
    void record() {
        List<Map<String, Object>> record = json.audit();
        assertThat(of(record, "use-begun")).hasSize(count("allow"));
        assertThat(of(record, "use-ended")).hasSize(count("allow"));
        // What people denied of a bundle or of what was kept was never called.
        assertThat(of(record, "denied")).hasSize(count("deny") - 2);
        Set<Object> requests = new HashSet<>();
        of(record, "requested").forEach(each -> requests.add(each.get("requestId")));
        for (Map<String, Object> each : json.objects()) {
            if (each.get("requestId") != null) {
                assertThat(requests).contains(each.get("requestId"));
            }
            if (each.get("grantId") != null) {
                assertThat(of(record, "use-begun")).anySatisfy(use -> {
                    assertThat(use.get("grantId")).isEqualTo(each.get("grantId"));
                    assertThat(use.get("use")).hasToString(each.get("use").toString());
                });
            }
        }
    }

    private static List<Map<String, Object>> of(List<Map<String, Object>> record, String kind) {
        return record.stream().filter(each -> each.get("kind").equals(kind)).toList();
    }

    private static int count(String decision) {
        return (int) json.objects().stream()
                .filter(each -> each.get("decision").equals(decision))
                .count();
    }

    @Test
    @DisplayName("an IBAN is neither in the output nor in the record")
    void sensitive() {
        assertThat(json.out() + Run.read(folder.resolve("audit.jsonl"))).doesNotContain("DE0212", "GB33");
        assertThat(json.ledger().toString()).contains("DE0212", "GB33");
    }

    @Test
    @DisplayName("the fields of the JSON output are those that are documented, in that order, all of them always")
    void fields() {
        List<String> fields = List.of(
                "line",
                "subject",
                "action",
                "resource",
                "decision",
                "reason",
                "code",
                "rules",
                "because",
                "requestId",
                "asked",
                "votes",
                "course",
                "approvedBy",
                "grantId",
                "earlierGrant",
                "use",
                "uses",
                "expiresAt",
                "outcome",
                "entry",
                "ranWith",
                "bundle",
                "detail",
                "notCoveredBy",
                "way");
        assertThat(json.objects()).allSatisfy(each -> assertThat(each.keySet()).containsExactlyElementsOf(fields));
        String documented = Run.read(Path.of("../docs/refund-desk.md"));
        assertThat(fields).allSatisfy(field -> assertThat(documented).contains("| `" + field + "` |"));
    }

    @Test
    @DisplayName("a second run on the same files goes on where the first ended")
    void twice(@TempDir Path other) {
        Run first = Run.of(other, "", "--format", "json");
        int entries = first.ledger().size();
        long records = decisions(first);
        Run second = Run.of(other, "", "--format", "json");
        assertThat(second.code()).isZero();
        assertThat(second.ledger()).hasSize(2 * entries);
        assertThat(decisions(second)).isEqualTo(2 * records);
        assertThat(second.ledger().get(entries).get("entry")).hasToString(Integer.toString(entries + 1));
    }
}
