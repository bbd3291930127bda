package io.jitapproval.walls.theirs;

import static io.jitapproval.walls.theirs.House.course;
import static io.jitapproval.walls.theirs.House.role;
import static io.jitapproval.walls.theirs.House.stages;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Escalation;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Shown;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Way;
import io.jitapproval.walls.theirs.NaiveOffice.Bug;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What leading products get wrong about votes, each with the bug that must fail its check. */
enum TheirBugs {
    TWO_GROUPS_TWO_PLACES("R23: a person in two groups fills two places", Bug.EACH_STAGE_COUNTS_ALONE) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(FINANCE, AUDIT);
        }

        @Override
        void check(Office office) {
            assertThat(office.approve("zoe")).isTrue();
            assertThat(office.state()).isEqualTo("pending");
            assertThat(office.approve("mia")).isTrue();
            assertThat(office.state()).isEqualTo("approved");
        }
    },
    EQUALS_INSTEAD_OF_AT_LEAST(
            "R23: == instead of >=: one approval more than needed, and nothing is ever approved",
            Bug.EXACTLY_THE_NUMBER) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(FINANCE, AUDIT);
        }

        @Override
        void check(Office office) {
            assertThat(office.approve("mia")).isTrue();
            assertThat(office.approve("tom")).isTrue();
            assertThat(office.approve("eva")).isTrue();
            assertThat(office.state()).isEqualTo("approved");
        }
    },
    DENIAL_LOST_TO_LATE_APPROVAL("R25: a denial is lost to a later approval", Bug.LATE_APPROVAL_WINS) {
        @Override
        void check(Office office) {
            assertThat(office.deny("mia")).isTrue();
            assertThat(office.approve("tom")).isFalse();
            assertThat(office.state()).isEqualTo("denied");
        }
    },
    TIMEOUT_REPORTED_AS_DENIAL("wall 9: a timeout is reported as a denial", Bug.TIMEOUT_IS_DENIAL) {
        @Override
        void check(Office office) {
            office.pass(Duration.ofHours(1));
            assertThat(office.state()).isEqualTo("expired");
            assertThat(office.outcome()).contains(Reason.APPROVAL_EXPIRED);
        }
    },
    DENIAL_BY_POLICY_IS_NOBODYS("wall 9: nobody said no, and yet it reads as if somebody had", Bug.TIMEOUT_IS_DENIAL) {
        @Override
        UnaryOperator<Requirement> required() {
            return course(AtDecideBy.DENY, FINANCE);
        }

        @Override
        void check(Office office) {
            office.pass(Duration.ofHours(1));
            assertThat(office.state()).isEqualTo("denied");
            assertThat(office.outcome()).contains(Reason.DENIED_BY_TIMEOUT);
        }
    },
    STALE_VERSION("wall 2: a vote counts for a version that the voter never saw", Bug.OLD_VERSION_IS_FINE) {
        @Override
        void check(Office office) {
            Shown before = office.look();
            office.inform("the customer called again");
            assertThat(office.vote("mia", Verdict.APPROVE, before)).isFalse();
            assertThat(office.state()).isEqualTo("pending");
            assertThat(office.approve("mia")).isTrue();
        }
    },
    APPROVER_SAW_OTHER_ARGUMENTS(
            "wall 2: the approver saw other arguments", Bug.OLD_ARGUMENTS_ARE_FINE, Bug.OLD_VERSION_IS_FINE) {
        @Override
        void check(Office office) {
            Shown before = office.look();
            office.change(9_999);
            assertThat(office.vote("mia", Verdict.APPROVE, before)).isFalse();
            assertThat(office.state()).isEqualTo("pending");
        }
    },
    VOTES_SURVIVE_A_CHANGE(
            "wall 2: votes on what was asked first count for what is asked now", Bug.VOTES_SURVIVE_A_CHANGE) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(new Stage(Set.of(role("FINANCE")), 2));
        }

        @Override
        void check(Office office) {
            assertThat(office.approve("mia")).isTrue();
            office.change(9_999);
            assertThat(office.state()).isEqualTo("pending");
            assertThat(office.approve("mia")).as("her first vote is gone").isTrue();
        }
    },
    APPROVER_ABSENT(
            "the approver is absent, so the whole request fails: others may decide after a time", Bug.NOBODY_ELSE) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(escalating("FINANCE", 10, "CFO"));
        }

        @Override
        void check(Office office) {
            assertThat(office.approve("kai")).isFalse();
            office.pass(Duration.ofMinutes(10));
            assertThat(office.approve("kai")).isTrue();
            assertThat(office.state()).isEqualTo("approved");
        }
    },
    ESCALATION_APPROVES("wall 9: nobody answers, and that is taken as a yes", Bug.ESCALATION_APPROVES) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(escalating("FINANCE", 10, "CFO"));
        }

        @Override
        void check(Office office) {
            office.pass(Duration.ofMinutes(59));
            assertThat(office.state()).isEqualTo("pending");
            office.pass(Duration.ofMinutes(1));
            assertThat(office.state()).isEqualTo("expired");
        }
    },
    TWO_VOTES_AT_ONCE("E3, R26: of two votes at once one is lost", Bug.LAST_WRITER_WINS) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(new Stage(Set.of(role("FINANCE")), 2));
        }

        @Override
        void check(Office office) {
            office.approveAtOnce(List.of("mia", "tom"));
            assertThat(office.state()).isEqualTo("approved");
        }
    },
    OUT_OF_TURN("the second stage decides before the first", Bug.ANY_ORDER) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(FINANCE, new Stage(Set.of(new Way(Set.of(role("CFO")), 1)), 2, Set.of()));
        }

        @Override
        void check(Office office) {
            assertThat(office.approve("kai")).isFalse();
            assertThat(office.approve("mia")).isTrue();
            assertThat(office.state()).isEqualTo("pending");
            assertThat(office.approve("kai")).isTrue();
            assertThat(office.state()).isEqualTo("approved");
        }
    },
    STAND_IN_APPROVES_OWN_REQUEST("wall 4, R22: who asks approves as somebody's stand-in", Bug.STAND_IN_FOR_ONESELF) {
        @Override
        void check(Office office) {
            office.standIn("mia", "ana");
            assertThat(office.approve("ana")).isFalse();
            assertThat(office.state()).isEqualTo("pending");
        }
    },
    STAND_IN_IS_ANOTHER_VOTE("wall 4: a principal and their stand-in are two votes", Bug.STAND_IN_IS_ANOTHER_VOTE) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(new Stage(Set.of(role("FINANCE")), 2));
        }

        @Override
        void check(Office office) {
            office.standIn("mia", "leo");
            assertThat(office.approve("leo")).isTrue();
            office.approve("mia");
            assertThat(office.state()).isEqualTo("pending");
            assertThat(office.approve("tom")).isTrue();
            assertThat(office.state()).isEqualTo("approved");
        }
    },
    WAITS_IN_VAIN("wall 4: not enough people are left, and everybody waits to the end", Bug.WAITS_IN_VAIN) {
        @Override
        UnaryOperator<Requirement> required() {
            return stages(new Stage(Set.of(role("FINANCE")), 3));
        }

        @Override
        void check(Office office) {
            assertThat(office.abstain("tom")).isTrue();
            assertThat(office.state()).isEqualTo("failed");
            assertThat(office.outcome()).contains(Reason.APPROVAL_UNREACHABLE);
        }
    };

    private static final Stage FINANCE = new Stage(Set.of(role("FINANCE")), 1);
    private static final Stage AUDIT = new Stage(Set.of(role("AUDIT")), 1);

    final String claim;
    private final Bug bug;
    private final Bug other;

    TheirBugs(String claim, Bug bug) {
        this(claim, bug, bug);
    }

    TheirBugs(String claim, Bug bug, Bug other) {
        this.claim = claim;
        this.bug = bug;
        this.other = other;
    }

    /** What has to be broken for the check to fail. */
    Set<Bug> bugs() {
        return EnumSet.of(bug, other);
    }

    UnaryOperator<Requirement> required() {
        return stages(FINANCE);
    }

    abstract void check(Office office);

    static Stage escalating(String by, int minutes, String to) {
        return new Stage(
                Set.of(new Way(Set.of(role(by)), 1)),
                1,
                Set.of(new Escalation(Duration.ofMinutes(minutes), Set.of(role(to)), false, Set.of())));
    }
}
