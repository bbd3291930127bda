package io.jitapproval.walls.theirs;

import static io.jitapproval.walls.theirs.House.role;
import static io.jitapproval.walls.theirs.House.stages;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Stage;
import io.jitapproval.StandIn;
import io.jitapproval.spi.AuditRecord.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 4: stand-ins have the place of one person, for a while, and never get round separation of duties")
class StandInsTest {

    private static final Stage FINANCE = new Stage(Set.of(role("FINANCE")), 1);
    private static final Stage CFO = new Stage(Set.of(role("CFO")), 1);

    private static Reason name(House house, String principal, String standIn, int days) {
        Instant now = house.clock.instant();
        return house.guard
                .approvals()
                .standIns()
                .name(Ref.user(principal), Ref.user(standIn), now, now.plus(Duration.ofDays(days)));
    }

    @Test
    @DisplayName("a stand-in sees the request, votes in the other's place, and both are on record")
    void votes() {
        try (House house = new House(stages(CFO))) {
            assertThat(name(house, "kai", "leo", 7)).isEqualTo(Reason.STAND_IN_NAMED);
            house.ask();
            assertThat(house.waitsFor("leo")).isTrue();
            assertThat(house.approve("leo").counted()).isTrue();
            assertThat(house.now().votes()).singleElement().satisfies(vote -> {
                assertThat(vote.person()).isEqualTo("leo");
                assertThat(vote.standsFor()).contains("kai");
            });
            assertThat(house.of(Kind.VOTED).get(0).details())
                    .containsEntry("person", "leo")
                    .containsEntry("standsFor", "kai");
            assertThat(house.of(Kind.STAND_IN_NAMED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("a principal and the stand-in are one place, whoever is first")
    void onePlace() {
        Stage two = new Stage(Set.of(role("FINANCE")), 2);
        for (boolean principalFirst : new boolean[] {true, false}) {
            try (House house = new House(stages(two))) {
                name(house, "mia", "leo", 7);
                house.ask();
                assertThat(house.approve(principalFirst ? "mia" : "leo").counted())
                        .isTrue();
                assertThat(house.approve(principalFirst ? "leo" : "mia").reason())
                        .isEqualTo(Reason.PLACE_TAKEN);
                assertThat(house.waitsFor("leo")).isFalse();
            }
        }
    }

    @Test
    @DisplayName("one human is one vote: who has a place of their own does not vote in another's too")
    void oneHuman() {
        try (House house = new House(stages(new Stage(Set.of(role("FINANCE")), 2)))) {
            name(house, "mia", "tom", 7);
            house.ask();
            assertThat(house.approve("tom").counted()).isTrue();
            assertThat(house.approve("tom").reason()).isEqualTo(Reason.ALREADY_VOTED);
            assertThat(house.now().votes().get(0).standsFor()).isEmpty();
            assertThat(house.approve("mia").counted())
                    .as("mia is another human")
                    .isTrue();
        }
    }

    @Test
    @DisplayName("R22: who asks is nobody's stand-in on it, and nobody stands in for who asks")
    void requesters() {
        try (House house = new House(stages(FINANCE))) {
            house.people.give("ana", "FINANCE");
            name(house, "mia", "ana", 7);
            name(house, "ana", "leo", 7);
            house.ask();
            assertThat(house.approve("ana").reason()).isEqualTo(Reason.SEPARATION_OF_DUTIES);
            assertThat(house.approve("leo").reason())
                    .as("not for ana, and not over ana for mia")
                    .isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
        }
    }

    @Test
    @DisplayName("it holds in [from, until), and not after it was ended; at equality, no")
    void period() {
        try (House house = new House(stages(CFO))) {
            Instant now = house.clock.instant();
            Instant from = now.plusSeconds(60);
            Instant until = now.plusSeconds(120);
            var standIns = house.guard.approvals().standIns();
            assertThat(standIns.name(Ref.user("kai"), Ref.user("leo"), from, until))
                    .isEqualTo(Reason.STAND_IN_NAMED);
            house.ask();
            assertThat(house.waitsFor("leo")).isFalse();
            house.clock.advance(Duration.ofSeconds(60));
            assertThat(house.waitsFor("leo")).isTrue();
            house.clock.advance(Duration.ofSeconds(60));
            assertThat(house.approve("leo").reason()).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            name(house, "kai", "leo", 1);
            assertThat(house.waitsFor("leo")).isTrue();
            assertThat(standIns.end(Ref.user("kai"))).isEqualTo(Reason.STAND_IN_ENDED);
            assertThat(standIns.end(Ref.user("kai"))).isEqualTo(Reason.NO_STAND_IN);
            assertThat(house.waitsFor("leo")).isFalse();
            assertThat(standIns.list()).isEmpty();
            assertThat(house.of(Kind.STAND_IN_ENDED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("chains are followed, and are short and end; a period has bounds; everybody is known")
    void chains() {
        try (House house = new House(stages(CFO))) {
            assertThat(name(house, "kai", "kai", 7)).isEqualTo(Reason.STAND_IN_CIRCULAR);
            assertThat(name(house, "kai", "mia", 7)).isEqualTo(Reason.STAND_IN_NAMED);
            assertThat(name(house, "mia", "tom", 7)).isEqualTo(Reason.STAND_IN_NAMED);
            assertThat(name(house, "tom", "kai", 7)).isEqualTo(Reason.STAND_IN_CIRCULAR);
            assertThat(name(house, "tom", "leo", 7)).isEqualTo(Reason.STAND_IN_NAMED);
            assertThat(name(house, "leo", "eva", 7)).isEqualTo(Reason.STAND_IN_CHAIN);
            assertThat(name(house, "eva", "kai", 7)).isEqualTo(Reason.STAND_IN_CHAIN);
            assertThat(name(house, "eva", "leo", 32)).isEqualTo(Reason.STAND_IN_PERIOD);
            assertThat(name(house, "eva", "leo", 0)).isEqualTo(Reason.STAND_IN_PERIOD);
            assertThat(name(house, "eva", "nobody", 1)).isEqualTo(Reason.STAND_IN_UNRESOLVED);
            assertThat(house.guard.approvals().standIns().list())
                    .extracting(StandIn::principal)
                    .containsExactly("kai", "mia", "tom");
            house.ask();
            assertThat(house.approve("leo").counted()).isTrue();
            assertThat(house.now().votes().get(0).standsFor()).contains("kai");
        }
    }
}
