package io.jitapproval.spi;

import java.util.List;

/** Takes the records of a change before the change becomes visible. Given to the store by the guard. */
@FunctionalInterface
public interface Journal {

    /**
     * Writes the records. Called by the store inside the change, under its lock.
     *
     * @param records the records, in order; may be empty
     * @throws RuntimeException if they could not be written; the store must then undo the change
     */
    void append(List<AuditRecord> records);
}
