package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Says which messages go out about a change of a request, so that they are put into the outbox with it. Pure and thread-safe. */
@FunctionalInterface
public interface Tidings {

    /** Tells nobody. */
    Tidings NONE = (after, kind, people, now) -> new Told(after, List.of());

    /**
     * What to tell, and the request that counts it.
     *
     * @param request  the request, with who is named as asked and with the number of its messages brought up to date
     * @param messages the messages
     */
    record Told(ApprovalRequest request, List<OutboxMessage> messages) {}

    /**
     * What to tell about a change.
     *
     * @param after  the request after the change
     * @param kind   what kind of change
     * @param people those who may vote now and have not; empty if the notice is for nobody in particular
     * @param now    the store's instant
     * @return what to tell
     */
    Told about(ApprovalRequest after, ApprovalNotice.Kind kind, Collection<Person> people, Instant now);
}
