package io.jitapproval.walls.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Verdict;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.walls.desk.Desk.Call;
import io.jitapproval.walls.desk.Desk.Member;
import io.jitapproval.walls.desk.Desk.Outcome;
import io.jitapproval.walls.desk.Desk.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** wall 6, R31, R47: random histories move only along the drawn arrows, and the record alone tells where everything stands. */
class HistoryTest {

    private static final String[] PEOPLE = {"ana", "mia", "tom", "zoe", "ghost"};
    private static final List<Verdict> VERDICTS = List.of(Verdict.values());
    private static final Rules RULES = new Rules(
            2,
            new GrantTerms(GrantScope.RESOURCE, Duration.ofMinutes(15), 2, GrantClock.APPROVAL),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10));

    /** One thing that somebody does; the numbers choose among what is there. */
    record Deed(int what, int which, int who, int how) {}

    @Provide
    Arbitrary<List<Deed>> histories() {
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 1000);
        return Arbitraries.integers()
                .between(0, 7)
                .flatMap(what ->
                        small.flatMap(which -> small.flatMap(who -> small.map(how -> new Deed(what, which, who, how)))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property(tries = 1_000)
    @Label("wall 6, R31, R47: after every deed the fold of the record is the state of the store")
    void foldOfTheRecordIsTheState(@ForAll("histories") List<Deed> history) {
        check(history, UnaryOperator.identity());
    }

    @Example
    @Label("broken twin: a sink that loses every fifth change fails the same check")
    void losingSink() {
        List<Deed> history = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            history.add(new Deed(0, i, 0, i));
            history.add(new Deed(1, i, 1, 0));
            history.add(new Deed(1, i, 2, 0));
            history.add(new Deed(0, i, 0, i));
        }
        check(history, UnaryOperator.identity());
        assertThatThrownBy(() -> check(history, Losing::new)).isInstanceOf(AssertionError.class);
    }

    private static void check(List<Deed> history, UnaryOperator<AuditSink> breaking) {
        try (OurDesk desk = new OurDesk(
                RULES,
                UnaryOperator.identity(),
                breaking,
                Member.of("ana", "SUPPORT"),
                Member.of("mia", "FINANCE"),
                Member.of("tom", "FINANCE"),
                Member.of("zoe", "FINANCE"))) {
            Set<String> requests = new LinkedHashSet<>();
            Map<String, ApprovalRequest.State> before = new HashMap<>();
            for (Deed deed : history) {
                act(desk, deed, requests);
                arrows(desk, requests, before);
                Fold fold = Fold.of(desk.records.records());
                for (String id : requests) {
                    ApprovalRequest request = desk.store.request(id).orElseThrow();
                    assertThat(fold.state(id))
                            .as("state of %s", request)
                            .isEqualTo(request.state().word());
                    assertThat(fold.votes(id))
                            .as("votes on %s", request)
                            .isEqualTo(request.votes().size());
                    request.grantId().flatMap(desk.store::grant).ifPresent(grant -> {
                        assertThat(fold.uses(grant.id()))
                                .as("uses of %s", grant)
                                .isEqualTo(grant.uses());
                        assertThat(fold.hasEnded(grant.id()))
                                .as("end of %s", grant)
                                .isEqualTo(
                                        grant.state() != Grant.State.ACTIVE && grant.state() != Grant.State.EXHAUSTED);
                        assertThat(grant.open()).isEmpty();
                    });
                }
            }
        }
    }

    private static void act(OurDesk desk, Deed deed, Set<String> requests) {
        List<String> ids = List.copyOf(requests);
        String id = ids.isEmpty() ? "" : ids.get(deed.which() % ids.size());
        String who = PEOPLE[deed.who() % PEOPLE.length];
        Call call =
                Call.refund(deed.who() % 2 == 0 ? "ana" : "mia", deed.how() % 3).on("o" + deed.which() % 3);
        try {
            switch (deed.what()) {
                case 0, 7 -> {
                    if (desk.call(call) == Outcome.PENDING) {
                        requests.add(desk.lastRequest());
                    }
                }
                case 1 -> {
                    if (!id.isEmpty()) {
                        desk.vote(id, who, VERDICTS.get(deed.how() % 3), Optional.empty());
                    }
                }
                case 2 -> {
                    if (!id.isEmpty()) {
                        desk.approve(id, who);
                    }
                }
                case 3 -> {
                    if (!id.isEmpty()) {
                        desk.withdraw(id, who);
                    }
                }
                case 4 -> grant(desk, id).ifPresent(grant -> desk.revokeGrantOf(id));
                case 5 -> grant(desk, id).ifPresent(grant -> desk.returnGrantOf(id, who));
                default -> advance(desk, Duration.ofMinutes(deed.how() % 12));
            }
        } catch (JitApprovalException refused) {
            assertThat(refused.reason()).isNotNull();
        }
        desk.store.pendingRequests().forEach(request -> requests.add(request.id()));
    }

    /** Alarms are answered on another thread: goes on when what is overdue has been written down. */
    private static void advance(OurDesk desk, Duration time) {
        desk.advance(time);
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (desk.store.pendingRequests().stream()
                .anyMatch(request -> request.stateAt(desk.store.now()) == ApprovalRequest.State.EXPIRED)) {
            assertThat(System.nanoTime()).as("an alarm was answered in time").isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    private static Optional<String> grant(OurDesk desk, String request) {
        return desk.store.request(request).flatMap(ApprovalRequest::grantId);
    }

    private static void arrows(OurDesk desk, Set<String> requests, Map<String, ApprovalRequest.State> before) {
        for (String id : requests) {
            ApprovalRequest.State now = desk.store.request(id).orElseThrow().state();
            ApprovalRequest.State was = before.put(id, now);
            if (was != null && was != ApprovalRequest.State.PENDING) {
                assertThat(now).as("an ended request stays as it ended").isEqualTo(was);
            }
        }
    }

    /** Says that it wrote, and every fifth time did not. */
    private static final class Losing implements InlineAuditSink {

        private final AuditSink sink;
        private int count;

        Losing(AuditSink sink) {
            this.sink = sink;
        }

        @Override
        public void append(List<AuditRecord> records) throws Exception {
            boolean matters = records.stream().anyMatch(record -> record.kind() != Kind.COALESCED);
            if (!matters || ++count % 5 != 0) {
                sink.append(records);
            }
        }
    }
}
