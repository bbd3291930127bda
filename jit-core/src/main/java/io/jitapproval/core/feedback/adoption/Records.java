package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.Proposal;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The one record of each change of a suggestion. */
final class Records {

    private static final String ACTION = "jit.suggestion";

    private Records() {}

    /** What is proved, in one line. */
    static String certificate(Proposal proposal) {
        return String.format(
                Locale.ROOT,
                "of %d checked decisions it covers %d, of which people denied %d; with confidence %s at most %.4f are wrong (allowed %s)",
                proposal.checked(),
                proposal.covered(),
                proposal.wrong(),
                proposal.confidence(),
                proposal.bound(),
                proposal.maxWrong());
    }

    static AuditRecord of(
            Filed next, String what, Optional<Proposal> proposal, Ref by, String why, String policy, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("what", what);
        details.put("proposal", what.equals("renewal-proposed") ? next.renewal() : next.proposal());
        if (!why.isEmpty()) {
            details.put("why", why);
        }
        if (!next.person().isEmpty()) {
            details.put("person", next.person());
        }
        Instant until = next.until();
        if (until != null) {
            details.put("until", until);
        }
        proposal.ifPresent(each -> {
            details.put("certificate", certificate(each));
            each.model().ifPresent(model -> details.put("model", model.sha256()));
        });
        return new AuditRecord(
                now,
                Kind.SUGGESTION,
                by,
                List.of(),
                ACTION,
                new Ref("suggestion", next.id()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of(by),
                Reason.SUGGESTION_MOVED,
                proposal.map(RuleLine::ids).orElse(List.of()),
                policy,
                "",
                details);
    }
}
