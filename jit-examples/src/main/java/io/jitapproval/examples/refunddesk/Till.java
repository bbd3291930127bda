package io.jitapproval.examples.refunddesk;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.examples.refunddesk.Operations.Operation;
import io.jitapproval.spi.ReplayedCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what may be done: by the method of the service that is made for it, or with a plain line in the ledger. */
final class Till {

    private final Ledger ledger;
    private final RefundService plain;
    private final SignedIn signedIn;

    Till(Ledger ledger, SignedIn signedIn) {
        this.ledger = ledger;
        this.plain = new LedgerService(ledger);
        this.signedIn = signedIn;
    }

    RefundService service() {
        return plain;
    }

    /** Does what a request asks for, with these arguments. */
    LedgerEntry run(EvaluationRequest request, Map<String, ? extends @Nullable Object> arguments) {
        EvaluationRequest meant = new EvaluationRequest(
                request.subject(),
                request.actors(),
                new Action(request.action().name(), new LinkedHashMap<>(arguments)),
                request.resource(),
                request.context());
        Optional<Operation> operation = Operations.find(meant);
        return operation.isPresent()
                ? operation.get().on(plain, meant)
                : ledger.write(request.action().name(), request.resource(), arguments);
    }

    /** Runs a call that was kept, in its caller's name, on a thread of the guard's; gives the number of the ledger's line. */
    long run(ReplayedCall call) {
        EvaluationRequest request = new EvaluationRequest(
                call.subject(), call.actors(), new Action(call.action(), call.arguments()), call.resource(), Map.of());
        signedIn.in(call.subject());
        try {
            return run(request, call.arguments()).number();
        } finally {
            signedIn.out();
        }
    }
}
