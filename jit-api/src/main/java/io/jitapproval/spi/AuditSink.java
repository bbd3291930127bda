package io.jitapproval.spi;

import java.util.List;

/**
 * Where the record goes. A sink that takes a record has it: when {@link #append} returns, the record is as durable as this
 * sink promises.
 *
 * <p>A guarded action never begins before its record was appended: a sink that throws, or does not return within the
 * guard's audit time limit (2 seconds by default), denies the action.
 */
public interface AuditSink {

    /**
     * Writes the records of one change: all of them or none.
     *
     * <p><b>Threads:</b> called on one thread at a time, in the order of the record, unless the sink is an {@link
     * InlineAuditSink}. <b>Blocking:</b> may block up to the audit time limit. <b>Throwing:</b> anything thrown undoes the
     * change that the records are about and denies the action. <b>Twice:</b> never called twice for one record.
     *
     * @param records the records, in order; not empty
     * @throws Exception if the records were not written
     */
    void append(List<AuditRecord> records) throws Exception;

    /**
     * Flushes and closes; called when the guard closes, and harmless to call again. By default does nothing.
     *
     * @throws Exception if it fails; logged
     */
    default void close() throws Exception {}
}
