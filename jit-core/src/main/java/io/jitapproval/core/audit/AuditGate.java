package io.jitapproval.core.audit;

import static java.util.Objects.requireNonNull;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the guard and its audit sink: {@link #append} returns only if the sink has taken the records in time, and
 * throws {@link AuditUnavailableException} otherwise, whatever the sink did.
 *
 * <p>An {@link InlineAuditSink} is called on the caller's thread. Any other sink is called on one thread of the gate's own, in
 * order. A caller who gives up (time limit, interrupt) leaves nothing behind that could take effect: what was not started
 * is never started, and what the sink completes late is followed at once by a {@link AuditRecord.Kind#VOIDED} record for
 * each record. While a call of the sink is overdue, appends fail at once.
 *
 * <p>Time is real time: a sink that hangs, hangs in the real world. Thread-safe.
 */
public final class AuditGate implements Journal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditGate.class);

    private final AuditSink sink;
    private final @Nullable AuditWorker worker;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A gate in front of a sink.
     *
     * @param sink  the sink; the gate closes it
     * @param limit how long a caller waits; positive
     * @throws IllegalArgumentException if the limit is not positive
     */
    public AuditGate(AuditSink sink, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the audit time limit must be positive, but was " + limit);
        }
        this.sink = requireNonNull(sink, "sink");
        this.worker = sink instanceof InlineAuditSink
                ? null
                : AuditWorker.started(sink, TimeUnit.NANOSECONDS.convert(limit), AuditWorker.MAX_QUEUED);
    }

    @Override
    public void append(List<AuditRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        if (worker != null) {
            worker.append(List.copyOf(records));
            return;
        }
        if (closed.get()) {
            throw new AuditUnavailableException("the audit gate is closed", null);
        }
        try {
            sink.append(records);
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw failed(sink, failure);
        }
    }

    /** Takes no more records, gives what is under way a short time, and closes the sink once nothing uses it any more. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (worker != null) {
            worker.close();
        } else {
            close(sink);
        }
    }

    static AuditUnavailableException failed(AuditSink sink, Throwable failure) {
        return new AuditUnavailableException(
                "the audit sink " + sink.getClass().getName() + " failed with "
                        + failure.getClass().getName(),
                failure);
    }

    static void close(AuditSink sink) {
        try {
            sink.close();
        } catch (Throwable failure) {
            LOG.warn("The audit sink {} failed to close", sink.getClass().getName(), failure);
        }
    }
}
