package io.jitapproval.core.feedback.history;

import io.jitapproval.core.feedback.PastDecision.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application said of its actions later. Gathered before the log is folded, since it may come long after the last use:
 * the one thing that is kept for the whole log, some 60 bytes each.
 */
final class Outcomes {

    private static final byte[] OUTCOME = "\"kind\":\"outcome\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VOIDED = "\"kind\":\"voided\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_RECENT = 64;

    private record Said(
            AuditLine record, long key, @Nullable Outcome before) {}

    private final SipHash hash;
    private final Map<Long, Outcome> said = new HashMap<>();
    private final Deque<Said> recent = new ArrayDeque<>();

    Outcomes(SipHash hash) {
        this.hash = hash;
    }

    /** Whether a line is one that {@link #add} wants: what kind it is stands right behind its time. */
    static boolean wants(LineSource line) {
        byte[] buffer = line.buffer();
        int end = line.from() + line.length();
        int at = line.from() + Recognised.AUDIT.length;
        while (at < end && buffer[at] != '"') {
            at++;
        }
        return startsAt(buffer, at + 2, end, OUTCOME) || startsAt(buffer, at + 2, end, VOIDED);
    }

    private static boolean startsAt(byte[] buffer, int at, int end, byte[] what) {
        if (at + what.length > end) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (buffer[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    /** What is said last counts; a record that takes one back brings back what was said before. */
    void add(AuditLine record) {
        if (record.kind().equals(AuditLine.OUTCOME)) {
            long key = key(record.requestId(), record.grantId(), record.use());
            Outcome outcome = outcome(record);
            Outcome before = outcome == null ? null : said.put(key, outcome);
            recent.addLast(new Said(record, key, before));
            if (recent.size() > MOST_RECENT) {
                recent.removeFirst();
            }
        } else if (record.detail("voids").equals(AuditLine.OUTCOME)) {
            recent.stream()
                    .filter(each -> record.voids(each.record()))
                    .reduce((first, second) -> second)
                    .ifPresent(each -> {
                        recent.remove(each);
                        if (each.before() == null) {
                            said.remove(each.key());
                        } else {
                            said.put(each.key(), each.before());
                        }
                    });
        }
    }

    /** What an outcome record says; null if it is a word that nobody knows. */
    static @Nullable Outcome outcome(AuditLine record) {
        return Vocabulary.outcome(record.detail(AuditLine.OUTCOME));
    }

    Outcome of(String requestId, String grantId, String use) {
        return said.isEmpty() ? Outcome.UNKNOWN : said.getOrDefault(key(requestId, grantId, use), Outcome.UNKNOWN);
    }

    private long key(String requestId, String grantId, String use) {
        String key = !requestId.isEmpty() ? "r/" + requestId : !grantId.isEmpty() ? "g/" + grantId : "u/" + use;
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return hash.of(bytes, 0, bytes.length);
    }
}
