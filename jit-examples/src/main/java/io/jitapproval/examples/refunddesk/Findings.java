package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Grant;
import io.jitapproval.GrantScope;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.examples.refunddesk.Result.Answered;
import io.jitapproval.examples.refunddesk.Result.Way;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the record, and from the guard, what became of a request. */
final class Findings {

    private final JitGuard guard;
    private final Recorder recorder;

    Findings(JitGuard guard, Recorder recorder) {
        this.guard = guard;
        this.recorder = recorder;
    }

    /** The grants that the subject holds for this action on this resource already. Starts a new request. */
    List<Grant> earlier(EvaluationRequest request) {
        recorder.take();
        return guard.grants().active().stream()
                .filter(grant -> grant.subject().equals(request.subject().ref())
                        && grant.action().equals(request.action().name())
                        && grant.resource().equals(request.resource().ref()))
                .toList();
    }

    Result ran(Asked asked, Way way, Instant start, List<Grant> before, LedgerEntry entry) {
        return allowed(asked, way, start, before, recorder.take(), Result.SUCCEEDED, Optional.of(entry.number()), "");
    }

    Result failed(Asked asked, Way way, Instant start, List<Grant> before, RuntimeException failure) {
        String detail = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return allowed(asked, way, start, before, recorder.take(), Result.FAILED, Optional.empty(), detail);
    }

    private Result allowed(
            Asked asked,
            Way way,
            Instant start,
            List<Grant> before,
            List<AuditRecord> records,
            String outcome,
            Optional<Integer> entry,
            String detail) {
        AuditRecord begun = records.stream()
                .filter(record -> record.kind() == Kind.USE_BEGUN)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an action ran, and its begin is not on record"));
        Optional<Grant> grant = begun.grantId().flatMap(guard.grants()::find);
        Optional<String> requestId = grant.map(Grant::requestId);
        Optional<ApprovalRequest> request = requestId.flatMap(guard.approvals()::find);
        return new Result(
                asked,
                way,
                Result.ALLOW,
                begun.reason(),
                request.map(ApprovalRequest::rules).orElse(begun.rules()),
                request.map(ApprovalRequest::because).orElse(""),
                requestId,
                people(records),
                votes(records, requestId),
                grant.map(each -> approvers(each, asked.request())).orElse(List.of()),
                grant,
                grant.isPresent() ? Integer.parseInt(begun.use()) : 0,
                grant.isPresent() && records.stream().noneMatch(record -> record.kind() == Kind.GRANTED),
                outcome,
                entry,
                detail,
                grant.isPresent() ? uncovered(before, grant.get().id()) : List.of(),
                start);
    }

    Result refused(Asked asked, Way way, Instant start, List<Grant> before, JitApprovalException refused) {
        List<AuditRecord> records = recorder.take();
        Optional<String> requestId = refused.requestId()
                .or(() -> records.stream()
                        .filter(record -> record.kind() == Kind.REQUESTED)
                        .findFirst()
                        .flatMap(AuditRecord::requestId));
        Optional<ApprovalRequest> request =
                requestId.flatMap(id -> guard.approvals().find(id));
        boolean pending = refused instanceof ApprovalPendingException;
        List<String> rules = refused.refusal().rules();
        return new Result(
                asked,
                way,
                pending ? Result.PENDING : Result.DENY,
                refused.reason(),
                rules.isEmpty() ? request.map(ApprovalRequest::rules).orElse(rules) : rules,
                request.map(ApprovalRequest::because).orElse(""),
                requestId,
                people(records),
                votes(records, requestId),
                List.of(),
                Optional.empty(),
                0,
                false,
                Result.NOT_RUN,
                Optional.empty(),
                pending ? "" : refused.refusal().detail(),
                refused.reason() == Reason.BINDING_MISMATCH ? List.of() : uncovered(before, ""),
                start);
    }

    /** Who approved: people, or the rules that answered in their place. */
    private List<String> approvers(Grant grant, EvaluationRequest request) {
        if (grant.automatic().isEmpty()) {
            return grant.approvedBy();
        }
        Set<String> answering = guard.explain(request).rules().stream()
                .filter(rule -> rule.effect() == Effect.AUTO_APPROVE)
                .map(RuleTrace::rule)
                .collect(Collectors.toSet());
        return grant.automatic().stream()
                .filter(answering::contains)
                .map(rule -> "rule:" + rule)
                .toList();
    }

    private static List<String> people(List<AuditRecord> records) {
        return records.stream()
                .filter(record -> record.kind() == Kind.REQUESTED)
                .findFirst()
                .map(record -> record.details().get("asked"))
                .map(asked -> asked instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.<String>of())
                .orElse(List.of());
    }

    private static List<Answered> votes(List<AuditRecord> records, Optional<String> requestId) {
        List<Answered> votes = new ArrayList<>();
        for (AuditRecord record : records) {
            boolean isVote = record.kind() == Kind.VOTED || record.kind() == Kind.VOTE_REFUSED;
            if (isVote && record.requestId().equals(requestId)) {
                votes.add(new Answered(
                        voter(record),
                        String.valueOf(record.details().get("verdict")),
                        String.valueOf(record.details().getOrDefault("why", "")),
                        terms(record),
                        record.reason(),
                        record.time()));
            }
        }
        return votes;
    }

    private static String terms(AuditRecord vote) {
        Object scope = vote.details().get("scope");
        return scope == null
                ? ""
                : GrantScope.valueOf(scope.toString().toUpperCase(Locale.ROOT)).text() + ", uses "
                        + vote.details().get("uses") + ", within "
                        + TextReport.length(
                                Duration.parse(String.valueOf(vote.details().get("within"))));
    }

    /** The person, and the account that the answer came from where that has another name. */
    private static String voter(AuditRecord vote) {
        String account = vote.by().map(Findings::name).orElse("somebody");
        String person = String.valueOf(vote.details().getOrDefault("person", account));
        return person.equals(account) ? person : person + " (" + account + ")";
    }

    static String name(Ref ref) {
        return ref.type().equals("user") ? ref.id() : ref.toString();
    }

    /** The earlier grants, in words, but for the one that was used. */
    private List<String> uncovered(List<Grant> before, String used) {
        return before.stream()
                .filter(grant -> !grant.id().equals(used))
                .map(grant -> guard.approvals()
                        .find(grant.requestId())
                        .map(request -> arguments(request))
                        .orElse("other arguments"))
                .toList();
    }

    private static String arguments(ApprovalRequest request) {
        String all = request.arguments().stream()
                .filter(ShownArgument::bound)
                .map(argument -> argument.name() + " " + argument.text())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "no arguments" : all;
    }
}
