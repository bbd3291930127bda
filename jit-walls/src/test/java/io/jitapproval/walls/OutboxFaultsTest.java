package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.AskingLimits;
import io.jitapproval.AskingLimits.Bucket;
import io.jitapproval.Attempt;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Vote;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.walls.Faults.Place;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
                        new Place("GrantStore.changeEntry@delivery", 1, false),
                        new Place("GrantStore.changeEntry@delivery", 1, true),
                        new Place("Journal.append[notified]@delivery", 1, false),
                        new Place("AuditSink.append[notified]@delivery", 1, false),
                        new Place("GrantStore.dueMessages@delivery", 1, false),
                        new Place("GrantStore.nextMessageDue@delivery", 1, false),
                        new Place("ApprovalChannel.deliver[ASKED]@delivery", 1, false))
                .flatMap(place -> Stream.of(Blow.values())
                        .map(blow -> DynamicTest.dynamicTest(
                                "wall 11: " + place + " throws " + blow, () -> check(place, blow, desk -> {}))));
    }

    private static void ask(FaultDesk desk, int order) {
        Attempt attempt = desk.guard
                .attempt("work.asked")
                .on(Resource.of("order", "7" + order))
                .with("sum", new FaultDesk.Money(5));
        assertThatThrownBy(() -> attempt.run(() -> {})).isInstanceOf(ApprovalPendingException.class);
    }

    private static void checkDigest(Place place, Blow blow, Consumer<FaultDesk> meanwhile) {
        AskingLimits limits = new AskingLimits(
                Bucket.ENDLESS, Bucket.ENDLESS, Integer.MAX_VALUE, new Bucket(1, Duration.ofMinutes(1)));
        try (FaultDesk desk = new FaultDesk(false, FaultDesk.CAREFUL, UnaryOperator.identity(), limits)) {
            for (int order = 0; order < 3; order++) {
                ask(desk, order);
            }
            assertThat(desk.store.pendingRequests()).as("the requests").hasSize(3);
            desk.faults.arm(place, blow);
            desk.time.moveTo(desk.time.instant().plus(Duration.ofMinutes(1)));
            assertThat(within(10_000, () -> desk.faults.fired().isPresent()))
                    .as("the fault came")
                    .isTrue();
            desk.faults.disarm();
            meanwhile.accept(desk);

            passUntil(desk, () -> settled(desk));
            assertThat(settled(desk)).as("everything is told").isTrue();
            assertThat(desk.store.pendingRequests()).as("the requests").hasSize(3);
        } finally {
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @TestFactory
    @DisplayName("walls 1, 11 and 14: each call of the dispatcher for a digest × each throwable")
    Stream<DynamicTest> faultsOfDigests() {
        Stream<Place> store = IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(call -> Stream.of(
                        new Place("GrantStore.changeMessage@delivery", call, false),
                        new Place("GrantStore.changeMessage@delivery", call, true)));
        return Stream.concat(
                        store,
                        Stream.of(
                                new Place("DigestingApprovalChannel.deliverDigest@delivery", 1, false),
                                new Place("DigestingApprovalChannel.deliverDigest@delivery", 1, true),
                                new Place("GrantStore.request@delivery", 2, false),
                                new Place("PeopleDirectory.named@delivery", 1, false),
                                new Place("Journal.append[notified]@delivery", 1, false)))
                .flatMap(place -> Stream.of(Blow.values())
                        .map(blow -> DynamicTest.dynamicTest(
                                "walls 11 and 14: " + place + " throws " + blow,
                                () -> checkDigest(place, blow, desk -> {}))));
    }

    @Test
    @DisplayName("walls 1 and 11, twin: what is held back is forgotten when its digest fails")
    void twinThatForgetsDigests() {
        Place place = new Place("DigestingApprovalChannel.deliverDigest@delivery", 1, false);

        assertThatThrownBy(() -> checkDigest(place, Blow.RUNTIME, OutboxFaultsTest::forget))
                .isInstanceOf(AssertionError.class);
    }

    private static void forget(FaultDesk desk) {
        desk.store.pendingRequests().stream()
                .flatMap(request -> desk.store.messages(request.id()).stream())
                .forEach(message -> desk.store.changeMessage(
                        message.id(),
                        (current, now) -> io.jitapproval.spi.GrantStore.Step.to(current.superseded("forgotten"), ""),
                        records -> {}));
    }

    @Test
    @DisplayName("walls 1 and 11, twin: a message that is forgotten when its attempt fails")
    void twinThatForgets() {
        Place place = new Place("ApprovalChannel.deliver[ASKED]@delivery", 1, false);
        assertThatThrownBy(() -> check(place, Blow.RUNTIME, OutboxFaultsTest::forget))
                .isInstanceOf(AssertionError.class);
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
