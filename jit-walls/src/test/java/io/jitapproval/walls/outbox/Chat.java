package io.jitapproval.walls.outbox;

import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel whose messages stay where they are and can be changed: what people see is the latest notice under each handle. */
public final class Chat extends Pigeon implements UpdatingApprovalChannel {

    private final AtomicInteger posts = new AtomicInteger();
    private final Map<String, ApprovalNotice> shown = new ConcurrentHashMap<>();
    private volatile boolean nameless;

    public Chat(String name) {
        super(name);
    }

    /** The next message gets no name. */
    public void forgetsToName() {
        nameless = true;
    }

    /** What can be read there now, by handle. */
    public Map<String, ApprovalNotice> shown() {
        return Map.copyOf(shown);
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        throw new AssertionError("a guard sends and updates here");
    }

    @Override
    public String send(ApprovalNotice notice) {
        carry(notice);
        if (nameless) {
            nameless = false;
            return " ";
        }
        String handle = name() + "-" + posts.incrementAndGet();
        shown.put(handle, notice);
        return handle;
    }

    @Override
    public void update(String message, ApprovalNotice notice) {
        carry(notice);
        if (shown.replace(message, notice) == null) {
            throw new IllegalStateException("no message " + message);
        }
    }
}
