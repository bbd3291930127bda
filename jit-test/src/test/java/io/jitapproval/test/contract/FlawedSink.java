package io.jitapproval.test.contract;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import java.util.ArrayList;
import java.util.List;

/** The simplest sink there is, with one flaw built in. Without a flaw it keeps the contract. */
final class FlawedSink implements InlineAuditSink {

    enum Flaw {
        NONE,
        SWALLOWS,
        WRITES_LATE,
        LAST_RECORD_ONLY,
        NEWEST_FIRST,
        HALF_A_CHANGE,
        LINES_BREAK,
        SILENT_AFTER_CLOSE,
        ONE_THREAD_ONLY,
        NOT_THREAD_SAFE,
        HEADLINE_ONLY,
        POISONED_BY_A_REFUSAL
    }

    private final Flaw flaw;
    private final Thread owner = Thread.currentThread();
    private final StringBuilder file = new StringBuilder();
    private final List<String> buffer = new ArrayList<>();
    private boolean closed;
    private boolean poisoned;

    FlawedSink(Flaw flaw) {
        this.flaw = flaw;
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    synchronized List<String> lines() {
        return file.isEmpty() ? List.of() : List.of(file.toString().split("\n"));
    }

    @Override
    public void append(List<AuditRecord> records) {
        if (has(Flaw.NOT_THREAD_SAFE)) {
            for (AuditRecord record : records) {
                write(List.of(record));
                Threads.giveWay();
            }
            return;
        }
        write(records);
    }

    private synchronized void write(List<AuditRecord> records) {
        if (closed) {
            if (has(Flaw.SILENT_AFTER_CLOSE)) {
                return;
            }
            throw new IllegalStateException("closed");
        }
        if ((has(Flaw.ONE_THREAD_ONLY) && Thread.currentThread() != owner) || poisoned) {
            throw new IllegalStateException("refused");
        }
        List<String> lines = new ArrayList<>();
        for (AuditRecord record : records) {
            try {
                lines.add(line(record));
            } catch (RuntimeException e) {
                poisoned = has(Flaw.POISONED_BY_A_REFUSAL);
                if (has(Flaw.HALF_A_CHANGE)) {
                    put(lines);
                }
                if (has(Flaw.SWALLOWS)) {
                    return;
                }
                throw e;
            }
        }
        put(has(Flaw.LAST_RECORD_ONLY) ? lines.subList(lines.size() - 1, lines.size()) : lines);
    }

    private String line(AuditRecord record) {
        if (has(Flaw.HEADLINE_ONLY)) {
            return record.kind().word() + " " + record.requestId().orElse("");
        }
        String json = AuditSinks.toJson(record);
        return has(Flaw.LINES_BREAK) ? json + record.details().getOrDefault("why", "") : json;
    }

    private void put(List<String> lines) {
        if (has(Flaw.WRITES_LATE)) {
            List<String> late = List.copyOf(buffer);
            buffer.clear();
            buffer.addAll(lines);
            late.forEach(line -> file.append(line).append('\n'));
            return;
        }
        for (String line : lines) {
            file.insert(has(Flaw.NEWEST_FIRST) ? 0 : file.length(), line + "\n");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
