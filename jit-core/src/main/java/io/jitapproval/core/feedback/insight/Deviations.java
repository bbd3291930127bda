package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import java.util.List;
import java.util.function.Consumer;

/** Uses that somebody should look at afterwards. All sorts of them share one budget for each week. */
final class Deviations implements Detector {

    private final List<Detector> parts;
    private final Budget budget;

    Deviations(Frame frame) {
        budget = new Budget(frame.settings().weeklyBudget());
        parts = List.of(new Patterns(frame, budget), new Habits(frame, budget), new LastMinute(frame, budget));
    }

    /** Whether the action could run: nobody looks at what was never used. */
    private static boolean isUse(PastDecision decision) {
        return decision.isApproved()
                && Frame.isNamed(decision)
                && decision.grant()
                        .map(GrantUse::uses)
                        .filter(uses -> uses == 0)
                        .isEmpty();
    }

    @Override
    public void see(PastDecision decision) {
        if (isUse(decision)) {
            parts.forEach(part -> part.see(decision));
        }
    }

    @Override
    public void conclude() {
        parts.forEach(Detector::conclude);
    }

    @Override
    public void again(PastDecision decision) {
        if (isUse(decision)) {
            parts.forEach(part -> part.again(decision));
        }
    }

    @Override
    public void report(Consumer<Insight> insights, Consumer<Silence> silences) {
        parts.forEach(part -> part.report(insights, silences));
        budget.insights().forEach(insights);
        if (budget.left() > 0) {
            silences.accept(new Silence(
                    Kind.UNUSUAL_USE,
                    "uses",
                    budget.left() + " less surprising uses are beyond the budget of their week"));
        }
    }
}
