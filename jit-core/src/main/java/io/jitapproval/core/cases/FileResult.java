package io.jitapproval.core.cases;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What became of one file of tests.
 *
 * @param origin its path as it was given
 * @param cases  its cases, in its order
 */
public record FileResult(String origin, List<CaseResult> cases) {

    public FileResult {
        requireNonNull(origin, "origin");
        cases = List.copyOf(cases);
    }

    /** How many cases failed. */
    public int failed() {
        return (int) cases.stream().filter(result -> !result.passed()).count();
    }
}
