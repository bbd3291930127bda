package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Bundle;
import io.jitapproval.Effect;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.RuleTrace;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Replay;
import io.jitapproval.ShownArgument;
import io.jitapproval.examples.refunddesk.Result.Way;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from the record, and from the guard, what became of a request. */
final class Findings {

    private final JitGuard guard;
    private final Recorder recorder;
    private final Supplier<List<Aside>> asides;

    Findings(JitGuard guard, Recorder recorder, Supplier<List<Aside>> asides) {
        this.guard = guard;
        this.recorder = recorder;
        this.asides = asides;
    }

    /**
     * A request that is under way.
     *
     * @param asked  the request
     * @param way    which way it goes
     * @param start  when it was made
     * @param from   the first record that may be about it
     * @param before the grants that the subject held for this action on this resource already
     */
    record Case(Asked asked, Way way, Instant start, int from, List<Grant> before) {}

    /** A request is about to be made. */
    Case begin(Asked asked, Way way, Instant start) {
        EvaluationRequest request = asked.request();
        List<Grant> before = guard.grants().active().stream()
                .filter(grant -> grant.subject().equals(request.subject().ref())
                        && grant.action().equals(request.action().name())
                        && grant.resource().equals(request.resource().ref()))
                .toList();
        return new Case(asked, way, start, recorder.written(), before);
    }

    Result ran(Case about, LedgerEntry entry) {
        return allowed(
                about,
                records(about, Optional.empty()),
                Result.SUCCEEDED,
                Optional.of(entry.number()),
                lowered(about.asked(), entry.arguments()),
                "");
    }

    Result failed(Case about, RuntimeException failure) {
        String detail = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return allowed(about, records(about, Optional.empty()), Result.FAILED, Optional.empty(), Map.of(), detail);
    }

    private List<AuditRecord> records(Case about, Optional<String> requestId) {
        return requestId.isPresent() ? recorder.about(requestId.get()) : recorder.since(about.from());
    }

    private static Map<String, BigDecimal> lowered(Asked asked, Map<String, ? extends @Nullable Object> ran) {
        Map<String, BigDecimal> lowered = new LinkedHashMap<>();
        asked.request().action().properties().forEach((name, value) -> {
            if (value instanceof BigDecimal wanted
                    && ran.get(name) instanceof BigDecimal number
                    && number.compareTo(wanted) != 0) {
                lowered.put(name, number);
            }
        });
        return lowered;
    }

    private Result allowed(
            Case about,
            List<AuditRecord> records,
            String outcome,
            Optional<Integer> entry,
            Map<String, BigDecimal> ranWith,
            String detail) {
        Asked asked = about.asked();
        AuditRecord begun = records.stream()
                .filter(record -> record.kind() == Kind.USE_BEGUN
                        && record.subject().equals(asked.request().subject().ref())
                        && record.resource().equals(asked.request().resource().ref()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an action ran, and its begin is not on record"));
        Optional<Grant> grant = begun.grantId().flatMap(guard.grants()::find);
        Optional<String> requestId = grant.map(Grant::requestId);
        Optional<ApprovalRequest> request = requestId.flatMap(guard.approvals()::find);
        List<AuditRecord> own = own(records, requestId);
        return new Result(
                asked,
                about.way(),
                Result.ALLOW,
                request.flatMap(ApprovalRequest::outcome)
                        .filter(Reason.BREAK_GLASS::equals)
                        .orElse(begun.reason()),
                request.map(ApprovalRequest::rules).orElse(begun.rules()),
                request.map(ApprovalRequest::because).orElse(""),
                requestId,
                people(own),
                course(own, request),
                Course.stages(request),
                grant.map(each -> approvers(each, asked.request())).orElse(List.of()),
                grant,
                grant.isPresent() ? Integer.parseInt(begun.use()) : 0,
                grant.isPresent() && records.stream().noneMatch(record -> record.kind() == Kind.GRANTED),
                outcome,
                entry,
                ranWith,
                Optional.empty(),
                detail,
                grant.isPresent() ? uncovered(about.before(), grant.get().id()) : List.of(),
                about.start());
    }

    Result refused(Case about, JitApprovalException refused) {
        List<AuditRecord> records = records(about, Optional.empty());
        Optional<String> requestId = refused.requestId()
                .or(() -> records.stream()
                        .filter(record -> record.kind() == Kind.REQUESTED)
                        .findFirst()
                        .flatMap(AuditRecord::requestId));
        boolean pending = refused instanceof ApprovalPendingException;
        return notRun(
                about,
                records,
                requestId,
                pending ? Result.PENDING : Result.DENY,
                refused.reason(),
                refused.refusal().rules(),
                pending ? "" : refused.refusal().detail());
    }

    private Result notRun(
            Case about,
            List<AuditRecord> records,
            Optional<String> requestId,
            String decision,
            Reason reason,
            List<String> rules,
            String detail) {
        Optional<ApprovalRequest> request =
                requestId.flatMap(id -> guard.approvals().find(id));
        List<AuditRecord> own = own(records, requestId);
        return new Result(
                about.asked(),
                about.way(),
                decision,
                reason,
                rules.isEmpty() ? request.map(ApprovalRequest::rules).orElse(rules) : rules,
                request.map(ApprovalRequest::because).orElse(""),
                requestId,
                people(own),
                course(own, request),
                Course.stages(request),
                List.of(),
                Optional.empty(),
                0,
                false,
                Result.NOT_RUN,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                detail,
                reason == Reason.BINDING_MISMATCH ? List.of() : uncovered(about.before(), ""),
                about.start());
    }

    /** An item of a bundle that was not run: it was refused, or people have not said yes. */
    Result item(Case about, Bundle.Item item) {
        Optional<ApprovalRequest> request =
                item.request().map(ApprovalRequest::id).flatMap(guard.approvals()::find);
        boolean pending = item.status() == Bundle.Status.PENDING;
        Reason reason = item.reason()
                .or(() -> request.flatMap(ApprovalRequest::outcome))
                .orElse(pending ? Reason.APPROVAL_PENDING : Reason.GUARD_FAILED);
        Optional<String> requestId = request.map(ApprovalRequest::id);
        return notRun(
                about,
                requestId.isPresent() ? records(about, requestId) : List.of(),
                requestId,
                pending ? Result.PENDING : Result.DENY,
                reason,
                List.of(),
                "");
    }

    /** Whether a call that was kept may run and has not ended. */
    static boolean isUnderWay(JitGuard guard, String id) {
        Optional<Replay.State> state = guard.request(id).replay().map(Replay::state);
        return guard.approvals()
                        .find(id)
                        .map(request -> request.state() == ApprovalRequest.State.APPROVED)
                        .orElse(true)
                && state.filter(each -> each == Replay.State.WAITING || each == Replay.State.RUNNING)
                        .isPresent();
    }

    /** A call that was kept, fetched by its id. */
    Result kept(Case about, String id) {
        Replay replay = guard.request(id).replay().orElseThrow();
        Optional<String> requestId =
                guard.approvals().find(id).isPresent() ? Optional.of(id) : Optional.<String>empty();
        List<AuditRecord> records = records(about, requestId);
        return switch (replay.state()) {
            case DONE ->
                allowed(
                        about,
                        records,
                        Result.SUCCEEDED,
                        replay.result().map(Number.class::cast).map(Number::intValue),
                        Map.of(),
                        "");
            case FAILED -> allowed(about, records, Result.FAILED, Optional.empty(), Map.of(), replay.failure());
            case WAITING, RUNNING ->
                notRun(about, records, requestId, Result.PENDING, Reason.APPROVAL_PENDING, List.of(), "");
            case REFUSED ->
                notRun(
                        about,
                        records,
                        requestId,
                        Result.DENY,
                        replay.reason().orElse(Reason.APPROVAL_DENIED),
                        List.of(),
                        "");
        };
    }

    /** The same result with what has happened since. */
    Result again(Result was) {
        String id = was.requestId().orElseThrow();
        return was.withCourse(course(recorder.about(id), guard.approvals().find(id)));
    }

    private List<Step> course(List<AuditRecord> own, Optional<ApprovalRequest> request) {
        Optional<String> id =
                own.stream().findFirst().flatMap(AuditRecord::requestId).or(() -> request.map(ApprovalRequest::id));
        return Course.of(
                own,
                request,
                asides.get().stream()
                        .filter(aside -> id.filter(aside.requestId()::equals).isPresent())
                        .toList());
    }

    private static List<AuditRecord> own(List<AuditRecord> records, Optional<String> requestId) {
        return records.stream()
                .filter(record -> requestId.isPresent() && record.requestId().equals(requestId))
                .toList();
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
