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
    private volatile boolean waiting;
    private volatile String forEnter = "";
    private volatile Thread reader;

    void type(String line) {
        waiting = false;
        typed.add((line.isEmpty() ? forEnter : line) + "\n");
    }

    /** From now on Enter alone types this. */
    void enterMeans(String line) {
        forEnter = line;
    }

    /** Waits until somebody waits for the next line. */
    void rest() {
        while (!waiting) {
            Thread.onSpinWait();
        }
    }

    void end() {
        typed.add(END);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws InterruptedIOException {
        reader = Thread.currentThread();
        if (rest.isEmpty()) {
            try {
                waiting = typed.isEmpty();
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
