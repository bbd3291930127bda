package io.jitapproval.walls.outbox;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.OutboxMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Lets a process lose its store at a certain moment; what was written stays. */
final class Crashing {

    private enum When {
        NEVER,
        AFTER_SUBMIT,
        BEFORE_MARK
    }

    private volatile When when = When.NEVER;
    private volatile boolean gone;

    void afterSubmit() {
        when = When.AFTER_SUBMIT;
    }

    void beforeTheMark() {
        when = When.BEFORE_MARK;
    }

    /** Another process comes, and finds everything as it was written. */
    void over() {
        when = When.NEVER;
        gone = false;
    }

    GrantStore apply(GrantStore real) {
        return new ForwardingGrantStore(real) {

            private void check() {
                if (gone) {
                    throw new IllegalStateException("the process has stopped");
                }
            }

            @Override
            public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
                check();
                ApprovalRequest made = super.submit(key, submission, journal);
                if (when == When.AFTER_SUBMIT) {
                    gone = true;
                    check();
                }
                return made;
            }

            @Override
            public <R> Optional<R> changeMessage(String id, Change<OutboxMessage, R> change, Journal journal) {
                return super.changeMessage(
                        id,
                        (current, now) -> {
                            if (when == When.BEFORE_MARK && current.attempts() > 0) {
                                throw new IllegalStateException("the process has stopped");
                            }
                            check();
                            return change.apply(current, now);
                        },
                        journal);
            }
        };
    }
}
