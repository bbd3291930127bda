package io.jitapproval.core.feedback.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.feedback.PastDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("wall 16: histories out of files and directories")
class HistoryFilesTest {

    private static final String LINE = ImportFormatTest.MINIMAL;

    @TempDir
    Path work;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(work.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String id(String id, String line) {
        return line.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    private static Reading read(Path... files) {
        return Histories.of(List.of(files)).read(decision -> {});
    }

    private static List<String> codes(Reading reading) {
        return reading.notes().stream()
                .map(note -> note.code() + " " + note.count())
                .toList();
    }

    @Test
    @DisplayName("a directory: lines in name order, locks and torn ends left out, and it can be read again")
    void directory() throws IOException {
        file("b.jsonl", id("b", LINE));
        file("a.jsonl.1", id("a", LINE));
        file("c.csv", "x");
        file("a.jsonl.lock", "x");
        file("a.jsonl.torn-20260101T000000000Z", "x");
        Files.createFile(work.resolve("z.jsonl"));
        FileHistory history = Histories.of(List.of(work));
        for (int i = 0; i < 2; i++) {
            List<String> ids = new ArrayList<>();
            history.each(decision -> ids.add(decision.id()));
            assertThat(ids).containsExactly("a", "b");
        }
        assertThat(history.name()).isEqualTo(work.getFileName().toString());
    }

    @Test
    @DisplayName("no history in a directory, and no such file, are told")
    void none() {
        for (Path path : List.of(work, work.resolve("no.jsonl"))) {
            assertThatThrownBy(() -> Histories.of(List.of(path)))
                    .isInstanceOfSatisfying(
                            JitConfigurationException.class,
                            e -> assertThat(e.problems())
                                    .singleElement()
                                    .satisfies(problem ->
                                            assertThat(problem.code()).isEqualTo("JIT-H001")));
        }
        assertThatThrownBy(() -> Histories.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "exact repeats of an id count once, also across files; what says something else is an error with both lines")
    void repeats() throws IOException {
        Path one = file("one.jsonl", id("a", LINE), id("b", LINE), id("a", LINE));
        Path two = file("two.jsonl", id("b", LINE), LINE, LINE);
        Reading reading = read(one, two);
        assertThat(codes(reading)).containsExactly("JIT-H021 2");
        assertThat(reading.decisions()).as("lines without an id are no repeats").isEqualTo(4);
        Path other = file("other.jsonl", id("a", LINE.replace("approved", "denied")));
        assertThatThrownBy(() -> read(one, other))
                .hasMessageContaining("other.jsonl:1:1 JIT-H012")
                .hasMessageContaining("one.jsonl:1 already");
    }

    @Test
    @DisplayName("repeats are found among as many ids as there are, and never where there is none")
    void manyIds() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(id("q" + i, LINE));
        }
        Path file = file("many.jsonl", lines.toArray(String[]::new));
        assertThat(read(file).notes()).isEmpty();
        Files.writeString(file, id("q123", LINE) + "\n", java.nio.file.StandardOpenOption.APPEND);
        assertThat(codes(read(file))).containsExactly("JIT-H021 1");
    }

    @Test
    @DisplayName("clock jumps are kept, counted and told")
    void clock() throws IOException {
        Path file = file(
                "clock.jsonl",
                LINE,
                LINE.replace("2026-03-02T10", "2026-03-02T09"),
                LINE.replace("\"decision\"", "\"decidedAt\":\"2026-03-01T00:00:00Z\",\"decision\""));
        Reading reading = read(file);
        assertThat(reading.decisions()).isEqualTo(3);
        assertThat(codes(reading)).containsExactly("JIT-H022 2");
        assertThat(reading.notes().get(0).examples().get(0)).endsWith("clock.jsonl:2");
    }

    @Test
    @DisplayName("what is evidence: people's yes and no; a reader that takes rules for people is found")
    void evidence() throws IOException {
        evidence(PastDecision::isLabelled);
        assertThatThrownBy(() -> evidence(decision -> decision.isApproved() || decision.isLabelled()))
                .isInstanceOf(AssertionError.class);
    }

    private void evidence(Predicate<PastDecision> isEvidence) throws IOException {
        Path file = file(
                "evidence.jsonl",
                LINE,
                LINE.replace("\"mia\"", "\"rule\""),
                LINE.replace("\"decidedBy\":\"mia\"", "\"route\":\"policy\""),
                LINE.replace("\"mia\"", "\"break-glass\""),
                LINE.replace(",\"decidedBy\":\"mia\"", ""),
                LINE.replace("approved", "expired"),
                LINE.replace("\"mia\"", "\"audit\"").replace("approved", "denied"));
        List<Boolean> labelled = new ArrayList<>();
        Histories.of(List.of(file)).each(decision -> labelled.add(isEvidence.test(decision)));
        assertThat(labelled).isEqualTo(Arrays.asList(true, false, false, false, false, false, true));
    }

    @Test
    @DisplayName("SipHash-2-4 agrees with the values that its authors published")
    void sipHash() {
        byte[] bytes = new byte[15];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(hash.of(bytes, 0, 15)).isEqualTo(0xa129ca6149be45e5L);
        assertThat(hash.of(bytes, 0, 0)).isEqualTo(0x726fdb47dd0e0e31L);
    }
}
