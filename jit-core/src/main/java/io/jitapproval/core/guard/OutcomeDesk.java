package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Outcome;
import io.jitapproval.Outcomes;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts on record what came of what ran. */
final class OutcomeDesk implements Outcomes {

    /** The kind of entry that says what was last reported of something. */
    static final String KIND = "outcome";

    private static final String WHAT = "outcomes";

    /** For so long an equal report is known to be one. */
    private static final Duration KEPT = Duration.ofDays(31);

    private final GrantStore store;
    private final Journal journal;

    OutcomeDesk(GuardSettings settings, Journal journal) {
        this.store = settings.store();
        this.journal = journal;
    }

    /** What a report says. */
    private record Report(Outcome outcome, Ref by, String note) {

        Report {
            requireNonNull(outcome, "outcome");
            requireNonNull(by, "by");
            if (note.length() > LONGEST_NOTE) {
                throw new IllegalArgumentException(
                        "note must have at most " + LONGEST_NOTE + " characters, but had " + note.length());
            }
        }

        Map<String, String> data() {
            return Map.of(
                    "outcome",
                    outcome.word(),
                    "by",
                    by.toString(),
                    "note",
                    Digests.sha256Hex(note.getBytes(StandardCharsets.UTF_8)));
        }

        Map<String, Object> details() {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("outcome", outcome.word());
            if (!note.isEmpty()) {
                details.put("note", note);
            }
            return details;
        }
    }

    @Override
    public Reason ofRequest(String requestId, Outcome outcome, Ref by, String note) {
        Report report = new Report(outcome, by, note);
        return Failures.guarded(WHAT, phase -> {
            Optional<ApprovalRequest> found = store.request(requestId);
            if (found.isEmpty()) {
                return Reason.UNKNOWN_ID;
            }
            ApprovalRequest request = found.get();
            Optional<Grant> grant = request.grantId().flatMap(store::grant);
            if (request.grantId().isEmpty()
                    || grant.filter(given -> given.uses() == 0).isPresent()) {
                return Reason.NOTHING_RAN;
            }
            return report(
                    requestId,
                    report,
                    now -> new AuditRecord(
                            now,
                            Kind.OUTCOME,
                            request.subject(),
                            request.actors(),
                            request.action(),
                            request.resource(),
                            List.of(),
                            Optional.of(requestId),
                            request.grantId(),
                            "",
                            Optional.of(by),
                            Reason.OUTCOME_REPORTED,
                            request.rules(),
                            request.policy(),
                            request.binding(),
                            report.details()));
        });
    }

    @Override
    public Reason ofUse(String grantId, int use, Outcome outcome, Ref by, String note) {
        if (use < 1) {
            throw new IllegalArgumentException("use must be 1 or more, but was " + use);
        }
        Report report = new Report(outcome, by, note);
        return Failures.guarded(WHAT, phase -> {
            Optional<Grant> found = store.grant(grantId);
            if (found.isEmpty()) {
                return Reason.UNKNOWN_ID;
            }
            Grant grant = found.get();
            if (use > grant.uses()) {
                return Reason.NOTHING_RAN;
            }
            return report(
                    grantId + "/" + use,
                    report,
                    now -> new AuditRecord(
                            now,
                            Kind.OUTCOME,
                            grant.subject(),
                            grant.actors(),
                            grant.action(),
                            grant.resource(),
                            List.of(),
                            Optional.of(grant.requestId()),
                            Optional.of(grantId),
                            Integer.toString(use),
                            Optional.of(by),
                            Reason.OUTCOME_REPORTED,
                            grant.automatic(),
                            grant.policy(),
                            grant.binding(),
                            report.details()));
        });
    }

    /** Makes the record of a report. */
    @FunctionalInterface
    private interface Recording {
        AuditRecord at(Instant now);
    }

    private Reason report(String key, Report report, Recording record) {
        return store.changeEntry(
                KIND,
                key,
                (current, now) -> current.filter(entry -> entry.data().equals(report.data()))
                                .isPresent()
                        ? Step.nothing(Reason.OUTCOME_REPORTED)
                        : Step.to(
                                new StoreEntry(KIND, key, report.data(), now.plus(KEPT)),
                                Reason.OUTCOME_REPORTED,
                                record.at(now)),
                journal);
    }
}
