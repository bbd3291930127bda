package io.jitapproval.walls.theirs;

import static io.jitapproval.walls.theirs.House.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Ref;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("E3, R25, R26: votes at once end in one order, that of the record")
class VotesAtOnceTest {

    private static final int PEOPLE = 64;
    private static final int NEEDED = 20;

    /** What an auditor makes of the record: the state, and who had voted when it ended. */
    private static void check(ApprovalRequest request, List<AuditRecord> records) {
        List<String> counted = new ArrayList<>();
        String state = "pending";
        int approvals = 0;
        for (AuditRecord record : records) {
            if (record.kind() == Kind.VOTED) {
                assertThat(state).as("a vote counts only while it is pending").isEqualTo("pending");
                counted.add(String.valueOf(record.details().get("person")));
                boolean yes = "approve".equals(record.details().get("verdict"));
                approvals += yes ? 1 : 0;
                state = yes ? (approvals == NEEDED ? "approved" : "pending") : "denied";
            } else if (record.kind() == Kind.DECIDED) {
                assertThat(record.details()).containsEntry("state", state);
            }
        }
        assertThat(request.votes()).extracting(vote -> vote.person()).containsExactlyElementsOf(counted);
        assertThat(request.state().word()).isEqualTo(state);
    }

    @Test
    @DisplayName(
            "64 threads approve and deny; the request is what the record makes of it, and a record in another order is found")
    void oneOrder() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (House house = new House(House.stages(new Stage(Set.of(role("FINANCE")), NEEDED)))) {
                for (int i = 0; i < PEOPLE; i++) {
                    house.people.give("p" + i, "FINANCE");
                }
                ApprovalRequest shown = house.ask();
                int denier = round % 4 == 0 ? -1 : 7 + round;
                run(house, shown, denier);
                List<AuditRecord> records = house.records.records();
                check(house.now(), records);
                List<AuditRecord> otherwise = new ArrayList<>(records);
                Collections.reverse(otherwise);
                assertThatThrownBy(() -> check(house.now(), otherwise)).isInstanceOf(AssertionError.class);
            }
        }
    }

    private static void run(House house, ApprovalRequest shown, int denier) throws Exception {
        CyclicBarrier start = new CyclicBarrier(PEOPLE);
        ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        try {
            List<Future<?>> votes = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                Verdict verdict = i == denier ? Verdict.DENY : Verdict.APPROVE;
                Vote vote = new Vote(Ref.user("p" + i), verdict, "", shown.shown(), Optional.empty(), "");
                votes.add(threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return house.cast(vote);
                }));
            }
            for (Future<?> vote : votes) {
                vote.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
