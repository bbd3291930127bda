package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jitapproval.ActionDeniedException;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.core.guard.Inside;
import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.walls.FaultDesk.Ending;
import io.jitapproval.walls.Faults.Fired;
import io.jitapproval.walls.Faults.Place;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("wall 1, R05: whatever fails, wherever it fails, the action does not run")
class FailClosedTest {

    /**
     * Called where {@link StartAndCloseTest}, {@link DeskFaultsTest}, {@link OutboxFaultsTest} and the tests of kept calls look, or by
     * nobody.
     */
    private static final Set<String> NOT_IN_A_CALL = Set.of(
            "ApprovalChannel.name",
            "GrantStore.changeMessage",
            "GrantStore.deadMessages",
            "GrantStore.dueMessages",
            "GrantStore.nextMessageDue",
            "UpdatingApprovalChannel.deliver",
            "UpdatingApprovalChannel.send",
            "UpdatingApprovalChannel.update",
            "DigestingApprovalChannel.deliverDigest",
            "ReplayExecutor.run",
            "PolicySource.load",
            "PolicySource.mayChange",
            "InteractiveApprovalChannel.connect",
            "ArgumentCodec.type",
            "ApprovalChannel.close",
            "AuditSink.close",
            "GrantStore.close",
            "GrantStore.grant",
            "GrantStore.pendingRequests",
            "GrantStore.voidGrants",
            "GrantStore.voidedGrants",
            "TimeSource.millis",
            "TimeSource.withZone",
            // These in FailingReturnTypeTest.
            "AsyncReturnType.forMethod",
            "Bridge.outcomeGoesToLastParameter",
            "Bridge.answer",
            "Listener.started",
            "Listener.failed");

    /** What the guard implements itself; an inline sink has no method of its own. */
    private static final Set<Class<?>> NOT_FOREIGN = Set.of(
            GrantStore.Change.class,
            GrantStore.EntryChange.class,
            InlineAuditSink.class,
            AsyncCall.class,
            AsyncReturnType.Invocation.class);

    private static final String ALL = ".*";

    @AfterEach
    void nothingStaysBehind() {
        assertThat(Thread.interrupted()).isFalse();
        assertThatThrownBy(() -> Inside.require("work.asked")).isInstanceOf(ActionDeniedException.class);
    }

    private static FaultDesk ours(boolean queued) {
        return new FaultDesk(queued, FaultDesk.CAREFUL, UnaryOperator.identity());
    }

    /** Every call of foreign code that a scenario makes, before and after it has worked. */
    private static List<Place> places(Supplier<FaultDesk> desks, Scenario scenario, String sites) {
        List<Place> places = new ArrayList<>();
        try (FaultDesk desk = desks.get()) {
            desk.prepare(scenario);
            for (Map.Entry<String, Integer> site : desk.census(scenario).entrySet()) {
                // What is told at the end is told beside the call: its order is not fixed.
                boolean aside =
                        site.getKey().contains("[ENDED]") || site.getKey().contains(Faults.DELIVERY);
                int calls = aside || site.getKey().contains("notif") ? 1 : site.getValue();
                boolean wanted =
                        site.getKey().matches(sites) && !site.getKey().contains("[ENDED]") && !isOfTheOutbox(site);
                for (int call = 1; call <= calls && wanted; call++) {
                    places.add(new Place(site.getKey(), call, false));
                    if (site.getKey().matches("(GrantStore|AuditSink|Journal).*")) {
                        places.add(new Place(site.getKey(), call, true));
                    }
                }
            }
        }
        return places;
    }

    /** What the dispatcher does beside the call is for {@link OutboxFaultsTest}. */
    private static boolean isOfTheOutbox(Map.Entry<String, Integer> site) {
        return site.getKey().contains(Faults.DELIVERY)
                && !site.getKey().matches("(ApprovalChannel|(AuditSink|Journal)\\.append\\[notif).*");
    }

    private static void check(Supplier<FaultDesk> desks, Scenario scenario, Place place, Blow blow) {
        try (FaultDesk desk = desks.get()) {
            desk.prepare(scenario);
            desk.faults.arm(place, blow);
            Ending ending = desk.go(scenario);
            boolean flag = Thread.interrupted();
            desk.faults.disarm();
            Fired fired = desk.faults.fired().orElseThrow(() -> new AssertionError("the fault never came: " + place));

            assertThat(desk.unrecorded).as("ran before it was on record").hasValue(0);
            if (fired.actionHadBegun()) {
                assertThat(ending.result()).as("the result, %s", ending).contains(FaultDesk.DONE);
                assertThat(desk.ran).hasValue(1);
            } else if (decides(scenario, place)) {
                assertThat(desk.ran).as("runs of the action").hasValue(0);
                assertRefused(ending);
            } else if (ending.result().isEmpty()) {
                assertThat(desk.ran).as("runs of the action").hasValue(0);
                assertRefused(ending);
            }
            boolean own = Thread.currentThread().equals(fired.thread()) && !place.isAbout(Faults.VOTE);
            if (blow == Blow.INTERRUPTED && own) {
                assertThat(flag).as("the interrupt flag").isTrue();
            }
            if (!place.after()) {
                assertThat((long) desk.spent()).as("spent uses").isEqualTo(desk.spentOnRecord());
            }
            assertThat(desk.ran.get()).isLessThanOrEqualTo((int) desk.begun());
            assertWorksAgain(desk, blow);
        }
    }

    /** Not a vote, not a notice, and not the second look of a pending call, which only explains. */
    private static boolean decides(Scenario scenario, Place place) {
        boolean explains = place.isAbout("AttributeResolver")
                && place.call() == 2
                && scenario.name().endsWith("WAITING");
        return place.isOfTheCall() && !place.isAbout("notif") && !place.isAbout("voted") && !explains;
    }

    private static void assertRefused(Ending ending) {
        assertThat(ending.thrown()).as("thrown").get().isInstanceOf(JitApprovalException.class);
        JitApprovalException refused = (JitApprovalException) ending.thrown().orElseThrow();
        assertThat(refused.reason().code()).startsWith("JIT-");
        assertThat(refused).hasMessageContaining(refused.reason().code());
    }

    private static void assertWorksAgain(FaultDesk desk, Blow blow) {
        int before = desk.ran.get();
        assertThat(desk.go(Scenario.ALLOWED).result())
                .as("the next allowed call")
                .contains(FaultDesk.DONE);
        assertThat(desk.ran).hasValue(before + 1);
        if (blow == Blow.RUNTIME || blow == Blow.INTERRUPTED || blow == Blow.OUT_OF_MEMORY) {
            assertThat(desk.go(Scenario.WAITING).result())
                    .as("the next asking call")
                    .contains(FaultDesk.DONE);
            assertThat(desk.ran).hasValue(before + 2);
        }
    }

    @TestFactory
    @DisplayName("wall 1, R05: each part × each of its calls × each throwable × each way of a call")
    Stream<DynamicTest> faults() {
        return Stream.of(false, true)
                .flatMap(queued -> Arrays.stream(Scenario.values())
                        .map(scenario -> DynamicTest.dynamicTest(
                                "wall 1, R05: " + scenario + (queued ? ", queued sink" : ", inline sink"),
                                () -> everyFault(() -> ours(queued), scenario, queued ? "AuditSink.*" : ALL))));
    }

    private static void everyFault(Supplier<FaultDesk> desks, Scenario scenario, String sites) {
        List<String> wrong = new ArrayList<>();
        List<Place> places = places(desks, scenario, sites);
        assertThat(places).isNotEmpty();
        for (Place place : places) {
            for (Blow blow : Blow.values()) {
                try {
                    check(desks, scenario, place, blow);
                } catch (AssertionError e) {
                    wrong.add(place + " throws " + blow + ": "
                            + e.getMessage()
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .toList());
                    if (e.getMessage().contains(TimeoutException.class.getName())) {
                        break;
                    }
                } finally {
                    Thread.interrupted();
                }
            }
        }
        assertThat(wrong)
                .as("wrong, of %d", places.size() * Blow.values().length)
                .isEmpty();
    }

    @Test
    @DisplayName("wall 1, R05: no method of io.jitapproval.spi is left out")
    void everyMethodIsInjected() {
        Set<String> reached = new TreeSet<>(NOT_IN_A_CALL);
        for (Scenario scenario : Scenario.values()) {
            places(() -> ours(false), scenario, ALL)
                    .forEach(place -> reached.add(place.site().split("[@/\\[ ]", 2)[0]));
        }

        assertThat(reached).containsAll(methodsOfTheSpi());
    }

    private static Set<String> methodsOfTheSpi() {
        Set<String> methods = new TreeSet<>();
        for (JavaClass found : new ClassFileImporter().importPackages(AuditSink.class.getPackageName())) {
            Class<?> type = found.reflect();
            if (type.isInterface() && !NOT_FOREIGN.contains(type)) {
                for (Method method : type.getMethods()) {
                    if (!Modifier.isStatic(method.getModifiers())) {
                        boolean inherited = method.getDeclaringClass().getPackage() == type.getPackage();
                        Class<?> owner = inherited ? method.getDeclaringClass() : type;
                        methods.add(owner.getSimpleName() + "." + method.getName());
                    }
                }
            }
        }
        return methods;
    }

    @Test
    @DisplayName("wall 1, R05, twin: a host that goes on when the guard is out of order")
    void twinThatPrefersAvailability() {
        FaultDesk.Caller available = (attempt, action) -> {
            try {
                return attempt.call(action);
            } catch (GuardUnavailableException outOfOrder) {
                return action.call();
            }
        };
        Supplier<FaultDesk> desks = () -> new FaultDesk(false, available, UnaryOperator.identity());
        Place begin = new Place("GrantStore.changeGrant", 1, false);

        check(() -> ours(false), Scenario.COVERED, begin, Blow.RUNTIME);
        assertThatThrownBy(() -> check(desks, Scenario.COVERED, begin, Blow.RUNTIME))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> everyFault(desks, Scenario.ALLOWED, ALL)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("wall 1, R45, twin: a sink that swallows what its target throws")
    void twinSinkThatSwallows() {
        Supplier<FaultDesk> desks = () -> new FaultDesk(false, FaultDesk.CAREFUL, Swallowing::new);
        Place begin = new Place("AuditSink.append[use-begun]", 1, false);

        for (Blow blow : Blow.values()) {
            if (blow != Blow.INTERRUPTED) {
                check(() -> ours(false), Scenario.ALLOWED, begin, blow);
            }
            assertThatThrownBy(() -> check(desks, Scenario.ALLOWED, begin, blow))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private record Swallowing(AuditSink target) implements InlineAuditSink {

        @Override
        public void append(List<io.jitapproval.spi.AuditRecord> records) {
            try {
                target.append(records);
            } catch (Throwable lost) {
                assertThat(lost).isNotNull();
            }
        }
    }
}
