package io.jitapproval.walls.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.history.Histories;
import io.jitapproval.core.feedback.history.Reading;
import io.jitapproval.walls.grants.Till;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("wall 16: what a guard writes is what a history reads")
class HistoryOfGuardsTest {

    private static final String TWICE = "\"within\": \"PT1H\", \"useWithin\": \"PT30M\", \"uses\": 2";

    @TempDir
    Path work;

    private Map<String, PastDecision> history(Till till) throws IOException {
        Path file = Files.writeString(
                work.resolve("audit.jsonl"),
                till.records.records().stream().map(AuditSinks::toJson).collect(Collectors.joining("\n", "", "\n")));
        Map<String, PastDecision> byId = new LinkedHashMap<>();
        Reading reading = Histories.of(List.of(file)).read(decision -> byId.put(decision.id(), decision));
        assertThat(reading.notes()).isEmpty();
        return byId;
    }

    private static GrantUse use(Map<String, PastDecision> history, Grant grant) {
        return history.get(grant.requestId()).grant().orElseThrow();
    }

    @Test
    @DisplayName("uses, their times and the ends of grants are those of the store")
    void grants() throws IOException {
        try (Till till = new Till(TWICE)) {
            Instant start = till.clock.instant();
            Grant used = till.granted(till.refund(1));
            Grant revoked = till.granted(till.refund(2));
            Grant returned = till.granted(till.refund(3));
            Grant unused = till.granted(till.refund(4));
            till.clock.advance(Duration.ofMinutes(5));
            till.refund(1).run(till.ran::incrementAndGet);
            till.clock.advance(Duration.ofMinutes(5));
            till.refund(1).run(till.ran::incrementAndGet);
            till.guard.grants().revoke(revoked.id(), Till.ROOT, "no more");
            till.guard.grants().giveBack(returned.id(), Till.ANA);
            till.clock.advance(Duration.ofHours(5));
            ApprovalRequest open = till.refund(5).submit().orElseThrow();
            Map<String, PastDecision> history = history(till);
            assertThat(use(history, used).uses()).isEqualTo(2);
            assertThat(use(history, used).maxUses()).isEqualTo(2);
            assertThat(use(history, used).firstUse()).contains(start.plusSeconds(300));
            assertThat(use(history, used).lastUse()).contains(start.plusSeconds(600));
            assertThat(use(history, used).until())
                    .isEqualTo(till.now(used).expiresAt().orElseThrow());
            assertThat(use(history, revoked).revokedBy()).contains(Till.ROOT);
            assertThat(use(history, revoked).ended()).contains(start.plusSeconds(600));
            assertThat(use(history, returned).ended()).contains(start.plusSeconds(600));
            assertThat(use(history, returned).revokedBy()).isEmpty();
            assertThat(use(history, unused).uses()).isZero();
            assertThat(use(history, unused).ended()).isEmpty();
            assertThat(history.get(open.id()).result()).isEqualTo(Result.PENDING);
            assertThat(history.values().stream().filter(PastDecision::isLabelled))
                    .hasSize(4);
            assertThat(history.get(used.requestId()).request().action().properties())
                    .containsEntry("amount", 1L);
        }
    }

    @Test
    @DisplayName(
            "votes, taken back, changed and decided, are those of the requests; queue depths are those of the moment")
    void votes() throws IOException {
        try (Till till = new Till(", \"people\": 2", TWICE, UnaryOperator.identity())) {
            requests(till);
        }
    }

    private void requests(Till till) throws IOException {
        List<ApprovalRequest> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(till.refund(10 + i).submit().orElseThrow());
            till.clock.advance(Duration.ofMinutes(1));
        }
        till.vote(asked.get(1), Vote.deny(asked.get(1), Till.TOM, "no receipt"));
        till.approve(asked.get(2), Till.MIA);
        till.guard.approvals().takeBack(asked.get(2).id(), Till.MIA);
        till.guard.approvals().withdraw(asked.get(3).id(), Till.ANA);
        till.clock.advance(Duration.ofDays(2));
        till.guard.approvals().pending();
        Map<String, PastDecision> history = history(till);
        for (int i = 0; i < asked.size(); i++) {
            ApprovalRequest request =
                    till.guard.approvals().find(asked.get(i).id()).orElseThrow();
            PastDecision decision = history.get(request.id());
            assertThat(decision.queueDepth()).hasValue(i);
            assertThat(decision.voices().stream().map(Voice::person))
                    .containsExactlyElementsOf(request.votes().stream()
                            .map(vote -> Ref.user(vote.person()))
                            .toList());
            assertThat(decision.opened()).isEqualTo(request.createdAt());
            assertThat(decision.decideBy()).contains(request.decideBy());
        }
        assertThat(history.get(asked.get(1).id()).result()).isEqualTo(Result.DENIED);
        assertThat(history.get(asked.get(3).id()).result()).isEqualTo(Result.CANCELLED);
    }
}
