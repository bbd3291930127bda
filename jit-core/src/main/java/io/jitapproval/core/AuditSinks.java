package io.jitapproval.core;

import io.jitapproval.core.audit.JsonLinesAuditSink;
import io.jitapproval.core.audit.RecordJson;
import io.jitapproval.core.audit.Slf4jAuditSink;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Audit sinks that come with the library. */
public final class AuditSinks {

    private AuditSinks() {}

    /**
     * A file with one JSON object a line, in UTF-8. Lines are appended and forced to the disk before an append returns; a
     * failed append leaves no part of a line behind. One process at a time: the file is locked.
     *
     * @param file the file; created if missing, its directory must exist
     * @return the sink
     * @throws UncheckedIOException if the file cannot be opened or is locked by another process
     */
    public static AuditSink jsonLines(Path file) {
        try {
            return JsonLinesAuditSink.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the audit file " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * The SLF4J logger {@code io.jitapproval.audit}, one JSON object an event, at level INFO. As durable as the logging set-up
     * makes it; an append fails if the level is switched off.
     *
     * @return the sink
     */
    public static AuditSink slf4j() {
        return new Slf4jAuditSink();
    }

    /**
     * A list in memory, for tests and trials: bounded, and an append fails when it is full.
     *
     * @param limit how many records it holds; at least 1
     * @return the sink
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public static MemoryAuditSink memory(int limit) {
        return new MemoryAuditSink(limit);
    }

    /**
     * A record as the sinks of this class write it: one JSON object on one line, fields in a fixed order, absent ones left
     * out, text escaped so that nothing in it can break the line.
     *
     * @param record the record
     * @return the JSON text without a line end
     */
    public static String toJson(AuditRecord record) {
        return RecordJson.write(record);
    }
}
