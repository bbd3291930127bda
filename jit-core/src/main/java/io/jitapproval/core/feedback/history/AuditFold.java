package io.jitapproval.core.feedback.history;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records of the audit log, in their order, as decisions. What is kept: requests that are open, those whose grant can still be
 * used, and the last records, which another may still take back. A decision is handed over once nothing more can become of it.
 */
final class AuditFold {

    /** More requests that are open or running at the same time than this are no log of one application, or their ends are missing. */
    static final int MOST_KEPT = 200_000;

    /** So many records back one is looked for that is taken back: it stands right before, among those of the same change. */
    private static final int WINDOW = 1_024;

    /** Clocks of several nodes differ: a use that began in time may stand a little later. */
    private static final Duration GRACE = Duration.ofHours(1);

    private record Ending(Instant at, Story story) {}

    private final Outcomes outcomes;
    private final Notes notes;
    private final Consumer<PastDecision> out;

    private final Deque<AuditLine> window = new ArrayDeque<>();
    private final Map<String, Story> pending = new LinkedHashMap<>();
    private final Map<String, Story> granted = new LinkedHashMap<>();
    private final Map<String, Story> approved = new HashMap<>();
    private final PriorityQueue<Ending> endings = new PriorityQueue<>(Comparator.comparing(Ending::at));

    AuditFold(Outcomes outcomes, Notes notes, Consumer<PastDecision> out) {
        this.outcomes = outcomes;
        this.notes = notes;
        this.out = out;
    }

    /**
     * The next record.
     *
     * @throws LineFault if too much would have to be kept
     */
    void add(AuditLine record) {
        if (record.kind().equals(AuditLine.VOIDED)) {
            takeBack(record);
            return;
        }
        window.addLast(record);
        if (window.size() > WINDOW) {
            fold(window.removeFirst());
        }
        if (pending.size() + granted.size() + approved.size() > MOST_KEPT) {
            throw new LineFault(
                    HistoryCode.LIMIT,
                    1,
                    "more than " + MOST_KEPT + " requests are open or running here: their ends seem to be missing");
        }
    }

    private void takeBack(AuditLine voided) {
        Iterator<AuditLine> latestFirst = window.descendingIterator();
        while (latestFirst.hasNext()) {
            if (voided.voids(latestFirst.next())) {
                latestFirst.remove();
                return;
            }
        }
        String kind = voided.detail("voids");
        if (AuditLine.isFolded(kind) && !kind.equals(AuditLine.OUTCOME)) {
            notes.add(HistoryCode.NOT_VOIDED, voided.origin());
        }
    }

    /** The log ends: what is left is handed over as it stands. */
    void end() {
        while (!window.isEmpty()) {
            fold(window.removeFirst());
        }
        List<Story> left = new ArrayList<>(pending.values());
        left.addAll(approved.values());
        left.addAll(granted.values());
        left.stream()
                .sorted(Comparator.comparing((Story story) -> story.asked().time())
                        .thenComparing(Story::id))
                .forEach(this::handOver);
    }

    private void fold(AuditLine record) {
        timeIsOver(record.time());
        switch (record.kind()) {
            case "requested" -> pending.put(record.requestId(), new Story(record, pending.size()));
            case "voted", "vote-taken-back", "noted", "changed", "stage-opened", "escalated" -> waiting(record);
            case "decided" -> decided(record);
            case "granted" -> granted(record);
            case "use-begun" -> {
                if (record.grantId().isEmpty()) {
                    answered(record);
                } else {
                    running(record);
                }
            }
            case "use-ended" -> {
                if (!record.grantId().isEmpty()) {
                    running(record);
                }
            }
            case "grant-ended" -> grantEnded(record);
            case "grants-voided" -> grantsVoided(record);
            case "denied" -> {
                if (record.requestId().isEmpty()) {
                    answered(record);
                }
            }
            case "observed" -> notes.add(HistoryCode.OBSERVED, record.origin());
            default -> {}
        }
    }

    private void timeIsOver(Instant now) {
        while (!endings.isEmpty() && endings.peek().at().isBefore(now)) {
            Story story = endings.remove().story();
            if (granted.get(story.grantId()) == story && !story.isRunning()) {
                granted.remove(story.grantId());
                handOver(story);
            }
        }
    }

    private void waiting(AuditLine record) {
        Story story = pending.get(record.requestId());
        if (story == null) {
            // What is said after the end changes nothing.
            if (!record.kind().equals("noted")) {
                notes.add(HistoryCode.BEFORE, record.origin());
            }
            return;
        }
        switch (record.kind()) {
            case "voted" -> story.voted(record);
            case "vote-taken-back" -> story.takenBack(record);
            case "changed" -> story.changed(record);
            case "stage-opened" -> story.readable(record);
            case "escalated" -> story.postponed(record);
            default -> {
                if (record.detail("note").equals("information")) {
                    story.readable(record);
                }
            }
        }
    }

    private void decided(AuditLine record) {
        Story story = pending.remove(record.requestId());
        if (story == null) {
            notes.add(HistoryCode.BEFORE, record.origin());
            return;
        }
        story.decided(record);
        if (story.isFinished()) {
            handOver(story);
        } else {
            approved.put(story.id(), story);
        }
    }

    private void granted(AuditLine record) {
        Story story = approved.remove(record.requestId());
        if (story == null) {
            notes.add(HistoryCode.BEFORE, record.origin());
            return;
        }
        story.granted(record);
        granted.put(record.grantId(), story);
        Instant until = story.until();
        if (until != null) {
            endings.add(new Ending(until.plus(GRACE), story));
        }
    }

    private void running(AuditLine record) {
        Story story = granted.get(record.grantId());
        if (story == null) {
            notes.add(HistoryCode.BEFORE, record.origin());
            return;
        }
        if (record.kind().equals("use-begun")) {
            story.useBegun(record);
        } else {
            story.useEnded(record);
        }
        finish(story);
    }

    /** That time is over may be written down long after it was. */
    private void grantEnded(AuditLine record) {
        Story story = granted.get(record.grantId());
        if (story == null) {
            boolean lazily = record.details().containsKey("voided");
            boolean early =
                    record.reason().equals("grant-returned") || record.reason().equals("grant-revoked");
            if (early && !lazily) {
                notes.add(HistoryCode.BEFORE, record.origin());
            }
            return;
        }
        story.grantEnded(record);
        finish(story);
    }

    private void grantsVoided(AuditLine record) {
        String subject = record.detail("subject");
        String action = record.detail("action");
        for (Story story : List.copyOf(granted.values())) {
            boolean meant =
                    (subject.isEmpty() || subject.equals(story.asked().subject().toString()))
                            && (action.isEmpty() || action.equals(story.asked().action()));
            if (meant) {
                story.voided(record);
                finish(story);
            }
        }
    }

    private void finish(Story story) {
        if (story.isFinished()) {
            granted.remove(story.grantId());
            handOver(story);
        }
    }

    private void handOver(Story story) {
        Outcome outcome = outcomes.of(story.id(), "", "");
        if (outcome == Outcome.UNKNOWN && story.hasGrant()) {
            outcome = outcomes.of("", story.grantId(), "");
        }
        out.accept(story.decision(outcome));
    }

    /** A call that was answered without asking anybody. */
    private void answered(AuditLine record) {
        boolean ran = record.kind().equals("use-begun");
        Route route = record.reason().equals("auto-approved") ? Route.RULE : Route.POLICY;
        Result result = ran ? Result.APPROVED : refusal(record.reason());
        if (record.reason().equals("observed") || record.reason().equals("switched-off")) {
            return;
        }
        Given given = new Given(record);
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        if (result == Result.FAILED) {
            more.put("why", record.reason());
        }
        given.tell(more);
        out.accept(new PastDecision(
                record.use().isEmpty() ? record.origin() : record.use(),
                record.origin(),
                record.time(),
                Optional.of(record.time()),
                given.request(),
                result,
                route,
                List.of(),
                record.rules(),
                record.policy(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                outcomes.of("", "", record.use()),
                OptionalDouble.empty(),
                record.detail("why"),
                more));
    }

    /** Only policy's own no is a denial; that something was missing or failed says nothing of the request. */
    private static Result refusal(String reason) {
        return reason.equals("policy-denied") || reason.equals("no-rule-matched") ? Result.DENIED : Result.FAILED;
    }
}
