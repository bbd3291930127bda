package io.jitapproval.core.feedback.replay;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.replay.Simulation.Agreement;
import io.jitapproval.core.feedback.replay.Simulation.Flips;
import io.jitapproval.core.feedback.replay.Simulation.Slice;
import io.jitapproval.core.feedback.stats.Binomial;

/** Counts decisions by what would become of them. */
final class Tally {

    private final long[] flips = new long[Flip.values().length];
    private long evaluable;
    private long byPeople;
    private long covered;
    private long wrong;
    private long laterWrong;

    void add(PastDecision past, Flip flip, boolean permitted) {
        evaluable++;
        flips[flip.ordinal()]++;
        if (!past.isLabelled()) {
            return;
        }
        byPeople++;
        if (permitted) {
            covered++;
            if (!past.isApproved()) {
                wrong++;
            } else if (past.outcome() == Outcome.REVERSED || past.outcome() == Outcome.INCIDENT) {
                laterWrong++;
            }
        }
    }

    long evaluable() {
        return evaluable;
    }

    long covered() {
        return covered;
    }

    double wrongRate() {
        return covered == 0 ? 0 : (double) wrong / covered;
    }

    Agreement agreement(double confidence) {
        return new Agreement(byPeople, covered, wrong, laterWrong, Binomial.upper(wrong, covered, confidence));
    }

    Flips flips() {
        return new Flips(
                of(Flip.PEOPLE_TO_AUTO),
                of(Flip.AUTO_TO_PEOPLE),
                of(Flip.DENY_TO_APPROVE),
                of(Flip.DENY_TO_PEOPLE),
                of(Flip.APPROVE_TO_DENY),
                of(Flip.STILL_PEOPLE),
                of(Flip.STILL_AUTOMATIC),
                of(Flip.STILL_DENIED));
    }

    private long of(Flip flip) {
        return flips[flip.ordinal()];
    }

    Slice slice(String name, double confidence) {
        return new Slice(name, evaluable, flips(), agreement(confidence));
    }
}
