package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitApprovalException;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.walls.Faults.Place;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName(
        "walls 1 and 11: whatever fails beside the dispatcher, the notice goes out later, and the request is not touched")
class OutboxFaultsTest {

    private static final Duration STEP = Duration.ofSeconds(20);
    private static final int STEPS = 60;

    private static boolean within(long millis, java.util.function.BooleanSupplier until) {
        long start = System.nanoTime();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() - start > millis * 1_000_000) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static boolean told(FaultDesk desk, String notice) {
        return desk.records().stream()
                .anyMatch(record -> record.kind() == AuditRecord.Kind.NOTIFIED
                        && notice.equals(record.details().get("notice")));
    }

    private static boolean settled(FaultDesk desk) {
        return desk.store.pendingRequests().stream()
                .flatMap(request -> desk.store.messages(request.id()).stream())
                .allMatch(message -> message.state() == OutboxMessage.State.DELIVERED);
    }

    private static void passUntil(FaultDesk desk, java.util.function.BooleanSupplier until) {
        for (int step = 0; step < STEPS && !within(100, until); step++) {
            desk.time.moveTo(desk.time.instant().plus(STEP));
        }
    }

    private static void check(Place place, Blow blow, Consumer<FaultDesk> meanwhile) {
        try (FaultDesk desk = new FaultDesk(false, FaultDesk.CAREFUL, UnaryOperator.identity())) {
            desk.faults.arm(place, blow);
            desk.go(Scenario.ASKED);
            assertThat(desk.store.pendingRequests()).as("the request").hasSize(1);
            assertThat(within(10_000, () -> desk.faults.fired().isPresent()))
                    .as("the fault came")
                    .isTrue();
            desk.faults.disarm();
            meanwhile.accept(desk);

            passUntil(desk, () -> told(desk, "asked") && settled(desk));
            assertThat(told(desk, "asked")).as("the question is told").isTrue();
            String id = desk.store.pendingRequests().get(0).id();
            desk.guard.approvals().vote(id, Vote.deny(desk.store.request(id).orElseThrow(), Ref.user("mia"), "no"));
            passUntil(desk, () -> told(desk, "ended"));
            assertThat(told(desk, "ended")).as("the end is told").isTrue();
        } finally {
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @TestFactory
    @DisplayName("walls 1 and 11: each call of the dispatcher × each throwable")
    Stream<DynamicTest> faults() {
        return Stream.of(
                        new Place("GrantStore.request@delivery", 1, false),
                        new Place("GrantStore.messages@delivery", 1, false),
                        new Place("GrantStore.changeMessage@delivery", 1, false),
                        new Place("GrantStore.changeMessage@delivery", 1, true),
                        new Place("GrantStore.changeMessage@delivery", 2, false),
                        new Place("GrantStore.changeMessage@delivery", 2, true),
                        new Place("Journal.append[notified]@delivery", 1, false),
                        new Place("AuditSink.append[notified]@delivery", 1, false),
                        new Place("GrantStore.dueMessages@delivery", 1, false),
                        new Place("GrantStore.nextMessageDue@delivery", 1, false),
                        new Place("ApprovalChannel.deliver[ASKED]@delivery", 1, false))
                .flatMap(place -> Stream.of(Blow.values())
                        .map(blow -> DynamicTest.dynamicTest(
                                "wall 11: " + place + " throws " + blow, () -> check(place, blow, desk -> {}))));
    }

    @Test
    @DisplayName("walls 1 and 11, twin: a message that is forgotten when its attempt fails")
    void twinThatForgets() {
        Place place = new Place("ApprovalChannel.deliver[ASKED]@delivery", 1, false);
        Consumer<FaultDesk> forget = desk -> desk.store.pendingRequests().stream()
                .flatMap(request -> desk.store.messages(request.id()).stream())
                .forEach(message -> desk.store.changeMessage(
                        message.id(),
                        (current, now) -> io.jitapproval.spi.GrantStore.Step.to(current.superseded("forgotten"), ""),
                        records -> {}));

        assertThatThrownBy(() -> check(place, Blow.RUNTIME, forget)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 1: an operator who looks at what was given up is told when nobody can tell")
    void deliveries() {
        try (FaultDesk desk = new FaultDesk(false, FaultDesk.CAREFUL, UnaryOperator.identity())) {
            desk.faults.arm(new Place("GrantStore.deadMessages", 1, false), Blow.ERROR);
            assertThatThrownBy(() -> desk.guard.deliveries().dead()).isInstanceOf(JitApprovalException.class);
            desk.faults.disarm();
            assertThat(desk.guard.deliveries().dead()).isEqualTo(List.of());
        }
    }
}
