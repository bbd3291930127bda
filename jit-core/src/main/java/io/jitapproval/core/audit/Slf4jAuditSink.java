package io.jitapproval.core.audit;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each record as one event at level INFO. As durable as the logging set-up; a switched-off level denies. */
public final class Slf4jAuditSink implements AuditSink {

    static final String LOGGER = "io.jitapproval.audit";

    private final Logger logger;

    public Slf4jAuditSink() {
        this(LoggerFactory.getLogger(LOGGER));
    }

    Slf4jAuditSink(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void append(List<AuditRecord> records) {
        if (!logger.isInfoEnabled()) {
            throw new IllegalStateException("the logger " + LOGGER
                    + " is switched off at level INFO, so nothing would be recorded: switch it on");
        }
        // All are written out before the first is logged: a record that cannot be written leaves no half of a batch.
        List<String> lines = records.stream().map(RecordJson::write).toList();
        lines.forEach(line -> logger.info("{}", line));
    }
}
