package io.jitapproval.walls;

import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;

/** Somebody hears, and says nothing. */
public final class Ear implements ApprovalChannel {

    @Override
    public String name() {
        return "ear";
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        // heard
    }
}
