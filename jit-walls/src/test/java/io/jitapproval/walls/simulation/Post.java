package io.jitapproval.walls.simulation;

import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import java.util.ArrayList;
import java.util.List;

/** A channel that fails a few times, and keeps what it took. */
final class Post implements ApprovalChannel {

    private final Conductor conductor;
    private final Names names;
    private final List<String> taken = new ArrayList<>();
    private int failures;

    Post(Conductor conductor, Names names, int failures) {
        this.conductor = conductor;
        this.names = names;
        this.failures = failures;
    }

    @Override
    public String name() {
        return "post";
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        conductor.pause(() -> "delivers " + names.of(notice.id()));
        if (failures > 0) {
            failures--;
            throw new Undelivered();
        }
        taken.add(notice.id());
        conductor.pause(() -> "has delivered " + names.of(notice.id()));
    }

    /** The ids of the notices in the order in which they were taken. */
    List<String> taken() {
        return taken;
    }

    private static final class Undelivered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undelivered() {
            super("no post today", null, false, false);
        }
    }
}
