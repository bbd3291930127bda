package io.jitapproval.walls.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.spi.AuditRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an auditor knows who has only the record. Each of its lines has to fit those before it. */
public final class Fold {

    private final Map<String, String> requests = new HashMap<>();
    private final Map<String, Integer> votes = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    private Fold() {}

    public static Fold of(List<AuditRecord> records) {
        Fold fold = new Fold();
        records.forEach(fold::add);
        return fold;
    }

    private void add(AuditRecord record) {
        String request = record.requestId().orElse("");
        String grant = record.grantId().orElse("");
        switch (record.kind()) {
            case REQUESTED ->
                assertThat(requests.put(request, "pending")).as("one asking").isNull();
            case VOTED -> votes.merge(request, 1, Integer::sum);
            case VOTE_TAKEN_BACK -> votes.merge(request, -1, Integer::sum);
            case CHANGED -> votes.put(request, 0);
            case DECIDED ->
                assertThat(requests.put(request, String.valueOf(record.details().get("state"))))
                        .as("one end of %s", request)
                        .isEqualTo("pending");
            case GRANTED -> assertThat(uses.put(grant, 0)).as("one grant").isNull();
            case USE_BEGUN -> uses.merge(grant, 1, Integer::sum);
            case GRANT_ENDED ->
                assertThat(ended.add(grant)).as("one end of a grant").isTrue();
            default -> {}
        }
    }

    /** A request's state, as a word; null if there is no such request. */
    public String state(String request) {
        return requests.get(request);
    }

    /** How many votes on a request count. */
    public int votes(String request) {
        return votes.getOrDefault(request, 0);
    }

    /** How many uses of a grant have begun. */
    public int uses(String grant) {
        return uses.getOrDefault(grant, 0);
    }

    /** Whether a grant has ended otherwise than by being used up. */
    public boolean hasEnded(String grant) {
        return ended.contains(grant);
    }
}
