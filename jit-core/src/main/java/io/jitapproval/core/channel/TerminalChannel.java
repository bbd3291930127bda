package io.jitapproval.core.channel;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Approvals;
import io.jitapproval.Ref;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.InteractiveApprovalChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks on a terminal, one request after the other, on one daemon thread that {@link #connect} starts. Deliveries only queue
 * (and tell what becomes of what is queued or shown); voting and reading happen on that thread.
 *
 * <p>A line that is typed counts for the request that was shown when it was asked for, and never for another one: if that
 * has ended in the meantime, the line is dropped.
 *
 * <p>Closing lets the thread go with the next line or the end of the input at the latest; the input is not closed, since
 * it is the process's own.
 */
public final class TerminalChannel implements InteractiveApprovalChannel {

    static final String NAME = "terminal";
    static final int MAX_WAITING = 1000;

    private static final int MAX_SEEN = 4096;

    private final Waiting queue = new Waiting();
    private final PrintWriter out;
    private final InstantSource clock;
    private final TerminalDialogue dialogue;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // Under the lock.
    private final Deque<Question> waiting = new ArrayDeque<>();
    private final List<Question> later = new ArrayList<>();
    private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_SEEN;
        }
    });
    private @Nullable Question shown;
    private @Nullable Thread thread;
    private boolean idle;
    private boolean silent;
    private boolean closed;

    /**
     * A channel on a pair of reader and writer.
     *
     * @param in       where answers come from; not closed
     * @param out      where questions go; not closed
     * @param clock    the clock for the time left
     * @param identity what to make of the name that somebody types
     */
    public TerminalChannel(BufferedReader in, PrintWriter out, InstantSource clock, Function<String, Ref> identity) {
        this.out = requireNonNull(out, "out");
        this.clock = requireNonNull(clock, "clock");
        this.dialogue =
                new TerminalDialogue(requireNonNull(in, "in"), out, clock, requireNonNull(identity, "identity"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void connect(Approvals approvals) {
        requireNonNull(approvals, "approvals");
        lock.lock();
        try {
            if (thread != null || closed) {
                throw new IllegalStateException("the terminal is connected or closed already");
            }
            thread = new Thread(null, () -> run(approvals), "jit-terminal", 0, false);
            thread.setDaemon(true);
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        String print = switch (notice.kind()) {
            case ASKED -> asked(notice);
            case ESCALATED -> isHere(notice) ? "" : asked(notice);
            case REMINDED -> isHere(notice) ? reminded(notice) : asked(notice);
            case CHANGED -> isHere(notice) ? changed(notice) : asked(notice);
            case NOTED -> isHere(notice) ? noted(notice) : "";
            case ALARM -> RequestText.alarm(notice.request());
            case OBSERVED -> RequestText.observed(notice.request());
            case ENDED -> ended(notice);
        };
        if (!print.isEmpty()) {
            say(print);
        }
    }

    private String asked(ApprovalNotice notice) {
        lock.lock();
        try {
            if (silent || closed) {
                throw new IllegalStateException("nobody answers at the terminal any more: its input has ended");
            }
            if (waiting.size() + later.size() >= MAX_WAITING) {
                throw new IllegalStateException(MAX_WAITING + " requests wait at the terminal already");
            }
            if (!seen.add(notice.id())) {
                return "";
            }
            waiting.add(new Question(notice.request(), notice.people()));
            arrived.signal();
            return idle ? "A request waits: press Enter." : "";
        } finally {
            lock.unlock();
        }
    }

    private boolean isHere(ApprovalNotice notice) {
        String id = notice.request().id();
        lock.lock();
        try {
            boolean onScreen = shown != null && shown.id().equals(id);
            boolean queued = Stream.concat(waiting.stream(), later.stream())
                    .anyMatch(question -> question.id().equals(id));
            return !silent && (onScreen || queued);
        } finally {
            lock.unlock();
        }
    }

    /** What was put off is asked again. */
    private String reminded(ApprovalNotice notice) {
        String id = notice.request().id();
        lock.lock();
        try {
            if (!seen.add(notice.id())) {
                return "";
            }
            later.stream().filter(question -> question.id().equals(id)).forEach(waiting::add);
            later.removeIf(question -> question.id().equals(id));
            arrived.signal();
            return RequestText.end(notice.request(), clock.instant())
                    + (idle ? System.lineSeparator() + "Press Enter to decide." : "");
        } finally {
            lock.unlock();
        }
    }

    /** What is not shown yet is shown as it is now; what is shown says that it is old. */
    private String changed(ApprovalNotice notice) {
        String id = notice.request().id();
        lock.lock();
        try {
            if (!seen.add(notice.id())) {
                return "";
            }
            boolean open = shown != null && shown.id().equals(id);
            return RequestText.what(notice.request()) + ": changed by the requester"
                    + (open
                            ? "." + System.lineSeparator() + "What stands above is old: press Enter to see it anew."
                            : "");
        } finally {
            lock.unlock();
        }
    }

    /** What was said; what was said here is no news, and what the requester says makes old what stands on the screen. */
    private String noted(ApprovalNotice notice) {
        String said = RequestText.saying(notice.request());
        lock.lock();
        try {
            boolean open = shown != null && shown.id().equals(notice.request().id());
            if (!seen.add(notice.id()) || (open && shown != null && shown.said.equals(said))) {
                return "";
            }
            boolean old = open && shown != null && notice.request().version() > shown.version;
            return RequestText.lastNote(notice.request())
                    + (old ? System.lineSeparator() + "Press Enter to see it anew." : "");
        } finally {
            lock.unlock();
        }
    }

    private String ended(ApprovalNotice notice) {
        lock.lock();
        try {
            String id = notice.request().id();
            if (shown != null && shown.id().equals(id)) {
                shown.ended = notice.request();
                if (shown.voting) {
                    return "";
                }
                shown.told = true;
                return RequestText.end(notice.request(), clock.instant()) + System.lineSeparator()
                        + "Press Enter to go on.";
            }
            boolean removed = waiting.removeIf(question -> question.id().equals(id));
            removed |= later.removeIf(question -> question.id().equals(id));
            return removed && !silent ? RequestText.end(notice.request(), clock.instant()) : "";
        } finally {
            lock.unlock();
        }
    }

    /** On a line of its own, also where a question waits for its answer. */
    private void say(String text) {
        StringBuilder lines = new StringBuilder(isAsking() ? System.lineSeparator() : "");
        Wrap.lines(text).forEach(line -> lines.append(line).append(System.lineSeparator()));
        out.print(lines);
        out.flush();
    }

    private boolean isAsking() {
        lock.lock();
        try {
            return idle || shown != null;
        } finally {
            lock.unlock();
        }
    }

    private void run(Approvals approvals) {
        try {
            Question next = next();
            while (next != null) {
                boolean putOff = dialogue.ask(next, approvals, queue);
                done(next, putOff);
                next = next();
            }
        } catch (IOException | RuntimeException e) {
            fallSilent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next question to show; null when there will be none. */
    private @Nullable Question next() throws InterruptedException, IOException {
        while (true) {
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && later.isEmpty() && !closed) {
                    arrived.await();
                }
                if (closed) {
                    return null;
                }
                shown = waiting.poll();
                if (shown != null) {
                    return shown;
                }
                idle = true;
            } finally {
                lock.unlock();
            }
            dialogue.pause(later.size());
            lock.lock();
            try {
                idle = false;
                waiting.addAll(later);
                later.clear();
            } finally {
                lock.unlock();
            }
        }
    }

    private void done(Question question, boolean putOff) {
        lock.lock();
        try {
            shown = null;
            if (queue.picked) {
                Question next = waiting.poll();
                if (question.ended == null) {
                    waiting.addFirst(question);
                }
                if (next != null) {
                    waiting.addFirst(next);
                }
                queue.picked = false;
            } else if (putOff && question.ended == null) {
                later.add(question);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fallSilent() {
        int left;
        lock.lock();
        try {
            silent = true;
            left = waiting.size() + later.size() + (shown == null ? 0 : 1);
            shown = null;
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        say(System.lineSeparator() + "The input has ended: nobody answers here any more."
                + (left == 0 ? "" : " Still open elsewhere: " + left + "."));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The terminal's side for the dialogue. */
    private final class Waiting implements TerminalDialogue.Queue {

        private boolean picked;

        /** While a vote is being cast, its own end is not news. */
        @Override
        public void voting(Question question, boolean begins) {
            lock.lock();
            try {
                question.voting = begins;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<Question> others() {
            lock.lock();
            try {
                return List.copyOf(waiting);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean pick(Question question) {
            lock.lock();
            try {
                picked = waiting.remove(question);
                if (picked) {
                    waiting.addFirst(question);
                }
                return picked;
            } finally {
                lock.unlock();
            }
        }
    }
}
