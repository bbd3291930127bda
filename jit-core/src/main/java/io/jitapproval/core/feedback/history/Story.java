package io.jitapproval.core.feedback.history;

import io.jitapproval.Ref;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One approval request as the record tells of it so far. */
final class Story {

    private static final String AUDITED = "audited";

    private final AuditLine asked;
    private final int queueDepth;
    private final Given given;
    private final Map<String, Voice> voices = new LinkedHashMap<>();
    private final List<String> rules;
    private String policy;
    private String why;
    private Instant readableSince;
    private @Nullable Instant decideBy;
    private boolean changed;

    private Result result = Result.PENDING;
    private Route route;
    private @Nullable Instant decided;

    private @Nullable AuditLine granted;
    private @Nullable Instant ended;
    private @Nullable Ref revokedBy;
    private boolean over;
    private final Set<String> running = new HashSet<>();
    private int uses;
    private @Nullable Instant firstUse;
    private @Nullable Instant lastUse;
    private @Nullable Instant endSeen;

    Story(AuditLine asked, int queueDepth) {
        this.asked = asked;
        this.queueDepth = queueDepth;
        this.given = new Given(asked);
        this.rules = new ArrayList<>(asked.rules());
        this.policy = asked.policy();
        this.why = asked.detail("why");
        this.readableSince = asked.time();
        this.decideBy = asked.moment("decideBy");
        this.route = asked.detail(AUDITED).isEmpty() ? Route.PEOPLE : Route.AUDIT;
    }

    String id() {
        return asked.requestId();
    }

    AuditLine asked() {
        return asked;
    }

    boolean isPending() {
        return result == Result.PENDING;
    }

    boolean hasGrant() {
        return granted != null;
    }

    String grantId() {
        return granted == null ? "" : granted.grantId();
    }

    void voted(AuditLine vote) {
        String person = vote.detail("person");
        Ref voter = person.isEmpty() ? vote.by() : Ref.user(person);
        String verdict = vote.detail("verdict");
        if (voter == null || (!verdict.equals("approve") && !verdict.equals("deny"))) {
            return;
        }
        Duration took = Duration.between(readableSince, vote.time());
        voices.remove(voter.id());
        voices.put(
                voter.id(),
                new Voice(
                        voter,
                        verdict.equals("approve"),
                        vote.time(),
                        took.isNegative() ? Optional.empty() : Optional.of(took),
                        vote.details().containsKey("why")));
    }

    void takenBack(AuditLine back) {
        voices.remove(back.detail("person"));
    }

    /** More was said, or others can read it: nobody could answer to it before. */
    void readable(AuditLine since) {
        readableSince = since.time();
    }

    void changed(AuditLine change) {
        changed = true;
        voices.clear();
        rules.clear();
        rules.addAll(change.rules());
        policy = change.policy();
        why = change.detail("why").isEmpty() ? why : change.detail("why");
        given.changed(change);
        readable(change);
        postponed(change);
    }

    void postponed(AuditLine later) {
        Instant moved = later.moment("decideBy");
        decideBy = moved == null ? decideBy : moved;
    }

    void decided(AuditLine end) {
        decided = end.time();
        switch (end.reason()) {
            case "approved" -> result = Result.APPROVED;
            case "auto-approved" -> {
                result = Result.APPROVED;
                route = Route.RULE;
            }
            case "break-glass" -> {
                result = Result.APPROVED;
                route = Route.BREAK_GLASS;
            }
            case "approval-denied" -> result = Result.DENIED;
            case "approval-expired", "denied-by-timeout" -> {
                result = Result.EXPIRED;
                Instant due = decideBy;
                decided = due != null && due.isBefore(end.time()) ? due : end.time();
            }
            case "approval-cancelled" -> result = Result.CANCELLED;
            default -> result = Result.FAILED;
        }
    }

    void granted(AuditLine grant) {
        granted = grant;
        if (route == Route.RULE && !grant.rules().isEmpty()) {
            rules.clear();
            rules.addAll(grant.rules());
        }
    }

    void useBegun(AuditLine use) {
        if (!running.add(use.use())) {
            return;
        }
        uses++;
        if (granted != null && granted.detail("scope").equals("exact")) {
            given.used(use);
        }
        firstUse = firstUse == null ? use.time() : firstUse;
        lastUse = use.time();
    }

    void useEnded(AuditLine use) {
        running.remove(use.use());
        lastUse = use.time();
    }

    /** Taken away together with others; its own record of that may come much later. */
    void voided(AuditLine voiding) {
        if (granted != null && !over) {
            over = true;
            ended = voiding.time();
            revokedBy = voiding.by();
        }
    }

    void grantEnded(AuditLine end) {
        if (over) {
            return;
        }
        over = true;
        endSeen = end.time();
        switch (end.reason()) {
            case "grant-revoked" -> {
                ended = end.time();
                revokedBy = end.by();
            }
            case "grant-returned" -> ended = end.time();
            default -> {}
        }
    }

    /** Whether nothing more can become of it, as far as its own records say. */
    boolean isFinished() {
        boolean usedUp = maxUses() > 0 && uses >= maxUses();
        return !isPending()
                && (result != Result.APPROVED || (granted != null && running.isEmpty() && (over || usedUp)));
    }

    /** When its grant ends by itself; null if the record does not say, since its time counts from the first use. */
    @Nullable
    Instant until() {
        return granted == null ? null : granted.moment("expiresAt");
    }

    boolean isRunning() {
        return !running.isEmpty();
    }

    private int maxUses() {
        return granted != null && granted.details().get("uses") instanceof Long most
                ? (int) Math.min(most, Integer.MAX_VALUE)
                : 0;
    }

    PastDecision decision(Outcome outcome) {
        String audited = asked.detail(AUDITED);
        if (route == Route.AUDIT && !rules.contains(audited)) {
            rules.add(audited);
        }
        return new PastDecision(
                asked.requestId(),
                asked.origin(),
                asked.time(),
                Optional.ofNullable(decided),
                given.request(),
                result,
                route,
                List.copyOf(voices.values()),
                rules,
                policy,
                asked.texts("askedIds").stream()
                        .filter(id -> !id.isBlank())
                        .map(Ref::user)
                        .toList(),
                OptionalInt.of(queueDepth),
                Optional.ofNullable(decideBy),
                grant(),
                outcome,
                probability(),
                why,
                more(audited));
    }

    private OptionalDouble probability() {
        if (asked.details().get("probability") instanceof Number number) {
            double share = number.doubleValue();
            if (share >= 0 && share <= 1) {
                return OptionalDouble.of(share);
            }
        }
        return OptionalDouble.empty();
    }

    private Optional<GrantUse> grant() {
        AuditLine grant = granted;
        if (grant == null) {
            return Optional.empty();
        }
        Instant from = grant.moment("notBefore");
        Instant start = from == null ? grant.time() : from;
        return Optional.of(new GrantUse(
                grant.grantId(),
                start,
                naturalEnd(grant, start),
                Optional.ofNullable(ended),
                Optional.ofNullable(revokedBy),
                maxUses(),
                uses,
                Optional.ofNullable(firstUse),
                Optional.ofNullable(lastUse)));
    }

    /** Where the grant's time counts from its first use, the record names the end only when it is over. */
    private Instant naturalEnd(AuditLine grant, Instant start) {
        Instant expires = grant.moment("expiresAt");
        if (expires != null) {
            return expires;
        }
        if (endSeen != null && ended == null) {
            return endSeen;
        }
        Instant useBy = grant.moment("useBy");
        Instant least = useBy == null ? start : useBy;
        return lastUse != null && lastUse.isAfter(least) ? lastUse : least;
    }

    private Map<String, @Nullable Object> more(String audited) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        if (!asked.detail("ticket").isEmpty()) {
            more.put("ticket", asked.detail("ticket"));
        }
        if (!asked.texts("needs").isEmpty()) {
            more.put("needs", asked.texts("needs"));
        }
        if (!asked.texts("asked").isEmpty()) {
            more.put("askedNames", asked.texts("asked"));
        }
        if (!audited.isEmpty()) {
            more.put(AUDITED, audited);
        }
        if (changed) {
            more.put("changed", true);
        }
        given.tell(more);
        return more;
    }
}
