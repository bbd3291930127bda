package io.jitapproval.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLinesFaultTest {

    private static final List<AuditRecord> FIRST = List.of(Records.numbered("1"));
    private static final List<AuditRecord> BATCH = List.of(Records.numbered("2"), Records.numbered("3"));
    private static final List<AuditRecord> LAST = List.of(Records.numbered("4"));

    private final FaultFile file = new FaultFile();
    private final AuditSink sink = sink(file);

    private static AuditSink sink(FaultFile file) {
        return new JsonLinesAuditSink("audit.jsonl", file, 0);
    }

    private static String lines(List<AuditRecord> records) {
        StringBuilder text = new StringBuilder();
        records.forEach(each -> text.append(RecordJson.write(each)).append('\n'));
        return text.toString();
    }

    @Test
    @DisplayName(
            "R55: an append returns only after all was written and forced; a sink that acknowledges before fails this")
    void forcedBeforeReturn() throws Exception {
        checkForcedBeforeReturn(JsonLinesFaultTest::sink);
        assertThatThrownBy(() -> checkForcedBeforeReturn(Unforced::new)).isInstanceOf(AssertionError.class);
    }

    private static void checkForcedBeforeReturn(Function<FaultFile, AuditSink> sinks) throws Exception {
        FaultFile file = new FaultFile();
        file.chunk = 100;
        AuditSink sink = sinks.apply(file);
        for (List<AuditRecord> records : List.of(FIRST, BATCH, LAST)) {
            file.events.clear();
            sink.append(records);
            assertThat(file.text()).endsWith(lines(records));
            assertThat(file.events).endsWith("write", "force").containsOnlyOnce("force");
        }
    }

    @Test
    @DisplayName("R54: short writes are continued, down to one byte at a time; a sink that writes once fails this")
    void shortWrites() throws Exception {
        checkShortWrites(JsonLinesFaultTest::sink);
        assertThatThrownBy(() -> checkShortWrites(WritesOnce::new)).isInstanceOf(AssertionError.class);
    }

    private static void checkShortWrites(Function<FaultFile, AuditSink> sinks) throws Exception {
        for (int chunk : new int[] {1, 7, 500}) {
            FaultFile file = new FaultFile();
            file.chunk = chunk;
            AuditSink sink = sinks.apply(file);
            sink.append(FIRST);
            sink.append(BATCH);
            assertThat(file.text()).isEqualTo(lines(FIRST) + lines(BATCH));
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("No space left on device"),
                new IllegalStateException("broken"),
                new OutOfMemoryError("Direct buffer memory"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("R54, R45: a write that fails anywhere leaves nothing behind, and the next append works")
    void failedWrite(Throwable failure) throws Exception {
        checkFailedWrite(JsonLinesFaultTest::sink, failure);
        assertThatThrownBy(() -> checkFailedWrite(LeavesRests::new, failure)).isInstanceOf(AssertionError.class);
    }

    private static void checkFailedWrite(Function<FaultFile, AuditSink> sinks, Throwable failure) throws Exception {
        int writes = (lines(BATCH).length() + 49) / 50;
        for (int after = 0; after < writes; after++) {
            FaultFile file = new FaultFile();
            AuditSink sink = sinks.apply(file);
            sink.append(FIRST);
            file.events.clear();
            file.chunk = 50;
            file.failWriteAfter = after;
            file.writeFailure = failure;
            assertThatThrownBy(() -> sink.append(BATCH)).isSameAs(failure);
            assertThat(file.text()).isEqualTo(lines(FIRST));
            file.failWriteAfter = Integer.MAX_VALUE;
            sink.append(LAST);
            assertThat(file.text()).isEqualTo(lines(FIRST) + lines(LAST));
        }
    }

    @Test
    @DisplayName("R45: a file that takes no bytes denies instead of spinning")
    void stalledWrite() throws Exception {
        sink.append(FIRST);
        file.chunk = 10;
        file.stallWriteAfter = 3;
        assertThatThrownBy(() -> sink.append(BATCH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no more bytes");
        assertThat(file.text()).isEqualTo(lines(FIRST));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("R55: after a failed force nothing is written any more; a sink that forces again fails this")
    void failedForce(Throwable failure) throws Exception {
        checkFailedForce(JsonLinesFaultTest::sink, failure);
        assertThatThrownBy(() -> checkFailedForce(LeavesRests::new, failure)).isInstanceOf(AssertionError.class);
    }

    private static void checkFailedForce(Function<FaultFile, AuditSink> sinks, Throwable failure) throws Exception {
        FaultFile file = new FaultFile();
        AuditSink sink = sinks.apply(file);
        sink.append(FIRST);
        file.forceFailure = failure;
        assertThatThrownBy(() -> sink.append(BATCH)).isSameAs(failure);
        file.forceFailure = null;
        file.events.clear();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> sink.append(LAST))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("open it again")
                    .hasCause(failure);
        }
        assertThat(file.events).isEmpty();
        assertThat(file.text()).isEqualTo(lines(FIRST));
    }

    static Stream<Consumer<FaultFile>> failuresToTakeBack() {
        return Stream.of(
                file -> file.truncateFailure = new IOException("Input/output error"),
                file -> file.truncateFailure = new IllegalStateException("closed"),
                file -> file.forceFailure = new IOException("Input/output error"));
    }

    @ParameterizedTest
    @MethodSource("failuresToTakeBack")
    @DisplayName("R54: if half a line cannot be taken back, nothing is ever written behind it")
    void failedTruncate(Consumer<FaultFile> fault) throws Exception {
        checkFailedTruncate(JsonLinesFaultTest::sink, fault);
        assertThatThrownBy(() -> checkFailedTruncate(LeavesRests::new, fault)).isInstanceOf(AssertionError.class);
    }

    private static void checkFailedTruncate(Function<FaultFile, AuditSink> sinks, Consumer<FaultFile> fault)
            throws Exception {
        FaultFile file = new FaultFile();
        AuditSink sink = sinks.apply(file);
        sink.append(FIRST);
        file.events.clear();
        file.chunk = 50;
        file.failWriteAfter = 2;
        fault.accept(file);
        assertThatThrownBy(() -> sink.append(BATCH)).isSameAs(file.writeFailure);
        file.failWriteAfter = Integer.MAX_VALUE;
        file.truncateFailure = null;
        file.forceFailure = null;
        file.events.clear();
        assertThatThrownBy(() -> sink.append(LAST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("open it again");
        assertThat(file.events).isEmpty();
    }

    @Test
    @DisplayName("R45: a log that was moved, replaced, or changed by somebody else denies, and keeps denying")
    void notOurs() throws Exception {
        sink.append(FIRST);
        file.inPlace = false;
        assertThatThrownBy(() -> sink.append(LAST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("moved");
        file.inPlace = true;
        assertThatThrownBy(() -> sink.append(LAST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("open it again");

        FaultFile longer = new FaultFile();
        AuditSink other = sink(longer);
        other.append(FIRST);
        longer.content = (lines(FIRST) + "{}\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> other.append(LAST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed");
        assertThatThrownBy(() -> other.append(LAST)).isInstanceOf(IOException.class);
        assertThat(longer.text()).endsWith("{}\n");
    }

    @Test
    @DisplayName("R45: a length that cannot be read denies")
    void failedLength() throws Exception {
        file.lengthFailure = new IOException("stale handle");
        assertThatThrownBy(() -> sink.append(FIRST)).isSameAs(file.lengthFailure);
        assertThat(file.content).isEmpty();
    }

    @Test
    @DisplayName("a closed sink denies; closing twice is harmless")
    void closed() {
        assertThatCode(() -> {
                    sink.close();
                    sink.close();
                })
                .doesNotThrowAnyException();
        assertThat(file.closed).isTrue();
        assertThatThrownBy(() -> sink.append(FIRST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
    }

    private static ByteBuffer bytes(List<AuditRecord> records) {
        return ByteBuffer.wrap(lines(records).getBytes(StandardCharsets.UTF_8));
    }

    /** Broken twin: acknowledges what may only be in a cache. */
    private record Unforced(FaultFile file) implements AuditSink {
        @Override
        public void append(List<AuditRecord> records) throws IOException {
            ByteBuffer bytes = bytes(records);
            while (bytes.hasRemaining()) {
                file.write(bytes, file.length());
            }
        }
    }

    /** Broken twin: believes that one write writes all. */
    private record WritesOnce(FaultFile file) implements AuditSink {
        @Override
        public void append(List<AuditRecord> records) throws IOException {
            file.write(bytes(records), file.length());
            file.force();
        }
    }

    /** Broken twin: takes nothing back and goes on after any failure. */
    private record LeavesRests(FaultFile file) implements AuditSink {
        @Override
        public void append(List<AuditRecord> records) throws IOException {
            ByteBuffer bytes = bytes(records);
            while (bytes.hasRemaining()) {
                file.write(bytes, file.length());
            }
            file.force();
        }
    }
}
