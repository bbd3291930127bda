package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.PastDecision;
import java.util.ArrayList;
import java.util.List;

/** The first decisions of a group, as many as a finding cites. */
final class Traces {

    private List<Insight.Trace> traces = List.of();

    void add(PastDecision decision) {
        if (traces.size() < Insight.MOST_TRACES) {
            if (traces.isEmpty()) {
                traces = new ArrayList<>(4);
            }
            traces.add(new Insight.Trace(decision.id(), decision.origin()));
        }
    }

    List<Insight.Trace> list() {
        return traces;
    }
}
