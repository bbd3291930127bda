package io.jitapproval.core.audit;

import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a file, one JSON object a line, and returns only when they are on the disk. A failed append leaves
 * nothing behind. After a failed force, or when what a failed append left cannot be taken back, the sink refuses
 * everything until the file is opened again: what the disk holds is not known then, and forcing once more would not tell.
 */
public final class JsonLinesAuditSink implements AuditSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final String name;
    private final LogFile file;
    private long length;
    private @Nullable Throwable poison;
    private boolean closed;

    JsonLinesAuditSink(String name, LogFile file, long length) {
        this.name = name;
        this.file = file;
        this.length = length;
    }

    /**
     * Opens a file to append to, creates it if it is missing, and locks it by a second file beside it whose name ends in
     * {@code .lock}. A line that a crash left unfinished was never acknowledged: its bytes are moved to a file beside it.
     *
     * @throws IOException if the directory is missing, another process or sink has the file open, or it holds anything
     *                     but records
     */
    public static JsonLinesAuditSink open(Path file) throws IOException {
        LockedFile opened = LockedFile.open(file);
        try {
            return new JsonLinesAuditSink(file.toString(), opened, TornTail.repair(opened));
        } catch (Throwable failure) {
            try {
                opened.close();
            } catch (IOException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    @Override
    public void append(List<AuditRecord> records) throws IOException {
        ByteBuffer bytes = lines(records);
        lock.lock();
        try {
            requireUsable();
            write(bytes);
        } finally {
            lock.unlock();
        }
    }

    private static ByteBuffer lines(List<AuditRecord> records) {
        StringBuilder lines = new StringBuilder(512 * records.size());
        records.forEach(each -> lines.append(RecordJson.write(each)).append('\n'));
        return StandardCharsets.UTF_8.encode(lines.toString());
    }

    private void requireUsable() throws IOException {
        if (closed) {
            throw new IOException("the audit file " + name + " is closed");
        }
        if (poison != null) {
            throw new IOException(
                    "the audit file " + name
                            + " is not written any more since an earlier failure: look at the disk, then"
                            + " open it again",
                    poison);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        requireUntouched();
        long end = length;
        try {
            while (bytes.hasRemaining()) {
                int taken = file.write(bytes, end);
                if (taken <= 0) {
                    throw new IOException("the audit file " + name + " takes no more bytes");
                }
                end += taken;
            }
        } catch (Throwable failure) {
            takeBack(failure);
            throw failure;
        }
        try {
            file.force();
        } catch (Throwable failure) {
            poison = failure;
            takeBack(failure);
            throw failure;
        }
        length = end;
    }

    private void requireUntouched() throws IOException {
        if (!file.inPlace() || file.length() != length) {
            IOException failure =
                    new IOException("the audit file " + name + " was moved, replaced or changed by somebody else");
            poison = failure;
            throw failure;
        }
    }

    private void takeBack(Throwable failure) {
        try {
            file.truncate(length);
            if (poison == null) {
                file.force();
            }
        } catch (Throwable another) {
            poison = failure;
            if (another != failure) {
                failure.addSuppressed(another);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                file.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
