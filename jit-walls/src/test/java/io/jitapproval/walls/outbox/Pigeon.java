package io.jitapproval.walls.outbox;

import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A channel that does what it is told to, one notice after the other, and after that carries everything. */
public class Pigeon implements ApprovalChannel {

    /** What it does with one notice. */
    @FunctionalInterface
    public interface Mood {

        /** Returns if the notice is carried. */
        void take(ApprovalNotice notice) throws Throwable;
    }

    private final String name;
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private final List<ApprovalNotice> tried = new CopyOnWriteArrayList<>();
    private final List<ApprovalNotice> carried = new CopyOnWriteArrayList<>();
    private volatile Mood always = notice -> {};

    public Pigeon(String name) {
        this.name = name;
    }

    /** So many times, before anything else. */
    public Pigeon next(int times, Mood mood) {
        for (int i = 0; i < times; i++) {
            moods.add(mood);
        }
        return this;
    }

    /** When nothing else is said. */
    public Pigeon always(Mood mood) {
        always = mood;
        return this;
    }

    public static Mood throwing(Throwable failure) {
        return notice -> {
            throw failure;
        };
    }

    /** Hangs until the latch opens, whoever interrupts it. */
    public static Mood hanging(CountDownLatch until) {
        return notice -> {
            while (until.getCount() > 0) {
                try {
                    until.await();
                } catch (InterruptedException deaf) {
                    Thread.onSpinWait();
                }
            }
        };
    }

    /** Every notice that came, carried or not. */
    public List<ApprovalNotice> tried() {
        return List.copyOf(tried);
    }

    public List<ApprovalNotice> carried() {
        return List.copyOf(carried);
    }

    /** The kinds of what it carried, in order. */
    public List<ApprovalNotice.Kind> kinds() {
        return carried.stream().map(ApprovalNotice::kind).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(ApprovalNotice notice) throws Exception {
        carry(notice);
    }

    final void carry(ApprovalNotice notice) {
        tried.add(notice);
        attempt(notice);
        carried.add(notice);
    }

    final void attempt(ApprovalNotice notice) {
        Mood mood = moods.poll();
        try {
            (mood == null ? always : mood).take(notice);
        } catch (Throwable failure) {
            throw Pigeon.<RuntimeException>sneaky(failure);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
