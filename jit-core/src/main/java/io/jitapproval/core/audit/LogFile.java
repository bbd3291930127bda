package io.jitapproval.core.audit;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The file under a {@link JsonLinesAuditSink}, as little of it as the sink needs. Tests put faults in here. */
interface LogFile {

    /** Writes at a position, and returns how many bytes it took: perhaps not all. */
    int write(ByteBuffer bytes, long position) throws IOException;

    /** Returns when everything that was written is on the disk. */
    void force() throws IOException;

    void truncate(long length) throws IOException;

    long length() throws IOException;

    /** Whether the path still leads to this file: not deleted, not renamed, not replaced. */
    boolean inPlace() throws IOException;

    void close() throws IOException;
}
