package io.jitapproval.core.guard;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalCancelledException;
import io.jitapproval.ApprovalExpiredException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.Decision;
import io.jitapproval.Explanation;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Obligation;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Refusal;
import io.jitapproval.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words every refusal. No text here holds an argument's value. */
final class Refusals {

    private static final String ASK_ANEW = "Make the call again to ask anew.";
    private static final String UNKNOWN = "unknown";

    private Refusals() {}

    static ActionDeniedException denied(Call call, Decision decision, String because) {
        if (decision.reason() == Reason.OBLIGATION_UNKNOWN) {
            String ids = decision.obligations().stream()
                    .map(Obligation::id)
                    .distinct()
                    .collect(Collectors.joining(", "));
            return denied(
                    call,
                    decision.reason(),
                    decision,
                    "unknown: " + ids,
                    "Register a handler for it with obligation(…) on the guard.");
        }
        String advice = decision.reason() == Reason.NO_RULE_MATCHED
                ? "If it should be possible, add a rule for " + call.action() + " to the policy."
                : "";
        return denied(call, decision.reason(), decision, because, advice);
    }

    static ActionDeniedException denied(Call call, Reason reason, Decision decision, String detail, String advice) {
        return new ActionDeniedException(refusal(reason, call, null, decision, detail, advice));
    }

    static ActionDeniedException changed(Call call) {
        String advice = "Do not change arguments while a guarded call is under way.";
        return new ActionDeniedException(refusal(Reason.BINDING_MISMATCH, call, null, null, "", advice));
    }

    /** For a stage that its caller completed or cancelled before the action began. */
    static GuardUnavailableException abandoned(Call call) {
        return new GuardUnavailableException(refusal(Reason.CALLER_GONE, call, null, null, "", ASK_ANEW), null);
    }

    static ApprovalPendingException pending(Call call, ApprovalRequest request, Decision decision) {
        String detail = "asked " + String.join(", ", request.asked()) + ", to be decided before "
                + toSecond(request.decideBy()) + ", request " + request.id();
        String advice = "Make the same call again when it is approved.";
        return new ApprovalPendingException(
                refusal(Reason.APPROVAL_PENDING, call, request, decision, detail, advice), request);
    }

    /** For a request that ended without a usable grant. */
    static JitApprovalException ended(Call call, ApprovalRequest request, Reason grantRefusal, Decision decision) {
        return switch (request.state()) {
            case DENIED ->
                new ActionDeniedException(
                        refusal(Reason.APPROVAL_DENIED, call, request, decision, denial(request), ""));
            case EXPIRED ->
                new ApprovalExpiredException(refusal(
                        Reason.APPROVAL_EXPIRED,
                        call,
                        request,
                        decision,
                        "it had to be decided before " + toSecond(request.decideBy()),
                        ASK_ANEW));
            case CANCELLED ->
                new ApprovalCancelledException(
                        refusal(Reason.APPROVAL_CANCELLED, call, request, decision, "", ASK_ANEW));
            case APPROVED -> unusable(call, request, grantRefusal, decision);
            case FAILED ->
                new ActionDeniedException(refusal(
                        request.outcome().orElse(Reason.APPROVAL_UNREACHABLE), call, request, decision, "", ""));
            case PENDING -> unavailable(call, Reason.GUARD_FAILED, null);
        };
    }

    private static JitApprovalException unusable(
            Call call, ApprovalRequest request, Reason grantRefusal, Decision decision) {
        Refusal refusal = refusal(
                grantRefusal,
                call,
                request,
                decision,
                "the approval was given, but its grant cannot be used for this call",
                ASK_ANEW);
        return grantRefusal == Reason.APPROVAL_UNUSED || grantRefusal == Reason.GRANT_EXPIRED
                ? new ApprovalExpiredException(refusal)
                : new ActionDeniedException(refusal);
    }

    private static String denial(ApprovalRequest request) {
        return request.votes().stream()
                .filter(vote -> vote.verdict() == Verdict.DENY)
                .findFirst()
                .map(Refusals::words)
                .orElse("");
    }

    private static String words(CastVote vote) {
        return vote.reason().isEmpty() ? "denied by " + vote.person() : vote.person() + " says: " + vote.reason();
    }

    static GuardUnavailableException unavailable(Call call, Reason reason, @Nullable Throwable cause) {
        return new GuardUnavailableException(refusal(reason, call, null, null, failure(cause), ""), cause);
    }

    /** For an obligation whose handler failed. */
    static GuardUnavailableException obligation(
            Call call, Decision decision, Obligation obligation, Reason reason, Throwable cause) {
        String detail = "obligation " + obligation.id() + ", " + failure(cause);
        String advice = cause instanceof TimeoutException ? "Its handler's timeLimit() says how long it may take." : "";
        return new GuardUnavailableException(refusal(reason, call, null, decision, detail, advice), cause);
    }

    /** For what fails before there is a call, or beside one. */
    static GuardUnavailableException unavailable(String what, Reason reason, @Nullable Throwable cause) {
        return new GuardUnavailableException(bare(reason, what, UNKNOWN, UNKNOWN, failure(cause), ""), cause);
    }

    /** For what is refused before it is frozen. */
    static ActionDeniedException denied(
            Reason reason, String action, Ref subject, Ref resource, String detail, String advice) {
        return new ActionDeniedException(bare(reason, action, subject.toString(), resource.toString(), detail, advice));
    }

    /** For an action that was reached without a guard. */
    static ActionDeniedException outside(String action, String detail, String advice) {
        return new ActionDeniedException(bare(Reason.OUTSIDE_GUARD, action, UNKNOWN, UNKNOWN, detail, advice));
    }

    /** The class alone: the message of a foreign exception may hold anything. */
    private static String failure(@Nullable Throwable cause) {
        return cause == null ? "" : "cause: " + cause.getClass().getSimpleName();
    }

    private static Instant toSecond(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Refusal bare(
            Reason reason, String action, String subject, String resource, String detail, String advice) {
        return new Refusal(
                reason, action, subject, resource, Optional.empty(), List.of(), "", detail, advice, Explanation.NONE);
    }

    private static Refusal refusal(
            Reason reason,
            Call call,
            @Nullable ApprovalRequest request,
            @Nullable Decision decision,
            String detail,
            String advice) {
        List<String> rules = decision == null ? List.of() : decision.rules();
        return new Refusal(
                reason,
                call.action(),
                call.subject.toString(),
                call.resource.toString(),
                request == null ? Optional.empty() : Optional.of(request.id()),
                request == null ? rules : request.rules(),
                decision == null ? "" : decision.policy(),
                detail,
                advice,
                decision == null ? Explanation.NONE : decision.explanation());
    }
}
