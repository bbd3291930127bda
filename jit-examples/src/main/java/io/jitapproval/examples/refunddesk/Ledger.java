package io.jitapproval.examples.refunddesk;

import io.jitapproval.Ref;
import io.jitapproval.Resource;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file with one JSON object a line: what the actions have really done. One process at a time; lines are only appended. */
final class Ledger implements Closeable {

    private final FileChannel file;
    private final InstantSource clock;
    private final Supplier<Ref> actor;
    private int entries;

    private Ledger(FileChannel file, int entries, InstantSource clock, Supplier<Ref> actor) {
        this.file = file;
        this.entries = entries;
        this.clock = clock;
        this.actor = actor;
    }

    static Ledger open(Path path, InstantSource clock, Supplier<Ref> actor) throws UnusableInputException {
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                throw new IOException("another process is using it");
            }
            byte[] content = Files.readAllBytes(path);
            if (content.length > 0 && content[content.length - 1] != '\n') {
                throw new IOException("its last line is not finished, so it is no ledger: move it away");
            }
            int lines = 0;
            for (byte each : content) {
                lines += each == '\n' ? 1 : 0;
            }
            return new Ledger(file, lines, clock, actor);
        } catch (IOException | OverlappingFileLockException e) {
            close(file);
            throw Output.unusable(path, "ledger", e);
        }
    }

    private static void close(@Nullable FileChannel file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // nothing has been written
            }
        }
    }

    /** Appends one line: whole and forced to the disk when this returns, and no part of it otherwise. */
    LedgerEntry write(String action, Resource resource, Map<String, ? extends @Nullable Object> arguments) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("entry", entries + 1);
        line.put("at", clock.instant());
        line.put("by", actor.get());
        line.put("action", action);
        line.put("resource", resource.ref());
        line.put("arguments", arguments);
        ByteBuffer bytes = ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            long end = file.size();
            try {
                file.position(end);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
            } catch (IOException e) {
                file.truncate(end);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written: " + e.getMessage(), e);
        }
        entries++;
        return new LedgerEntry(entries, arguments);
    }

    @Override
    public void close() {
        close(file);
    }
}
