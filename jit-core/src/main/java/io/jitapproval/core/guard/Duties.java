package io.jitapproval.core.guard;

import io.jitapproval.Decision;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.spi.ObligationHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the obligations of decisions to their handlers. */
final class Duties {

    private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

    private final Map<String, ObligationHandler> handlers;
    private final InstantSource clock;
    private final Limited limited;

    Duties(GuardSettings settings, Limited limited) {
        this.handlers = settings.obligations();
        this.clock = settings.time();
        this.limited = limited;
    }

    /** What is to be done before a call may run, on the ground of this decision. */
    Duty of(Call call, Decision decision) {
        return new Duty(call, decision);
    }

    /** After a denial is on record; nothing that goes wrong here changes it. */
    void afterDenial(Call call, Decision denied) {
        if (denied.reason() == Reason.OBLIGATION_UNKNOWN) {
            return;
        }
        for (Obligation obligation : denied.obligations()) {
            try {
                fulfil(obligation, call, denied);
            } catch (Throwable failure) {
                Failures.keepInterrupt(failure);
                LOG.warn("{} was denied, but its obligation {} failed", call.action(), obligation.id(), failure);
            }
        }
    }

    /** Within the handler's limit, in real time and by the guard's: the decision must not grow older than that. */
    private void fulfil(Obligation obligation, Call call, Decision decision) throws Exception {
        ObligationHandler handler = handler(obligation);
        Duration limit = handler.timeLimit();
        Instant start = clock.instant();
        limited.call(limit, () -> {
            handler.fulfil(obligation, call.request, decision);
            return true;
        });
        if (!limit.isZero() && Duration.between(start, clock.instant()).compareTo(limit) > 0) {
            throw new TimeoutException("the obligation " + obligation.id() + " took longer than " + limit);
        }
    }

    private ObligationHandler handler(Obligation obligation) {
        ObligationHandler handler = handlers.get(obligation.id());
        if (handler == null) {
            throw new IllegalStateException("no handler is registered for the obligation " + obligation.id());
        }
        return handler;
    }

    /** The obligations of one step of a call; each is fulfilled once, however often the step tries to begin. */
    final class Duty {

        private final Call call;
        private final Decision decision;
        private boolean done;

        private Duty(Call call, Decision decision) {
            this.call = call;
            this.decision = decision;
            this.done = decision.obligations().isEmpty();
        }

        boolean isDone() {
            return done;
        }

        /**
         * Fulfils them, if that is still to be done.
         *
         * @throws JitApprovalException if one fails; then the call must not run
         */
        void fulfil() {
            if (done) {
                return;
            }
            for (Obligation obligation : decision.obligations()) {
                try {
                    Duties.this.fulfil(obligation, call, decision);
                } catch (Throwable failure) {
                    throw Refusals.obligation(
                            call, decision, obligation, Failures.reason(failure, Reason.OBLIGATION_FAILED), failure);
                }
            }
            done = true;
        }

        /** What the record of the use says. */
        Map<String, Object> details() {
            return Details.of(
                    decision.explanation(),
                    decision.obligations().stream().map(Obligation::id).toList());
        }
    }
}
