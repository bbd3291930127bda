package io.jitapproval.core.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What people and build servers read of a run. To write the expected texts anew: {@code
 * -Dpolicy.golden=src/test/resources/cases/reports}, then read the difference.
 */
@DisplayName("policy tests: reports")
class ReportTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/cases/reports");

    @ParameterizedTest
    @CsvSource({"passing,0", "passing,80", "failing,0", "failing,100"})
    @DisplayName("as text, JSON and JUnit's XML they are as agreed")
    void golden(String name, int least) throws IOException {
        Report report = load(DIRECTORY.resolve(name + ".test.yaml")).run().requiring(least);
        golden(name + least + ".txt", report.text());
        golden(name + least + ".json", report.json());
        golden(name + least + ".xml", report.junit());
        assertThat(report.isGood()).isEqualTo(name.equals("passing"));
    }

    private static void golden(String name, String text) throws IOException {
        String actual = text.replace(DIRECTORY + "/", "");
        if (System.getProperty("policy.golden") != null) {
            Files.writeString(Path.of(System.getProperty("policy.golden")).resolve(name), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(DIRECTORY.resolve(name)));
    }

    @Test
    @DisplayName("a directory is all its tests, in the order of their names; rules are counted once for a policy")
    void directory() {
        Report report = load(DIRECTORY).run();
        assertThat(report.files())
                .extracting(FileResult::origin)
                .containsExactly(
                        DIRECTORY.resolve("failing.test.yaml").toString(),
                        DIRECTORY.resolve("passing.test.yaml").toString());
        assertThat(report.coverage())
                .singleElement()
                .satisfies(coverage -> assertThat(coverage.percent()).isEqualTo(85));
        assertThat(load(DIRECTORY).run()).isEqualTo(report);
        assertThat(load(DIRECTORY, DIRECTORY.resolve("passing.test.yaml")).run())
                .as("a file that is named twice is run once")
                .isEqualTo(report);
    }

    @Test
    @DisplayName("copies of tests below what is built or hidden do not count, unless such a directory is named")
    void copies(@TempDir Path work) throws IOException {
        for (String name :
                List.of("", "target/classes", "module/build/resources", ".git", "targets", "src/.hidden/build")) {
            Path copy = Files.createDirectories(work.resolve(name));
            Files.writeString(copy.resolve("policy.yaml"), "default: deny\nrules: []\n");
            Files.writeString(copy.resolve("a.test.yaml"), """
                    policy: policy.yaml
                    time: 2026-03-02T14:12:00+01:00
                    people: {ana: {}}
                    cases: [{name: nobody may, subject: ana, action: pay, expect: {decision: deny}}]
                    """);
        }
        assertThat(load(work).run().files())
                .extracting(FileResult::origin)
                .containsExactly(
                        work.resolve("a.test.yaml").toString(),
                        work.resolve("targets/a.test.yaml").toString());
        for (String name : List.of("target", "module/build", ".git", "src/.hidden/build")) {
            assertThat(load(work.resolve(name)).run().files()).as(name).hasSize(1);
        }
        assertThat(load(work.resolve("target/classes/a.test.yaml")).run().files())
                .hasSize(1);
    }

    @Test
    @DisplayName("coverage is rounded down: one rule that is never exercised is missed among 200")
    void rounding(@TempDir Path work) throws IOException {
        StringBuilder rules = new StringBuilder("default: deny\nrules:\n");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            rules.append("  - { id: r")
                    .append(i)
                    .append(", actions: [a")
                    .append(i)
                    .append("], effect: allow }\n");
            rows.append(i == 117 ? "" : "    - [case " + i + ", a" + i + "]\n");
        }
        Files.writeString(work.resolve("policy.yaml"), rules);
        Path file = Files.writeString(
                work.resolve("a.test.yaml"),
                "policy: policy.yaml\ntime: 2026-03-02T14:12:00Z\ntable:\n  columns: [name, action]\n"
                        + "  common: { subject: ana, expect: { decision: permit } }\n  rows:\n" + rows);
        Report report = load(file).run();
        assertThat(report.coverage().get(0).percent()).isEqualTo(99);
        assertThat(report.requiring(99).isGood()).isTrue();
        assertThat(report.requiring(100).isGood()).isFalse();
        assertThat(report.requiring(100).shortfalls().get(0)).endsWith("never exercised: r117");
        assertThatThrownBy(() -> report.requiring(101)).hasMessageContaining("0 to 100 percent, but was 101");
    }

    @Test
    @DisplayName("times are those of the clock that is given")
    void times() {
        AtomicLong millis = new AtomicLong();
        Report report =
                load(DIRECTORY.resolve("passing.test.yaml")).run(() -> Instant.ofEpochMilli(millis.getAndAdd(125)));
        assertThat(report.files().get(0).cases())
                .allSatisfy(each -> assertThat(each.time()).isEqualTo(Duration.ofMillis(125)));
        assertThat(report.junit()).contains("skipped=\"0\" time=\"1.500\">", "time=\"0.125\"/>");
        Report backwards =
                load(DIRECTORY.resolve("passing.test.yaml")).run(() -> Instant.ofEpochMilli(millis.addAndGet(-9)));
        assertThat(backwards.files().get(0).cases())
                .allSatisfy(each -> assertThat(each.time()).isZero());
    }

    /** Fails if a tool lets a file without cases pass. */
    private static void nothingIsNotGood(Predicate<Path> tool, Path work) throws IOException {
        List<String> passed = new ArrayList<>();
        for (String text : List.of("", "# soon\n", "policy: policy.yaml\n", "policy: policy.yaml\ncases: []\n")) {
            Path file = Files.writeString(work.resolve("none.test.yaml"), text);
            if (tool.test(file)) {
                passed.add(text);
            }
        }
        assertThat(passed).isEmpty();
    }

    private static boolean passes(Path file) {
        try {
            return load(file).run().isGood();
        } catch (io.jitapproval.JitConfigurationException e) {
            return false;
        }
    }

    @Test
    @DisplayName("wall 1: a file without cases never passes; broken twin: one that counts failures only")
    void nothingTested(@TempDir Path work) throws IOException {
        Files.writeString(work.resolve("policy.yaml"), "default: deny\nrules: []\n");
        nothingIsNotGood(ReportTest::passes, work);
        assertThatThrownBy(() -> nothingIsNotGood(file -> emptyReport(file).failed() == 0, work))
                .isInstanceOf(AssertionError.class);
        Report empty = emptyReport(work);
        assertThat(empty.isGood()).isFalse();
        assertThat(empty.text()).contains("has no cases, so it tests nothing");
        assertThat(new Report(List.of(), List.of(), 0).isGood()).isFalse();
    }

    private static Report emptyReport(Path file) {
        return new Report(List.of(new FileResult(file.toString(), List.of())), List.of(), 0);
    }

    private static PolicyCases load(Path... paths) {
        return PolicyCases.load(List.of(paths));
    }
}
