package io.jitapproval.core.feedback.history;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The lines of a file, one at a time and without copies: what is read of one is gone with the next. */
final class LineSource implements Closeable {

    /** The longest line in bytes, 1 MiB. */
    static final int LONGEST = 1 << 20;

    private static final int FIRST_BUFFER = 1 << 16;
    private static final int GZIP = 0x8b1f;

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int next;
    private int filled;
    private boolean over;

    private int from;
    private int to;
    private long number;
    private boolean tooLong;
    private boolean ended;
    private boolean ascii;
    private boolean escapes;

    private LineSource(InputStream in) {
        this.in = in;
    }

    /** Opens a file, unpacking it if it is packed with gzip. */
    static LineSource open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), FIRST_BUFFER);
        try {
            in.mark(2);
            int magic = in.read() | (in.read() << 8);
            in.reset();
            return new LineSource(magic == GZIP ? new GZIPInputStream(in, FIRST_BUFFER) : in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        from = next;
        tooLong = false;
        ended = false;
        ascii = true;
        escapes = false;
        int at = from;
        while (true) {
            int bits = 0;
            boolean slashes = false;
            while (at < filled && buffer[at] != '\n') {
                bits |= buffer[at];
                slashes |= buffer[at] == '\\';
                at++;
            }
            ascii &= bits >= 0;
            escapes |= slashes;
            if (at < filled) {
                ended = true;
                break;
            }
            if (at - from > LONGEST) {
                tooLong = true;
                at = from;
                filled = from;
            }
            int moved = fill();
            at -= moved;
            if (over) {
                break;
            }
        }
        if (!ended && at == from && !tooLong) {
            return false;
        }
        tooLong |= at - from > LONGEST;
        number++;
        to = at;
        next = ended ? at + 1 : at;
        if (to > from && buffer[to - 1] == '\r') {
            to--;
        }
        if (number == 1 && startsWith(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})) {
            from += 3;
        }
        return true;
    }

    /** Reads more, with the line that is under way at the front; returns by how much it moved. */
    private int fill() throws IOException {
        int moved = from;
        if (filled == buffer.length) {
            if (from > 0) {
                System.arraycopy(buffer, from, buffer, 0, filled - from);
            } else {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
                moved = 0;
            }
            filled -= moved;
            from -= moved;
        } else {
            moved = 0;
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        over = read < 0;
        filled += Math.max(0, read);
        return moved;
    }

    boolean startsWith(byte[] start) {
        return to - from >= start.length && Arrays.equals(buffer, from, from + start.length, start, 0, start.length);
    }

    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return !tooLong;
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /** Counted from 1. */
    long number() {
        return number;
    }

    /** Whether it is longer than {@link #LONGEST}; nothing of it is there then. */
    boolean tooLong() {
        return tooLong;
    }

    /** Whether a line end follows it. */
    boolean ended() {
        return ended;
    }

    boolean ascii() {
        return ascii;
    }

    /** Whether a backslash stands in it. */
    boolean escapes() {
        return escapes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
