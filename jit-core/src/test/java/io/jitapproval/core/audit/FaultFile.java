package io.jitapproval.core.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file in memory that fails as it is told and remembers what was done to it. */
final class FaultFile implements LogFile {

    final List<String> events = new ArrayList<>();
    byte[] content = new byte[0];
    int chunk = Integer.MAX_VALUE;
    int failWriteAfter = Integer.MAX_VALUE;
    int stallWriteAfter = Integer.MAX_VALUE;
    Throwable writeFailure = new IOException("No space left on device");
    Throwable forceFailure;
    Throwable truncateFailure;
    Throwable lengthFailure;
    boolean inPlace = true;
    boolean closed;

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        if (events.stream().filter("write"::equals).count() >= failWriteAfter) {
            events.add("failed write");
            fail(writeFailure);
        }
        if (events.stream().filter("write"::equals).count() >= stallWriteAfter) {
            return 0;
        }
        events.add("write");
        byte[] part = new byte[Math.min(chunk, bytes.remaining())];
        bytes.get(part);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(Arrays.copyOf(content, (int) position));
        all.write(part);
        content = all.toByteArray();
        return part.length;
    }

    @Override
    public void force() throws IOException {
        fail(forceFailure);
        events.add("force");
    }

    @Override
    public void truncate(long length) throws IOException {
        fail(truncateFailure);
        events.add("truncate");
        content = Arrays.copyOf(content, (int) length);
    }

    @Override
    public long length() throws IOException {
        fail(lengthFailure);
        return content.length;
    }

    @Override
    public boolean inPlace() {
        return inPlace;
    }

    @Override
    public void close() {
        closed = true;
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static void fail(Throwable failure) throws IOException {
        if (failure instanceof IOException thrown) {
            throw thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
    }
}
