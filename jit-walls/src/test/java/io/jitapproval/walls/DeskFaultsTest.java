package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Grant;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.walls.Faults.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("wall 1, R05: whatever fails while people decide, nothing is decided by it")
class DeskFaultsTest {

    private static final Ref MIA = Ref.user("mia");
    private static final Ref ANA = Ref.user("ana");

    /** What approvers and holders do. */
    private enum Doing {
        LOOK,
        LIST,
        FIND,
        VOTE,
        WITHDRAW,
        FIND_GRANT,
        LIST_GRANTS,
        GIVE_BACK,
        REVOKE
    }

    /** Does it; a twin does it badly. */
    private interface Way {
        Object act(Approvals approvals, String request, Vote vote);
    }

    /** One pending request and one active grant. */
    private static final class Office implements AutoCloseable {

        final FaultDesk desk = new FaultDesk(false, FaultDesk.CAREFUL, UnaryOperator.identity());
        final Way voting;

        Office(Way voting) {
            this.voting = voting;
            desk.prepare(Scenario.COVERED);
            desk.go(Scenario.PROXY);
        }

        ApprovalRequest request() {
            return desk.store.pendingRequests().get(0);
        }

        Grant grant() {
            return desk.store.activeGrants().get(0);
        }

        Object act(Doing doing) {
            Approvals approvals = desk.guard.approvals();
            return switch (doing) {
                case LOOK -> approvals.waitingFor(MIA);
                case LIST -> approvals.pending();
                case FIND -> approvals.find(request().id());
                case VOTE -> voting.act(approvals, request().id(), Vote.approve(request(), MIA));
                case WITHDRAW -> approvals.withdraw(request().id(), ANA);
                case FIND_GRANT -> desk.guard.grants().find(grant().id());
                case LIST_GRANTS -> desk.guard.grants().active();
                case GIVE_BACK -> desk.guard.grants().giveBack(grant().id(), ANA);
                case REVOKE -> desk.guard.grants().revoke(grant().id(), MIA, "over");
            };
        }

        @Override
        public void close() {
            desk.close();
        }
    }

    private static List<Place> places(Doing doing) {
        List<Place> places = new ArrayList<>();
        try (Office office = new Office(Approvals::vote)) {
            office.desk.faults.count();
            office.act(doing);
            for (Map.Entry<String, Integer> site : office.desk.faults.counted().entrySet()) {
                // What is told about the end is not part of it, and calling an alarm off never fails.
                boolean aside = site.getKey().matches(".*(@|ENDED|notif|called off).*");
                for (int call = 1; !aside && call <= site.getValue(); call++) {
                    places.add(new Place(site.getKey(), call, false));
                }
            }
        }
        return places;
    }

    private static void check(Way voting, Doing doing, Place place, Blow blow) {
        try (Office office = new Office(voting)) {
            office.desk.faults.arm(place, blow);
            Throwable thrown = null;
            try {
                office.act(doing);
            } catch (Throwable told) {
                thrown = told;
            }
            boolean flag = Thread.interrupted();
            office.desk.faults.disarm();

            assertThat(office.desk.faults.fired()).isPresent();
            assertThat(thrown).as("thrown").isInstanceOf(GuardUnavailableException.class);
            assertThat(flag).as("the interrupt flag").isEqualTo(blow == Blow.INTERRUPTED);
            Reason reason = ((GuardUnavailableException) thrown).reason();
            if (place.isAbout("PeopleDirectory") && blow != Blow.INTERRUPTED) {
                assertThat(reason).isEqualTo(Reason.PEOPLE_UNAVAILABLE);
            }
            assertThat(office.desk.store.pendingRequests()).as("pending").hasSize(1);
            assertThat(office.desk.store.activeGrants()).as("grants").hasSize(1);
            assertThat(office.request().votes()).isEmpty();
            assertThat(office.act(doing)).as("once the fault is gone").isNotNull();
        }
    }

    private static void everyFault(Way voting, Doing doing) {
        List<String> wrong = new ArrayList<>();
        List<Place> places = places(doing);
        for (Place place : places) {
            for (Blow blow : Blow.values()) {
                try {
                    check(voting, doing, place, blow);
                } catch (AssertionError e) {
                    wrong.add(place + " throws " + blow + ": "
                            + e.getMessage().lines().limit(12).toList());
                }
            }
        }
        assertThat(wrong)
                .as("wrong, of %d", places.size() * Blow.values().length)
                .isEmpty();
    }

    @TestFactory
    @DisplayName("wall 1, R05: each part × each of its calls × each throwable × each thing that people do")
    Stream<DynamicTest> faults() {
        return Arrays.stream(Doing.values())
                .map(doing ->
                        DynamicTest.dynamicTest("wall 1, R05: " + doing, () -> everyFault(Approvals::vote, doing)));
    }

    @Test
    @DisplayName("wall 1, R05: what no call of an action reaches is reached here")
    void reached() {
        Set<String> reached = new TreeSet<>();
        for (Doing doing : Doing.values()) {
            places(doing).forEach(place -> reached.add(place.site()));
        }

        assertThat(reached).contains("GrantStore.grant", "GrantStore.pendingRequests", "GrantStore.activeGrants/0");
    }

    @Test
    @DisplayName("wall 1, R05, twin: a vote that does not say that it failed")
    void twinThatSwallows() {
        Way quiet = (approvals, request, vote) -> {
            try {
                return approvals.vote(request, vote);
            } catch (GuardUnavailableException lost) {
                return "voted";
            }
        };
        Place place = new Place("GrantStore.changeRequest", 1, false);

        check(Approvals::vote, Doing.VOTE, place, Blow.RUNTIME);
        assertThatThrownBy(() -> check(quiet, Doing.VOTE, place, Blow.RUNTIME)).isInstanceOf(AssertionError.class);
    }
}
