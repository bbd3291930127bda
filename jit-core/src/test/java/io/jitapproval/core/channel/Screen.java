package io.jitapproval.core.channel;

import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the terminal shows. A test waits for a text to appear after the last one that it waited for. */
final class Screen extends Writer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReentrantLock guard = new ReentrantLock();
    private final Condition written = guard.newCondition();
    private final StringBuilder text = new StringBuilder();
    private int seen;

    @Override
    public void write(char[] buffer, int offset, int length) {
        guard.lock();
        try {
            text.append(buffer, offset, length);
            written.signalAll();
        } finally {
            guard.unlock();
        }
    }

    /** Returns what was shown since the last call, up to the end of the awaited text. */
    String await(String expected) throws InterruptedException {
        guard.lock();
        try {
            long left = PATIENCE.toNanos();
            while (text.indexOf(expected, seen) < 0) {
                if (left <= 0) {
                    throw new AssertionError("'" + expected + "' did not appear after: " + text.substring(seen));
                }
                left = written.awaitNanos(left);
            }
            int end = text.indexOf(expected, seen) + expected.length();
            String part = text.substring(seen, end);
            seen = end;
            return part;
        } finally {
            guard.unlock();
        }
    }

    /** What is typed stands on the screen as well. */
    void echo(String line) {
        write(
                (line + System.lineSeparator()).toCharArray(),
                0,
                line.length() + System.lineSeparator().length());
    }

    String all() {
        guard.lock();
        try {
            return text.toString();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        throw new AssertionError("the output is not the channel's to close");
    }
}
