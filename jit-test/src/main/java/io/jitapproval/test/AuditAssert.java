package io.jitapproval.test;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what was recorded up to now. */
public final class AuditAssert extends AbstractAssert<AuditAssert, MemoryAuditSink> {

    private final List<AuditRecord> records;

    AuditAssert(MemoryAuditSink sink) {
        super(sink, AuditAssert.class);
        records = sink.records();
    }

    /**
     * There is at least one record of a kind.
     *
     * @param kind the kind
     * @return this
     */
    public AuditAssert hasRecord(Kind kind) {
        return count(kind) > 0 ? this : fail("a record " + kind.word());
    }

    /**
     * There is no record of a kind.
     *
     * @param kind the kind
     * @return this
     */
    public AuditAssert hasNoRecord(Kind kind) {
        return count(kind) == 0 ? this : fail("no record " + kind.word());
    }

    /**
     * There are records of these kinds in this order; others may stand between them, since channels are told on threads of
     * their own.
     *
     * @param kinds the kinds
     * @return this
     */
    public AuditAssert records(Kind... kinds) {
        int next = 0;
        for (AuditRecord record : records) {
            if (next < kinds.length && record.kind() == kinds[next]) {
                next++;
            }
        }
        return next == kinds.length
                ? this
                : fail("in this order " + Arrays.stream(kinds).map(Kind::word).collect(Collectors.joining(", ")));
    }

    /**
     * A text, such as a secret that a test planted, appears nowhere in the records as they are written.
     *
     * @param canary the text; not empty
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public AuditAssert neverContains(String canary) {
        if (canary.isEmpty()) {
            throw new IllegalArgumentException("every record contains the empty text");
        }
        for (AuditRecord record : records) {
            if (AuditSinks.toJson(record).contains(canary)) {
                // The text is a secret: the failure names the record and not the place.
                throw failure("expected nowhere the text that was planted, but the record %s has it", record);
            }
        }
        return this;
    }

    private long count(Kind kind) {
        return records.stream().filter(record -> record.kind() == kind).count();
    }

    private AuditAssert fail(String expected) {
        String saw = records.isEmpty()
                ? "none"
                : records.stream().map(AuditRecord::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
        throw failure("%s", "expected " + expected + ", saw: " + saw);
    }
}
