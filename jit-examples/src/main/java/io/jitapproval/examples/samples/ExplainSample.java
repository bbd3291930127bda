package io.jitapproval.examples.samples;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitGuard;
import io.jitapproval.core.Explanations;

/** Says for somebody who may read the policy why the answer is what it is. */
final class ExplainSample {

    private ExplainSample() {}

    static String why(JitGuard guard, EvaluationRequest request) {
        String why = Explanations.text(guard.decide(request), guard.explain(request), request);
        return why;
    }
}
