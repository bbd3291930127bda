package io.jitapproval.walls.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Course;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Verdict;
import io.jitapproval.walls.desk.Desk.Call;
import io.jitapproval.walls.desk.Desk.Member;
import io.jitapproval.walls.desk.Desk.Outcome;
import io.jitapproval.walls.desk.Desk.Rules;
import io.jitapproval.walls.desk.NaiveDesk.Bug;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The checks, each with the bug that must fail it. */
enum DeskChecks {
    DEFAULT_SCOPE_IS_EXACT(
            "wall 3, R03: by default a grant covers the exact call and nothing near it", Bug.SCOPE_IS_ACTION) {
        @Override
        void run(Desk desk) {
            approve(desk, REFUND);
            assertThat(desk.call(Call.refund("ana", 5001))).isEqualTo(Outcome.PENDING);
            assertThat(desk.call(REFUND.on("43"))).isEqualTo(Outcome.PENDING);
            assertThat(desk.call(REFUND.doing("payment.void"))).isEqualTo(Outcome.PENDING);
            assertThat(desk.call(Call.refund("tom", 5000))).isEqualTo(Outcome.PENDING);
            assertThat(desk.ran()).isZero();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
        }
    },
    WIDER_SCOPE_IS_EXPLICIT("wall 3: a wider scope is what the rule says, and no wider", Bug.SCOPE_IS_ACTION) {
        @Override
        Rules rules() {
            return Rules.standard().giving(terms(GrantScope.RESOURCE, 15, 9));
        }

        @Override
        void run(Desk desk) {
            approve(desk, REFUND);
            assertThat(desk.call(Call.refund("ana", 7))).isEqualTo(Outcome.RAN);
            assertThat(desk.call(REFUND.on("43"))).isEqualTo(Outcome.PENDING);
        }
    },
    VOTE_NARROWS("wall 3: a vote narrows scope, length and uses", Bug.END_IS_INCLUSIVE) {
        @Override
        Rules rules() {
            return Rules.standard().giving(terms(GrantScope.RESOURCE, 15, 3));
        }

        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            Optional<GrantTerms> narrower = Optional.of(terms(GrantScope.EXACT, 5, 2));
            assertThat(desk.vote(desk.lastRequest(), "mia", Verdict.APPROVE, narrower))
                    .isTrue();
            assertThat(desk.call(Call.refund("ana", 7))).isEqualTo(Outcome.PENDING);
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
            desk.advance(Duration.ofMinutes(5));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    VOTE_NEVER_WIDENS("wall 3: a vote that gives more than was asked does not count", Bug.VOTE_WIDENS) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            for (GrantTerms wider : new GrantTerms[] {
                terms(GrantScope.RESOURCE, 15, 1), terms(GrantScope.EXACT, 16, 1), terms(GrantScope.EXACT, 15, 2)
            }) {
                assertThat(desk.vote(desk.lastRequest(), "mia", Verdict.APPROVE, Optional.of(wider)))
                        .isFalse();
            }
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    ONE_PERSON_ONE_VOTE("wall 4, R23: one person is one vote, whatever accounts they have", Bug.ACCOUNT_IS_PERSON) {
        @Override
        Rules rules() {
            return Rules.standard().asking(2);
        }

        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            assertThat(desk.approve(desk.lastRequest(), "mia")).isTrue();
            assertThat(desk.approve(desk.lastRequest(), "mia")).isFalse();
            assertThat(desk.approve(desk.lastRequest(), "slack/U1")).isFalse();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            assertThat(desk.approve(desk.lastRequest(), "tom")).isTrue();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
        }
    },
    REQUESTER_NEVER_COUNTS("wall 4, R22: the requester's own vote never counts", Bug.SELF_APPROVAL) {
        @Override
        void run(Desk desk) {
            Call own = Call.refund("mia", 5000);
            assertThat(desk.call(own)).isEqualTo(Outcome.PENDING);
            assertThat(desk.approve(desk.lastRequest(), "mia")).isFalse();
            assertThat(desk.call(own)).isEqualTo(Outcome.PENDING);
        }
    },
    REQUESTERS_ALIAS_NEVER_COUNTS("wall 4, R22: nor does it count under another account", Bug.SELF_APPROVAL_BY_ALIAS) {
        @Override
        void run(Desk desk) {
            Call own = Call.refund("mia", 5000);
            assertThat(desk.call(own)).isEqualTo(Outcome.PENDING);
            assertThat(desk.approve(desk.lastRequest(), "slack/U1")).isFalse();
            assertThat(desk.call(own)).isEqualTo(Outcome.PENDING);
        }
    },
    EXCLUSION_KEEPS_THE_NUMBER(
            "wall 4, R24: an exclusion never lowers the number needed", Bug.EXCLUSION_LOWERS_QUORUM) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(Call.refund("mia", 5000))).isEqualTo(Outcome.PENDING);
            assertThat(desk.ran()).isZero();
        }
    },
    UNREACHABLE_FAILS_AT_ONCE("wall 4, R24: a quorum that nobody can reach fails at once", Bug.UNREACHABLE_WAITS) {
        @Override
        Rules rules() {
            return Rules.standard().asking(3);
        }

        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            assertThat(desk.call(Call.refund("mia", 5000))).isEqualTo(Outcome.UNREACHABLE);
        }
    },
    ELIGIBLE_WHEN_VOTING("wall 5, R28: who lost the role since the asking cannot vote", Bug.STALE_ROLES) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            desk.takeRole("mia", "FINANCE");
            assertThat(desk.approve(desk.lastRequest(), "mia")).isFalse();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    UNKNOWN_IS_NOT_ELIGIBLE("wall 5: an identity that cannot be resolved is not eligible", Bug.UNKNOWN_MAY_VOTE) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            assertThat(desk.approve(desk.lastRequest(), "mail/ghost")).isFalse();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    DENIAL_IS_FINAL("wall 6, R25: after a denial no approval counts", Bug.LATE_APPROVAL_WINS) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            String request = desk.lastRequest();
            assertThat(desk.deny(request, "mia")).isTrue();
            assertThat(desk.approve(request, "tom")).isFalse();
            desk.advance(Course.DEFAULT_COOL_DOWN);
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            assertThat(desk.ran()).isZero();
        }
    },
    ONLY_THE_REQUESTER_WITHDRAWS("wall 6: only the requester withdraws, and only once", Bug.ANYBODY_WITHDRAWS) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            String request = desk.lastRequest();
            assertThat(desk.withdraw(request, "tom")).isFalse();
            assertThat(desk.withdraw(request, "ana")).isTrue();
            assertThat(desk.withdraw(request, "ana")).isFalse();
            assertThat(desk.approve(request, "mia")).isFalse();
        }
    },
    DECIDE_BY("wall 7, R39: from the decide-by on nobody can decide, without any sweeper", Bug.NO_DECIDE_BY) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            desk.advance(Duration.ofMinutes(30));
            assertThat(desk.approve(desk.lastRequest(), "mia")).isFalse();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    USE_BY("wall 7: an approval that was not used before its use-by is gone", Bug.NO_USE_BY) {
        @Override
        Rules rules() {
            return Rules.standard().usedWithin(Duration.ofMinutes(3));
        }

        @Override
        void run(Desk desk) {
            approve(desk, REFUND);
            desk.advance(Duration.ofMinutes(3));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    CLOCK_STARTS_AT_APPROVAL(
            "wall 7: a grant's length counts from the approval, not from the request", Bug.CLOCK_FROM_REQUEST) {
        @Override
        void run(Desk desk) {
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            desk.advance(Duration.ofMinutes(20));
            assertThat(desk.approve(desk.lastRequest(), "mia")).isTrue();
            desk.advance(Duration.ofMinutes(14));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
        }
    },
    END_IS_EXCLUSIVE("wall 7, R40: at the very instant of its end a grant covers nothing", Bug.END_IS_INCLUSIVE) {
        @Override
        Rules rules() {
            return Rules.standard().giving(terms(GrantScope.EXACT, 15, 2));
        }

        @Override
        void run(Desk desk) {
            approve(desk, REFUND);
            desk.advance(Duration.ofMinutes(15).minusNanos(1));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
            desk.advance(Duration.ofNanos(1));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    CLOCK_FROM_FIRST_USE("wall 7: a grant may count from its first use", Bug.FIRST_USE_IGNORED) {
        @Override
        Rules rules() {
            return Rules.standard()
                    .giving(new GrantTerms(GrantScope.EXACT, Duration.ofMinutes(10), 3, GrantClock.FIRST_USE));
        }

        @Override
        void run(Desk desk) {
            approve(desk, REFUND);
            desk.advance(Duration.ofMinutes(12));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
            desk.advance(Duration.ofMinutes(9));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
            desk.advance(Duration.ofMinutes(1));
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    USES_ARE_COUNTED("wall 8: no more uses begin than were granted", Bug.USES_NOT_COUNTED) {
        @Override
        Rules rules() {
            return Rules.standard().giving(terms(GrantScope.EXACT, 15, 2));
        }

        @Override
        void run(Desk desk) {
            approve(desk, REFUND);
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.RAN);
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            assertThat(desk.ran()).isEqualTo(2);
        }
    },
    REVOKED_IS_GONE("wall 6, R41: a revoked or returned grant covers nothing any more", Bug.REVOKE_IS_COSMETIC) {
        @Override
        Rules rules() {
            return Rules.standard().giving(terms(GrantScope.EXACT, 15, 9));
        }

        @Override
        void run(Desk desk) {
            String first = approve(desk, REFUND);
            assertThat(desk.revokeGrantOf(first)).isTrue();
            assertThat(desk.revokeGrantOf(first)).isFalse();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
            String second = approve(desk, REFUND);
            assertThat(desk.returnGrantOf(second, "tom")).isFalse();
            assertThat(desk.returnGrantOf(second, "ana")).isTrue();
            assertThat(desk.call(REFUND)).isEqualTo(Outcome.PENDING);
        }
    },
    TIMEOUT_IS_NOT_DENIAL("wall 9: who waits in vain learns that it expired", Bug.TIMEOUT_IS_DENIAL) {
        @Override
        void run(Desk desk) {
            assertThat(desk.waiting(REFUND, request -> desk.advance(Duration.ofMinutes(30))))
                    .isEqualTo(Outcome.EXPIRED);
        }
    },
    CANCELLED_IS_NOT_DENIAL("wall 9: who waits learns that it was withdrawn", Bug.CANCEL_IS_DENIAL) {
        @Override
        void run(Desk desk) {
            assertThat(desk.waiting(REFUND, request -> desk.withdraw(request, "ana")))
                    .isEqualTo(Outcome.CANCELLED);
            assertThat(desk.waiting(REFUND.on("44"), request -> desk.deny(request, "mia")))
                    .isEqualTo(Outcome.DENIED);
            assertThat(desk.waiting(REFUND.on("45"), request -> desk.approve(request, "mia")))
                    .isEqualTo(Outcome.RAN);
        }
    };

    private static final Call REFUND = Call.refund("ana", 5000);

    private static final Member[] STAFF = {
        Member.of("ana", "SUPPORT"),
        new Member("mia", Set.of("FINANCE"), Set.of("slack/U1", "mail/mia@example.org")),
        Member.of("tom", "FINANCE"),
        Member.of("zoe", "FINANCE")
    };

    final String claim;
    final Bug bug;

    DeskChecks(String claim, Bug bug) {
        this.claim = claim;
        this.bug = bug;
    }

    Rules rules() {
        return Rules.standard();
    }

    Member[] staff() {
        return STAFF.clone();
    }

    abstract void run(Desk desk);

    private static String approve(Desk desk, Call call) {
        assertThat(desk.call(call)).isEqualTo(Outcome.PENDING);
        String request = desk.lastRequest();
        assertThat(desk.approve(request, "mia")).isTrue();
        return request;
    }

    private static GrantTerms terms(GrantScope scope, int minutes, int uses) {
        return new GrantTerms(scope, Duration.ofMinutes(minutes), uses, GrantClock.APPROVAL);
    }
}
