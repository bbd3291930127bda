package io.jitapproval.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

class JsonLinesAuditSinkTest {

    private static final List<AuditRecord> LOG =
            List.of(Records.numbered("1"), Records.colourful(), Records.numbered("3"));

    /** In memory where there is such a place: the tests force to the disk some thousand times. */
    static final class Memory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "jit-audit")
                    : Files.createTempDirectory("jit-audit");
        }
    }

    @TempDir(factory = Memory.class)
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("audit.jsonl");
    }

    private interface Opening {
        AuditSink open(Path file) throws IOException;
    }

    private static byte[] bytes(List<AuditRecord> records) {
        StringBuilder text = new StringBuilder();
        records.forEach(each -> text.append(RecordJson.write(each)).append('\n'));
        return text.toString().getBytes(UTF_8);
    }

    private static void append(Opening opening, Path file, AuditRecord record) throws Exception {
        AuditSink sink = opening.open(file);
        try {
            sink.append(List.of(record));
        } finally {
            sink.close();
        }
    }

    @Test
    @DisplayName("R47: records are lines of the file, in order, over several openings")
    void appends() throws Exception {
        for (AuditRecord each : LOG) {
            append(JsonLinesAuditSink::open, file, each);
        }
        assertThat(file).hasBinaryContent(bytes(LOG));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("the file is for its owner only")
    void permissions() throws Exception {
        append(JsonLinesAuditSink::open, file, LOG.get(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("R54: wherever a crash cuts the log, only what was not acknowledged goes, and nothing is lost")
    void tornTail() throws Exception {
        checkTornTail(JsonLinesAuditSink::open);
        assertThatThrownBy(() -> checkTornTail(Unrepaired::new)).isInstanceOf(AssertionError.class);
    }

    private void checkTornTail(Opening opening) throws Exception {
        byte[] whole = bytes(List.of(Records.on("a", "1", ""), Records.on("é", "日", ""), Records.on("b", "2", "")));
        for (int length = 0; length <= whole.length; length++) {
            Path log = directory.resolve("log-" + opening.hashCode() + "-" + length);
            Files.write(log, Arrays.copyOf(whole, length));
            append(opening, log, Records.numbered("after"));

            int kept = 0;
            for (int i = 0; i < length; i++) {
                kept = whole[i] == '\n' ? i + 1 : kept;
            }
            byte[] after = Files.readAllBytes(log);
            assertThat(Arrays.copyOf(after, kept)).isEqualTo(Arrays.copyOf(whole, kept));
            assertThat(Arrays.copyOfRange(after, kept, after.length))
                    .isEqualTo(bytes(List.of(Records.numbered("after"))));
            assertThat(torn(log)).isEqualTo(new String(Arrays.copyOfRange(whole, kept, length), UTF_8));
        }
    }

    /** What lies beside the log. Text with replacement characters, since a cut may go through a character. */
    private static String torn(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log.getParent())) {
            Path aside = files.filter(each -> each.getFileName().toString().startsWith(log.getFileName() + ".torn-"))
                    .findFirst()
                    .orElse(null);
            return aside == null ? "" : new String(Files.readAllBytes(aside), UTF_8);
        }
    }

    @Test
    @DisplayName("R54: zeros at the end are a torn tail, too")
    void zeros() throws Exception {
        byte[] whole = bytes(LOG);
        Files.write(file, Arrays.copyOf(whole, whole.length + 4096));
        append(JsonLinesAuditSink::open, file, LOG.get(0));
        assertThat(Files.readAllLines(file)).hasSize(4).allMatch(JsonText::isObject);
    }

    @Test
    @DisplayName("R54: a log that was damaged, or a file that is no log, is refused and left as it is")
    void refused() throws Exception {
        for (String content : List.of(
                "hello",
                "hello\n",
                "{\"v\":1}\n{\"v\":1,\n",
                "{\"v\":1}\nhello",
                "[1]\n",
                "{\"v\":1} {\"v\":1}\n",
                "{\"v\":1}\n\n",
                "x".repeat(200_000),
                "{\"v\":1,\"time\":\"" + "x".repeat(200_000),
                "x".repeat(200_000) + "\n")) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> JsonLinesAuditSink.open(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was left as it is");
            assertThat(file).hasContent(content).hasBinaryContent(content.getBytes(UTF_8));
        }
        Files.write(file, bytes(LOG));
        append(JsonLinesAuditSink::open, file, LOG.get(0));
    }

    @Test
    @DisplayName("a missing directory, or a directory in the file's place, is told as that")
    void directories() {
        Path lost = directory.resolve("missing").resolve("audit.jsonl");
        assertThatThrownBy(() -> JsonLinesAuditSink.open(lost))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("missing")
                        + ": the directory of the audit file does not exist: create it first");
        assertThatThrownBy(() -> JsonLinesAuditSink.open(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    @DisplayName(
            "one sink at a time: a second one in this process is refused, also by a link, also after the log was read")
    void locked() throws Exception {
        JsonLinesAuditSink sink = JsonLinesAuditSink.open(file);
        sink.append(LOG);
        assertThat(Files.readAllLines(file)).hasSize(3);
        Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), file);
        for (Path each : List.of(file, link)) {
            assertThatThrownBy(() -> JsonLinesAuditSink.open(each))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("this process has this audit file open already");
        }
        sink.close();
        append(JsonLinesAuditSink::open, link, LOG.get(0));
        assertThat(Files.readAllLines(file)).hasSize(4);
    }

    @Test
    @DisplayName("one sink at a time: another process is told apart")
    void otherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsTheLock.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> JsonLinesAuditSink.open(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process has this audit file open");
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
            append(JsonLinesAuditSink::open, file, LOG.get(0));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("R45: a log that was deleted or replaced behind the sink's back denies")
    void replaced() throws Exception {
        JsonLinesAuditSink sink = JsonLinesAuditSink.open(file);
        sink.append(List.of(LOG.get(0)));
        Files.move(file, directory.resolve("audit.1"));
        assertThatThrownBy(() -> sink.append(List.of(LOG.get(1)))).isInstanceOf(IOException.class);
        Files.createFile(file);
        assertThatThrownBy(() -> sink.append(List.of(LOG.get(1)))).isInstanceOf(IOException.class);
        sink.close();
        assertThat(directory.resolve("audit.1")).hasBinaryContent(bytes(List.of(LOG.get(0))));
    }

    /** Broken twin: goes on writing behind whatever is there. */
    private record Unrepaired(Path file) implements AuditSink {
        @Override
        public void append(List<AuditRecord> records) throws IOException {
            Files.write(file, bytes(records), StandardOpenOption.APPEND);
        }
    }
}
