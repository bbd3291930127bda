package io.jitapproval.test;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has arrived at a {@link FakeApprover}, and whether it is at work on it. */
final class Inbox {

    /** Real time within which a request that was asked has to arrive. */
    private static final long PATIENCE_SECONDS = 10;

    private static final long MOMENT_MILLIS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ApprovalNotice> notices = new LinkedHashMap<>();
    private final Map<String, List<String>> remarks = new LinkedHashMap<>();
    private int busy;

    /** Keeps the latest notice of each request of which anything but its end arrived here. */
    void put(ApprovalNotice notice) {
        String id = notice.request().id();
        locked(() -> notice.kind() != Kind.ENDED || notices.containsKey(id) ? notices.put(id, notice) : null);
    }

    List<ApprovalNotice> notices() {
        return locked(() -> List.copyOf(notices.values()));
    }

    List<ApprovalNotice> questions() {
        return notices().stream().filter(notice -> notice.kind() != Kind.ENDED).toList();
    }

    void remark(String requestId, String text) {
        locked(() -> remarks.computeIfAbsent(requestId, id -> new ArrayList<>()).add(text));
    }

    List<String> remarks(String requestId) {
        return locked(() -> List.copyOf(remarks.getOrDefault(requestId, List.of())));
    }

    void clear() {
        locked(() -> {
            notices.clear();
            remarks.clear();
            return true;
        });
    }

    /** Does something, and is busy until it is done. */
    void work(Runnable work) {
        locked(() -> ++busy);
        try {
            work.run();
        } finally {
            locked(() -> --busy);
        }
    }

    /** Whether work is going on, or one of the requests that wait has not arrived. */
    boolean isBusy(List<ApprovalRequest> waiting) {
        return locked(() -> busy > 0 || !waiting.stream().allMatch(request -> notices.containsKey(request.id())));
    }

    /** Waits until nothing is on its way and no work is going on; gives up after a long real time. */
    void settle(Supplier<List<ApprovalRequest>> waiting) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (isBusy(waiting.get()) && System.nanoTime() - end < 0) {
            if (!awaitChange()) {
                return;
            }
        }
    }

    private boolean awaitChange() {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(MOMENT_MILLIS);
            int before = busy;
            while (left > 0 && busy == before) {
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> access) {
        lock.lock();
        try {
            return access.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }
}
