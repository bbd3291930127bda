package io.jitapproval.benchmarks;

import java.math.BigDecimal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The task, written by hand. */
public class HandCodedBenchmark {

    /** Decides only. */
    @State(Scope.Thread)
    public static class Deciding {

        /** How many rules there are. */
        @Param({"10", "1000", "100000"})
        public int rules;

        private HandCoded hand = new HandCoded(2);
        private final BigDecimal amount = Task.amount(Task.ALLOWED);

        /** Makes the rules. */
        @Setup
        public void setUp() {
            hand = new HandCoded(rules);
            Task.require(decide(Task.ALLOWED), "500 is allowed");
            Task.require(!decide(Task.TOO_MUCH), "1001 is denied");
        }

        private boolean decide(long whole) {
            return hand.decide(Task.ANA, Task.ACTION, Task.amount(whole));
        }
    }

    /** Full calls. */
    @State(Scope.Thread)
    public static class Calling {

        private final HandCoded hand = new HandCoded(1_000);
        private final PlainRefunds refunds = hand.protect(new Ledger());

        /** Says who is calling, and gives the grant. */
        @Setup
        public void setUp() {
            CurrentUser.is(Task.ANA);
            Task.require(refunds.refund(Task.ORDER, Task.amount(Task.ALLOWED)).equals(Task.ORDER), "500 is allowed");
            boolean denied = false;
            try {
                refunds.refund(Task.ORDER, Task.amount(Task.TOO_MUCH));
            } catch (SecurityException expected) {
                denied = true;
            }
            Task.require(denied, "1001 is denied without a grant");
            hand.grant(Task.USER, Task.ORDER, Task.amount(Task.TOO_MUCH));
            refunds.refund(Task.ORDER, Task.amount(Task.TOO_MUCH));
            Task.require(hand.events() == 2, "each call that ran has its event");
        }
    }

    /** A hash look-up by action and the two comparisons. */
    @Benchmark
    public boolean decide(Deciding on) {
        return on.hand.decide(Task.ANA, Task.ACTION, on.amount);
    }

    /** A full call that a rule allows: proxy, subject, rule, clock, event, action. */
    @Benchmark
    public String allowed(Calling on) {
        return on.refunds.refund(Task.ORDER, Task.amount(Task.ALLOWED));
    }

    /** A full call that no rule allows but a grant covers. */
    @Benchmark
    public String covered(Calling on) {
        return on.refunds.refund(Task.ORDER, Task.amount(Task.TOO_MUCH));
    }
}
