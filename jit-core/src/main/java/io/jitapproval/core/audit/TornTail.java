package io.jitapproval.core.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the end of a log that is opened. Bytes after the last line end are what a crash left of an append that never
 * returned: they are put away. Anything else that is no record means that this is no log of ours, or that it was damaged:
 * then nothing is touched.
 */
final class TornTail {

    private static final Logger LOG = LoggerFactory.getLogger(JsonLinesAuditSink.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** Room for a whole line and a torn one, each with its end. */
    private static final int WINDOW = 2 * RecordJson.MAX_BYTES + 1;

    private TornTail() {}

    /** Returns the length of the log without its torn tail. */
    static long repair(LockedFile file) throws IOException {
        long length = file.length();
        int size = (int) Math.min(length, WINDOW);
        ByteBuffer buffer = ByteBuffer.allocate(size);
        file.read(buffer, length - size);
        byte[] end = buffer.array();
        int lineEnd = lastLineEnd(end, size);
        requireRecord(file, end, lineEnd, size == length);
        int torn = size - lineEnd;
        if (torn == 0) {
            return length;
        }
        requireBeginOfRecord(file, end, lineEnd);
        String suffix =
                ".torn-" + TIME.format(Files.getLastModifiedTime(file.path()).toInstant());
        Path aside = file.putBeside(suffix, ByteBuffer.wrap(end, lineEnd, torn));
        file.truncate(length - torn);
        file.force();
        LOG.warn(
                "The audit file {} ended in {} byte(s) of a record that was never acknowledged, after a crash perhaps;"
                        + " they are now in {}",
                file.path(),
                torn,
                aside);
        return length - torn;
    }

    /** The position after the last line end before a position; 0 if there is none. */
    private static int lastLineEnd(byte[] bytes, int before) {
        int at = before;
        while (at > 0 && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private static void requireRecord(LockedFile file, byte[] end, int lineEnd, boolean whole) throws IOException {
        if (lineEnd == 0) {
            if (!whole) {
                throw refused(file, "has no line end where one should be");
            }
            return;
        }
        int start = lastLineEnd(end, lineEnd - 1);
        if (start == 0 && !whole) {
            throw refused(file, "has a last line that is longer than any record");
        }
        String line = new String(end, start, lineEnd - 1 - start, StandardCharsets.UTF_8);
        if (!JsonText.isObject(line)) {
            throw refused(file, "has a last line that is no JSON object");
        }
    }

    private static void requireBeginOfRecord(LockedFile file, byte[] end, int from) throws IOException {
        byte[] start = RecordJson.START.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < start.length && from + i < end.length; i++) {
            // Some file systems leave zeros where bytes had not reached the disk.
            if (end[from + i] != start[i] && end[from + i] != 0) {
                throw refused(file, "ends in something that is no part of a record");
            }
        }
    }

    private static IOException refused(LockedFile file, String why) {
        return new IOException(file.path() + " " + why
                + ": it is damaged or no audit file, and was left as it is. Move it away, or name another file");
    }
}
