package io.jitapproval.walls.model;

import io.jitapproval.Verdict;
import java.time.Duration;
import java.time.Instant;

/** One thing that happens, with everything that the model and the engine have to know of it. Requests have numbers, as they were made. */
sealed interface Act {

    /** What a call says; calls that say the same are equal. */
    record Wish(String by, String through, String action, String item, int amount) {

        @Override
        public String toString() {
            return by + (through.isEmpty() ? "" : " through " + through) + " " + action + " " + item + " " + amount;
        }
    }

    /** What an action does besides running. */
    enum Inside {
        NOTHING,
        FAILS,
        REVOKES_EVERYTHING,
        CALLS_AGAIN
    }

    /** How a vote narrows, or tries to widen. */
    enum Narrow {
        NOT,
        HALF_AS_LONG,
        ONE_USE,
        EXACT,
        WIDER
    }

    record Call(Wish wish, Inside inside) implements Act {}

    record Submit(Wish wish, Duration startsIn) implements Act {}

    record Cast(int request, String by, Verdict verdict, Narrow narrow, boolean stale) implements Act {}

    record TakeBack(int request, String by) implements Act {}

    record Withdraw(int request, String by) implements Act {}

    record Change(int request, Wish wish) implements Act {}

    record Inform(int request, String by) implements Act {}

    record StandIn(String principal, String other, Duration from, Duration until) implements Act {}

    record Back(String principal) implements Act {}

    record GiveBack(int request, String by) implements Act {}

    record Revoke(int request) implements Act {}

    record RevokeOf(String who) implements Act {}

    record RevokeFor(String action) implements Act {}

    record RevokeEverything() implements Act {}

    record Pass(Instant to) implements Act {

        @Override
        public String toString() {
            return "Pass[to " + Words.time(to) + "]";
        }
    }

    record Roles(String person, String role, boolean has) implements Act {}

    record Look(String by) implements Act {}
}
