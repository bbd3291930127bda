package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.core.approval.Tidings.Told;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.OutboxMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Puts the messages about the end of a request into the step that ends it, whatever the step is. */
public final class Telling {

    private Telling() {}

    /**
     * The same change, and if it ends the request, with the messages that say so.
     *
     * @param change  the change
     * @param tidings says what to tell
     * @param renewed puts the request, which counts its messages, into the result in place of the one that did not
     * @param <R>     what the change results in
     * @return the change
     */
    public static <R> Change<ApprovalRequest, R> ofTheEnd(
            Change<ApprovalRequest, R> change, Tidings tidings, BiFunction<R, ApprovalRequest, R> renewed) {
        return (current, now) -> {
            Step<ApprovalRequest, R> step = change.apply(current, now);
            ApprovalRequest next = step.next();
            if (next == null || current.state() != State.PENDING || next.state() == State.PENDING) {
                return step;
            }
            Told told = tidings.about(next, Kind.ENDED, List.of(), now);
            List<OutboxMessage> messages = new ArrayList<>(step.messages());
            messages.addAll(told.messages());
            return new Step<>(
                    told.request(),
                    step.grant(),
                    step.records(),
                    messages,
                    step.entries(),
                    renewed.apply(step.result(), told.request()));
        };
    }
}
