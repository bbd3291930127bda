package io.jitapproval.test;

import io.jitapproval.core.cases.CaseResult;
import io.jitapproval.core.cases.Coverage;
import io.jitapproval.core.cases.FileResult;
import io.jitapproval.core.cases.PolicyCases;
import io.jitapproval.core.cases.Report;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the tests that stand beside policies, in YAML or JSON, as tests of JUnit: each case is one. {@code docs/policy-tests.md} says
 * how they are written.
 *
 * <pre>{@code
 * // a @TestFactory
 * Stream<DynamicNode> refunds() {
 *     return PolicyTests.of(Path.of("src/test/resources/refunds.test.yaml"))
 *             .everyRuleExercised()
 *             .tests();
 * }
 * }</pre>
 *
 * <p>Needs no guard, no database and no network. Immutable and thread-safe.
 */
public final class PolicyTests {

    private final List<Path> paths;
    private final int leastPercent;

    private PolicyTests(List<Path> paths, int leastPercent) {
        this.paths = paths;
        this.leastPercent = leastPercent;
    }

    /**
     * The tests in these files.
     *
     * @param paths files, and directories, in which every file counts whose name ends in {@code .test.yaml}, {@code .test.yml}
     *              or {@code .test.json}, but for those below {@code target}, {@code build} and hidden directories; relative ones
     *              start at the working directory, which is that of the module in a Maven build; nothing is read yet
     * @return tests that ask for no coverage
     */
    public static PolicyTests of(Path... paths) {
        return new PolicyTests(List.of(paths), 0);
    }

    /**
     * Adds a test for each policy that fails if a rule was never exercised: if it neither matched nor decided in any case.
     *
     * @return the tests with these
     */
    public PolicyTests everyRuleExercised() {
        return rulesExercised(100);
    }

    /**
     * Adds a test for each policy that fails if fewer of its rules were exercised.
     *
     * @param leastPercent how many of a hundred rules, at least; 0 to 100; 0 adds nothing
     * @return the tests with these
     * @throws IllegalArgumentException if it is not 0 to 100
     */
    public PolicyTests rulesExercised(int leastPercent) {
        if (leastPercent < 0 || leastPercent > 100) {
            throw new IllegalArgumentException("leastPercent must be 0 to 100, but was " + leastPercent);
        }
        return new PolicyTests(paths, leastPercent);
    }

    /**
     * Reads the files and runs the cases.
     *
     * @return a test for each case, in the order of its file, within a container for each file if there are several; then those
     *         of coverage; never empty
     * @throws io.jitapproval.JitConfigurationException with every fault of every file and of the policies that they name; a
     *         file without cases is one
     */
    public Stream<DynamicNode> tests() {
        Report report = PolicyCases.load(paths).run().requiring(leastPercent);
        List<DynamicNode> nodes = new ArrayList<>();
        for (FileResult file : report.files()) {
            Stream<DynamicNode> cases = file.cases().stream().map(each -> test(file.origin(), each));
            if (report.files().size() == 1) {
                cases.forEach(nodes::add);
            } else {
                nodes.add(DynamicContainer.dynamicContainer(file.origin(), cases));
            }
        }
        if (leastPercent > 0) {
            report.coverage().forEach(coverage -> nodes.add(test(report, coverage)));
        }
        return nodes.stream();
    }

    private static DynamicNode test(String origin, CaseResult result) {
        String at =
                "?line=" + result.place().line() + "&column=" + result.place().column();
        URI source = URI.create(Path.of(origin).toUri() + at);
        return DynamicTest.dynamicTest(result.name(), source, () -> {
            if (!result.passed()) {
                throw new AssertionError(origin + ":" + result.place().line() + " " + result.name() + "\n  "
                        + String.join("\n  ", result.differences()) + "\n" + result.explanation());
            }
        });
    }

    private DynamicNode test(Report report, Coverage coverage) {
        String wanted = leastPercent == 100 ? "every rule" : "at least " + leastPercent + " % of the rules";
        return DynamicTest.dynamicTest(wanted + " of " + coverage.name() + " exercised", () -> {
            String shortfall = report.shortfall(coverage);
            if (!shortfall.isEmpty()) {
                throw new AssertionError(shortfall);
            }
        });
    }
}
