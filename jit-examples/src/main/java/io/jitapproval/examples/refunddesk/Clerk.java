package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Bundle;
import io.jitapproval.BundleAttempt;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.GuardedUse;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.RequestHandle;
import io.jitapproval.examples.refunddesk.Findings.Case;
import io.jitapproval.examples.refunddesk.Operations.Operation;
import io.jitapproval.examples.refunddesk.Result.Way;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests through the guard, one after the other. A request that is exactly a call of {@link RefundService} goes
 * through the annotated method; every other one is an attempt, with the same guard, policy and ledger.
 */
final class Clerk {

    private static final Duration PATIENCE = Duration.parse(RefundService.PATIENCE);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private static final Duration RUN = Duration.ofSeconds(10);

    private final JitGuard guard;
    private final RefundService annotated;
    private final Till till;
    private final SignedIn signedIn;
    private final Answering answering;
    private final Recorder recorder;
    private final Findings findings;
    private final Aftermath aftermath;

    Clerk(JitGuard guard, Till till, SignedIn signedIn, Answering answering, Recorder recorder) {
        this.guard = guard;
        this.annotated = guard.protect(RefundService.class, till.service());
        this.till = till;
        this.signedIn = signedIn;
        this.answering = answering;
        this.recorder = recorder;
        this.aftermath = new Aftermath(guard, answering, recorder);
        this.findings = aftermath.findings();
    }

    /** What becomes of earlier requests after they were answered. */
    Aftermath aftermath() {
        return aftermath;
    }

    /** Handles a request, or those of a bundle. */
    List<Result> handle(List<Asked> together) {
        Asked first = together.get(0);
        first.how().at().ifPresent(answering::notBefore);
        try {
            List<Result> results = first.how().bundle().isPresent()
                    ? bundle(together)
                    : List.of(first.how().kept() ? keep(first) : call(first));
            results.forEach(aftermath::watch);
            return results;
        } finally {
            answering.answered();
        }
    }

    private Result call(Asked asked) {
        EvaluationRequest request = asked.request();
        boolean emergency = asked.how().emergency().isPresent();
        Optional<Operation> method =
                Operations.find(request).filter(each -> !emergency && isTheSameQuestion(each, request));
        Way way = emergency ? Way.BREAK_GLASS : method.isPresent() ? Way.ANNOTATION : Way.ATTEMPT;
        Case about = begin(asked, way);
        Map<String, @Nullable Object> inHand = inHand(request);
        answering.next(inHand);
        signedIn.in(request.subject());
        try {
            if (method.isPresent()) {
                return findings.ran(about, method.get().on(annotated, request));
            }
            Attempt attempt = attempt(asked, inHand);
            asked.how().emergency().ifPresent(attempt::breakGlass);
            if (!emergency && answering.isWorthWaiting()) {
                attempt.waitAtMost(PATIENCE);
            }
            return findings.ran(about, run(attempt, request, inHand));
        } catch (JitApprovalException refused) {
            return findings.refused(about, refused);
        } catch (RuntimeException failure) {
            return findings.failed(about, failure);
        } finally {
            signedIn.out();
        }
    }

    private Case begin(Asked asked, Way way) {
        return findings.begin(asked, way, answering.time().instant());
    }

    /** Hands the call over and goes on: it runs when it is approved. */
    private Result keep(Asked asked) {
        Case about = begin(asked, Way.REPLAY);
        Map<String, @Nullable Object> inHand = inHand(asked.request());
        answering.next(inHand);
        try {
            RequestHandle handle = attempt(asked, inHand).replay();
            recorder.until(() -> !Findings.isUnderWay(guard, handle.id()), RUN);
            aftermath.kept(about, handle.id());
            return findings.kept(about, handle.id());
        } catch (JitApprovalException refused) {
            return findings.refused(about, refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a kept call ran", e);
        }
    }

    /** Asks about all items at once, and runs each as soon as it may. */
    private List<Result> bundle(List<Asked> items) {
        BundleAttempt making = guard.bundle(items.get(0).how().bundle().orElseThrow());
        List<Case> cases = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        List<Map<String, @Nullable Object>> hands = new ArrayList<>();
        for (Asked asked : items) {
            Map<String, @Nullable Object> inHand = inHand(asked.request());
            cases.add(begin(asked, Way.BUNDLE));
            hands.add(inHand);
            attempts.add(attempt(asked, inHand));
            making.add(attempts.get(attempts.size() - 1));
        }
        Map<Integer, Result> results = new TreeMap<>();
        Bundle bundle = making.submit();
        while (results.size() < items.size()) {
            for (int i = 0; i < items.size(); i++) {
                Bundle.Item item = bundle.items().get(i);
                boolean over = item.status() != Bundle.Status.PENDING || !answering.isWorthWaiting();
                if (over && !results.containsKey(i)) {
                    results.put(i, item(cases.get(i), item, attempts.get(i), hands.get(i)));
                }
            }
            bundle.items().stream()
                    .filter(item -> item.status() == Bundle.Status.PENDING && answering.isWorthWaiting())
                    .flatMap(item -> item.request().stream())
                    .findFirst()
                    .map(ApprovalRequest::id)
                    .ifPresent(id -> guard.request(id).await(LOOK_AGAIN));
            bundle = guard.findBundle(bundle.id()).orElseThrow();
        }
        Bundle whole = bundle;
        return results.values().stream().map(result -> result.in(whole)).toList();
    }

    private Result item(Case about, Bundle.Item item, Attempt attempt, Map<String, @Nullable Object> inHand) {
        if (item.status() != Bundle.Status.APPROVED) {
            return findings.item(about, item);
        }
        EvaluationRequest request = about.asked().request();
        signedIn.in(request.subject());
        try {
            return findings.ran(about, run(attempt, request, inHand));
        } catch (JitApprovalException refused) {
            return findings.refused(about, refused);
        } catch (RuntimeException failure) {
            return findings.failed(about, failure);
        } finally {
            signedIn.out();
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
            } else if (Operations.isLowerable(action, name) && argument.getValue() instanceof BigDecimal number) {
                attempt.withCeiling(name, number);
            } else {
                attempt.with(name, argument.getValue());
            }
        }
        request.context().forEach(attempt::inContext);
        if (!asked.why().isBlank()) {
            attempt.because(asked.why());
        }
        return attempt;
    }

    /** Runs it with the numbers that were approved, which may be lower than those in the caller's hands. */
    private LedgerEntry run(Attempt attempt, EvaluationRequest request, Map<String, @Nullable Object> inHand) {
        return attempt.call((GuardedUse use) -> {
            Map<String, @Nullable Object> approved = new LinkedHashMap<>(inHand);
            use.numbers().forEach((name, number) -> {
                if (approved.get(name) instanceof BigDecimal wanted && wanted.compareTo(number) > 0) {
                    approved.put(name, number);
                }
            });
            return till.run(request, approved);
        });
    }
}
