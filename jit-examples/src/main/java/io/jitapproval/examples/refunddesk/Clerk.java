package io.jitapproval.examples.refunddesk;

import io.jitapproval.Attempt;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.examples.refunddesk.Operations.Operation;
import io.jitapproval.examples.refunddesk.Result.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests through the guard, one after the other. A request that is exactly a call of {@link RefundService} goes
 * through the annotated method; every other one is an attempt, with the same guard, policy and ledger.
 */
final class Clerk {

    private static final Duration PATIENCE = Duration.parse(RefundService.PATIENCE);

    private final JitGuard guard;
    private final RefundService annotated;
    private final RefundService plain;
    private final Ledger ledger;
    private final SignedIn signedIn;
    private final Answering answering;
    private final Findings findings;

    Clerk(JitGuard guard, Ledger ledger, SignedIn signedIn, Answering answering, Recorder recorder) {
        this.guard = guard;
        this.plain = new LedgerService(ledger);
        this.annotated = guard.protect(RefundService.class, plain);
        this.ledger = ledger;
        this.signedIn = signedIn;
        this.answering = answering;
        this.findings = new Findings(guard, recorder);
    }

    Result handle(Asked asked) {
        EvaluationRequest request = asked.request();
        Optional<Operation> operation = Operations.find(request);
        Optional<Operation> method = operation.filter(each -> isTheSameQuestion(each, request));
        Way way = method.isPresent() ? Way.ANNOTATION : Way.ATTEMPT;
        Instant start = answering.time().instant();
        List<Grant> before = findings.earlier(request);
        Map<String, @Nullable Object> inHand = inHand(request);
        answering.next(inHand);
        signedIn.in(request.subject());
        try {
            LedgerEntry entry = method.isPresent()
                    ? method.get().on(annotated, request)
                    : attempt(asked, inHand).call(() -> run(operation, request, inHand));
            return findings.ran(asked, way, start, before, entry);
        } catch (JitApprovalException refused) {
            return findings.refused(asked, way, start, before, refused);
        } catch (RuntimeException failure) {
            return findings.failed(asked, way, start, before, failure);
        } finally {
            signedIn.out();
            answering.answered();
        }
    }

    /**
     * Whether the annotated method asks the guard exactly what the request asks: it hands over no context and no properties
     * of the resource, it waits for people, and the parameter that names the resource is one argument more.
     */
    private boolean isTheSameQuestion(Operation operation, EvaluationRequest request) {
        return answering.isWorthWaiting()
                && request.context().isEmpty()
                && request.resource().properties().isEmpty()
                && guard.decide(request).equals(guard.decide(operation.asCalled(request)));
    }

    /** The arguments as the caller holds them: lists and objects that others may hold, and change, as well. */
    private static Map<String, @Nullable Object> inHand(EvaluationRequest request) {
        Map<String, @Nullable Object> inHand = new LinkedHashMap<>();
        request.action().properties().forEach((name, value) -> inHand.put(name, copy(value)));
        return inHand;
    }

    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, each) -> copy.put(name, copy(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(copy(each)));
            return copy;
        }
        return value;
    }

    private Attempt attempt(Asked asked, Map<String, @Nullable Object> inHand) {
        EvaluationRequest request = asked.request();
        String action = request.action().name();
        Attempt attempt = guard.attempt(action).by(request.subject()).on(request.resource());
        for (Map.Entry<String, @Nullable Object> argument : inHand.entrySet()) {
            String name = argument.getKey();
            if (Operations.isSensitive(action, name)) {
                attempt.withSensitive(name, argument.getValue());
            } else if (Operations.isUnbound(action, name)) {
                attempt.withUnbound(name, argument.getValue());
            } else {
                attempt.with(name, argument.getValue());
            }
        }
        request.context().forEach(attempt::inContext);
        if (!asked.why().isBlank()) {
            attempt.because(asked.why());
        }
        return answering.isWorthWaiting() ? attempt.waitAtMost(PATIENCE) : attempt;
    }

    private LedgerEntry run(
            Optional<Operation> operation, EvaluationRequest request, Map<String, @Nullable Object> inHand) {
        return operation.isPresent()
                ? operation.get().on(plain, request)
                : ledger.write(request.action().name(), request.resource(), inHand);
    }
}
