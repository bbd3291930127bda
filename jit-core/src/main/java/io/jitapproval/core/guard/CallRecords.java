package io.jitapproval.core.guard;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Decision;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Rollout;
import io.jitapproval.ShownArgument;
import io.jitapproval.core.grant.GrantLife;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Change;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of calls: those that policy allowed without a grant, those that were refused, and how uses ended. */
final class CallRecords {

    private static final Logger LOG = LoggerFactory.getLogger(CallRecords.class);
    private static final int NANOS_PER_MICRO = 1_000;
    /** For three details without growing. */
    private static final int OUTCOME_CAPACITY = 4;

    private final Journal journal;
    private final GrantStore store;
    private final InstantSource clock;
    private final Ids ids;

    CallRecords(GuardSettings settings, Journal journal, Ids ids) {
        this.journal = journal;
        this.store = settings.store();
        this.clock = settings.time();
        this.ids = ids;
    }

    Clearance begunByPolicy(Call call, Decision decision, Map<String, Object> details) {
        String useId = ids.use();
        journal.append(List.of(begun(call, decision, details, useId)));
        return Clearance.byPolicy(useId, decision);
    }

    /** As the other, in one step with the entry of a kept call. */
    Clearance begunByPolicy(
            Call call,
            Decision decision,
            Map<String, Object> details,
            String id,
            Function<Instant, StoreEntry> running) {
        String useId = ids.use();
        AuditRecord record = begun(call, decision, details, useId);
        return store.changeEntry(
                ReplayLife.KIND,
                id,
                (current, now) -> Step.to(running.apply(now), Clearance.byPolicy(useId, decision), record),
                journal);
    }

    private AuditRecord begun(Call call, Decision decision, Map<String, Object> details, String useId) {
        return record(
                Kind.USE_BEGUN,
                call,
                Optional.empty(),
                call.shown(useId),
                useId,
                decision.reason(),
                decision.rules(),
                decision.policy(),
                Details.with(details, call));
    }

    static <S, R> Step<S, R> keeping(Step<S, R> step, StoreEntry entry) {
        List<StoreEntry> all = new ArrayList<>(step.entries());
        all.add(entry);
        return step.keeping(all);
    }

    /**
     * The use ended. The action ran and cannot be undone: a record that fails now is logged, and the use stays without an end
     * in the record, which reads as indeterminate.
     */
    void ended(Call call, Clearance clearance, String outcome, @Nullable Throwable failure, long nanos) {
        ended(call, clearance, outcome, failure, nanos, null);
    }

    /** As the other, in one step with the entry of a kept call. */
    void ended(
            Call call,
            Clearance clearance,
            String outcome,
            @Nullable Throwable failure,
            long nanos,
            @Nullable Function<Instant, StoreEntry> kept) {
        Map<String, Object> details = new LinkedHashMap<>(OUTCOME_CAPACITY);
        details.put("outcome", outcome);
        if (failure != null) {
            details.put("failure", failure.getClass().getName());
        }
        details.put("micros", nanos / NANOS_PER_MICRO);
        settle(call.action(), "has ended (" + outcome + ")", () -> {
            String grantId = clearance.grantId();
            Decision decision = clearance.decision();
            if (grantId != null) {
                Change<Grant, Grant> end = GrantLife.end(clearance.use(), details);
                store.changeGrant(
                        grantId,
                        kept == null ? end : (grant, now) -> keeping(end.apply(grant, now), kept.apply(now)),
                        journal);
            } else if (decision != null) {
                AuditRecord record = record(
                        Kind.USE_ENDED,
                        call,
                        Optional.empty(),
                        List.of(),
                        clearance.useId(),
                        decision.reason(),
                        decision.rules(),
                        decision.policy(),
                        details);
                if (kept == null) {
                    journal.append(List.of(record));
                } else {
                    store.changeEntry(
                            ReplayLife.KIND,
                            kept.apply(clock.instant()).key(),
                            (current, now) -> Step.to(kept.apply(now), true, record),
                            journal);
                }
            }
        });
    }

    /** The call was refused; it is refused whether or not this can be written. Being told to wait is no refusal. */
    void refused(Call call, JitApprovalException refusal) {
        if (refusal instanceof ApprovalPendingException) {
            return;
        }
        settle(call.action(), "was refused (" + refusal.reason().word() + ")", () -> {
            String salt = ids.use();
            Map<String, Object> details = new LinkedHashMap<>(
                    Details.with(Details.of(refusal.refusal().explanation()), call));
            if (!call.hidden().isEmpty()) {
                details.put("salt", salt);
            }
            journal.append(List.of(record(
                    Kind.DENIED,
                    call,
                    refusal.requestId(),
                    call.shown(salt),
                    "",
                    refusal.reason(),
                    refusal.rules(),
                    refusal.refusal().policy(),
                    details)));
        });
    }

    /** The guard starts with an action that is not enforced. */
    static AuditRecord configured(String action, Rollout mode, Instant now) {
        return new AuditRecord(
                now,
                Kind.CONFIGURED,
                new Ref("system", "guard"),
                List.of(),
                action,
                Resource.NONE.ref(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                mode == Rollout.OFF ? Reason.SWITCHED_OFF : Reason.OBSERVED,
                List.of(),
                "",
                "",
                Map.of("mode", mode.word()));
    }

    /** What was refused before it could even be frozen. */
    void refused(String action, Ref subject, Ref resource, Reason reason) {
        settle(
                action,
                "was refused (" + reason.word() + ")",
                () -> journal.append(List.of(new AuditRecord(
                        clock.instant(),
                        Kind.DENIED,
                        subject,
                        List.of(),
                        action,
                        resource,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        reason,
                        List.of(),
                        "",
                        "",
                        Map.of()))));
    }

    /** Writes what is settled already. Neither an interrupt keeps it from the record, nor a failure the caller from its answer. */
    private static void settle(String action, String what, Runnable write) {
        boolean interrupted = Thread.interrupted();
        try {
            write.run();
        } catch (Throwable unrecorded) {
            interrupted |= unrecorded instanceof InterruptedException;
            LOG.error("{} {}, but that is not on record", action, what, unrecorded);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private AuditRecord record(
            Kind kind,
            Call call,
            Optional<String> requestId,
            List<ShownArgument> arguments,
            String use,
            Reason reason,
            List<String> rules,
            String policy,
            Map<String, Object> details) {
        return new AuditRecord(
                clock.instant(),
                kind,
                call.subject,
                call.actors,
                call.action(),
                call.resource,
                arguments,
                requestId,
                Optional.empty(),
                use,
                Optional.empty(),
                reason,
                rules,
                policy,
                "",
                details);
    }
}
