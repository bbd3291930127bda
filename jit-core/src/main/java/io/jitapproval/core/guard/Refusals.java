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
import io.jitapproval.Reason;
import io.jitapproval.Refusal;
import io.jitapproval.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Words every refusal. No text here holds an argument's value. */
final class Refusals {

    private static final String ASK_ANEW = "Make the call again to ask anew.";

    private Refusals() {}

    static ActionDeniedException denied(Call call, Decision decision, String because) {
        String advice = decision.reason() == Reason.NO_RULE_MATCHED
                ? "If it should be possible, add a rule for " + call.action() + " to the policy."
                : "";
        return denied(call, decision.reason(), decision, because, advice);
    }

    static ActionDeniedException denied(Call call, Reason reason, Decision decision, String detail, String advice) {
        return new ActionDeniedException(
                refusal(reason, call, Optional.empty(), decision.rules(), detail, advice, decision.explanation()));
    }

    static ActionDeniedException changed(Call call) {
        return new ActionDeniedException(refusal(
                Reason.BINDING_MISMATCH,
                call,
                Optional.empty(),
                List.of(),
                "",
                "Do not change arguments while a guarded call is under way.",
                Explanation.NONE));
    }

    static ApprovalPendingException pending(Call call, ApprovalRequest request, Decision decision) {
        return new ApprovalPendingException(
                refusal(
                        Reason.APPROVAL_PENDING,
                        call,
                        Optional.of(request.id()),
                        request.rules(),
                        "asked " + String.join(", ", request.asked()) + ", to be decided before " + request.decideBy()
                                + ", request " + request.id(),
                        "Make the same call again when it is approved.",
                        decision.explanation()),
                request);
    }

    /** For a request that ended without a usable grant. */
    static JitApprovalException ended(Call call, ApprovalRequest request, Reason grantRefusal, Decision decision) {
        Optional<String> id = Optional.of(request.id());
        return switch (request.state()) {
            case DENIED ->
                new ActionDeniedException(refusal(
                        Reason.APPROVAL_DENIED,
                        call,
                        id,
                        request.rules(),
                        denial(request),
                        "",
                        decision.explanation()));
            case EXPIRED ->
                new ApprovalExpiredException(refusal(
                        Reason.APPROVAL_EXPIRED,
                        call,
                        id,
                        request.rules(),
                        "it had to be decided before " + request.decideBy(),
                        ASK_ANEW,
                        decision.explanation()));
            case CANCELLED ->
                new ApprovalCancelledException(refusal(
                        Reason.APPROVAL_CANCELLED, call, id, request.rules(), "", ASK_ANEW, decision.explanation()));
            case APPROVED -> unusable(call, request, grantRefusal, decision);
            case FAILED, PENDING ->
                new ActionDeniedException(refusal(
                        request.outcome().orElse(Reason.APPROVAL_UNREACHABLE),
                        call,
                        id,
                        request.rules(),
                        "",
                        "",
                        decision.explanation()));
        };
    }

    private static JitApprovalException unusable(
            Call call, ApprovalRequest request, Reason grantRefusal, Decision decision) {
        Refusal refusal = refusal(
                grantRefusal,
                call,
                Optional.of(request.id()),
                request.rules(),
                "the approval was given, but its grant cannot be used for this call",
                ASK_ANEW,
                decision.explanation());
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
        return new GuardUnavailableException(
                refusal(reason, call, Optional.empty(), List.of(), failure(cause), "", Explanation.NONE), cause);
    }

    /** For what fails before there is a call, or beside one. */
    static GuardUnavailableException unavailable(String what, Reason reason, @Nullable Throwable cause) {
        return new GuardUnavailableException(bare(what, reason, failure(cause), ""), cause);
    }

    static Refusal bare(String what, Reason reason, String detail, String advice) {
        return new Refusal(
                reason, what, "unknown", "unknown", Optional.empty(), List.of(), detail, advice, Explanation.NONE);
    }

    /** The class alone: the message of a foreign exception may hold anything. */
    private static String failure(@Nullable Throwable cause) {
        return cause == null ? "" : "cause: " + cause.getClass().getSimpleName();
    }

    private static Refusal refusal(
            Reason reason,
            Call call,
            Optional<String> requestId,
            List<String> rules,
            String detail,
            String advice,
            Explanation explanation) {
        return new Refusal(
                reason,
                call.action(),
                call.subject.toString(),
                call.resource.toString(),
                requestId,
                rules,
                detail,
                advice,
                explanation);
    }
}
