package io.jitapproval.core.channel;

import java.io.InterruptedIOException;
import java.io.Reader;
import java.util.concurrent.LinkedBlockingQueue;

/** A keyboard: blocks until somebody types. */
final class Typist extends Reader {

    private static final String END = "end of input";

    private final LinkedBlockingQueue<String> typed = new LinkedBlockingQueue<>();
    private String rest = "";
    private volatile boolean closed;
    private volatile Thread reader;

    void type(String line) {
        typed.add(line + "\n");
    }

    void end() {
        typed.add(END);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws InterruptedIOException {
        reader = Thread.currentThread();
        if (rest.isEmpty()) {
            try {
                rest = typed.take();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted");
            }
        }
        if (rest.equals(END)) {
            return -1;
        }
        int count = Math.min(length, rest.length());
        rest.getChars(0, count, buffer, offset);
        rest = rest.substring(count);
        return count;
    }

    /** Waits until somebody reads, and returns the thread. */
    Thread reader() {
        while (reader == null) {
            Thread.onSpinWait();
        }
        return reader;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
