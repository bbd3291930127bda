package io.jitapproval;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The guard cannot start. Carries every fault that was found, so that all can be mended at once. */
public final class JitConfigurationException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationProblem> problems;

    /**
     * With all faults.
     *
     * @param problems the faults; at least one
     * @throws IllegalArgumentException if there are none
     */
    public JitConfigurationException(List<ConfigurationProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return the faults; at least one} */
    public List<ConfigurationProblem> problems() {
        return problems;
    }

    private static String message(List<ConfigurationProblem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty");
        }
        if (problems.size() == 1) {
            return problems.get(0).toString();
        }
        return problems.size() + " problems:\n"
                + problems.stream().map(problem -> "- " + problem).collect(Collectors.joining("\n"));
    }
}
