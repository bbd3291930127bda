package io.jitapproval.spring;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a person at the console what keeps the application from starting, and what to do. */
final class JitConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<JitConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, JitConfigurationException cause) {
        List<ConfigurationProblem> problems = cause.problems();
        StringBuilder description = new StringBuilder("JIT Approval cannot guard this application:\n");
        problems.forEach(problem -> description.append("\n- ").append(problem));
        boolean noPolicy = problems.stream().anyMatch(problem -> problem.code().equals(Problems.NO_POLICY));
        StringBuilder action = new StringBuilder();
        if (noPolicy) {
            action.append(
                    "Create src/main/resources/policy.yaml, or let jit.policy say where your policy is, for instance"
                            + " jit.policy=file:/etc/app/policy.yaml. The least policy denies everything:"
                            + " {\"default\": \"deny\", \"rules\": []}");
        }
        if (!noPolicy || problems.size() > 1) {
            action.append(noPolicy ? "\n\n" : "")
                    .append("Mend what is listed above. No property switches the guard off: an action that should run"
                            + " unguarded must lose its @RequiresJitApproval.");
        }
        return new FailureAnalysis(description.toString(), action.toString(), cause);
    }
}
