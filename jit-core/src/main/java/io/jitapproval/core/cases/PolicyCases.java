package io.jitapproval.core.cases;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.cases.Sources.Unreadable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tests of policies, read from files and ready to run. Immutable. */
public final class PolicyCases {

    private final List<TestFile> files;

    PolicyCases(List<TestFile> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Reads files of tests.
     *
     * @param paths files, and directories in which every file counts whose name ends in {@code .test.yaml}, {@code
     *     .test.yml} or {@code .test.json}, but for those below {@code target}, {@code build} and hidden directories
     * @return the tests; at least one case
     * @throws JitConfigurationException with every fault of every file and of the policies that they name, also if there is no
     *     file or a file has no case
     */
    public static PolicyCases load(List<Path> paths) {
        Set<ConfigurationProblem> faults = new LinkedHashSet<>();
        List<TestFile> read = new ArrayList<>();
        Set<Path> known = new LinkedHashSet<>();
        if (paths.isEmpty()) {
            faults.add(TestCode.NO_CASES.of("", "no file of tests is named, so nothing would be tested: name one"));
        }
        for (Path path : paths) {
            try {
                List<Path> found = Sources.files(path);
                if (found.isEmpty()) {
                    faults.add(TestCode.NO_CASES.of(
                            path.toString(),
                            "the directory has no tests, so nothing would be tested: their names end in .test.yaml,"
                                    + " .test.yml or .test.json"));
                }
                for (Path file : found) {
                    if (known.add(file.toAbsolutePath().normalize())) {
                        TestFileReader.read(file, faults).ifPresent(read::add);
                    }
                }
            } catch (Unreadable e) {
                faults.add(TestCode.UNREADABLE.of(path.toString(), e.why()));
            }
        }
        if (!faults.isEmpty()) {
            throw new JitConfigurationException(List.copyOf(faults));
        }
        return new PolicyCases(read);
    }

    /** Runs every case; each takes no time in the report. */
    public Report run() {
        return run(InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * Runs every case.
     *
     * @param clock tells how long each took; decides nothing
     * @return the report, which asks for no coverage
     */
    public Report run(InstantSource clock) {
        Map<Tested, Tally> tallies = new LinkedHashMap<>();
        List<FileResult> results = new ArrayList<>();
        for (TestFile file : files) {
            Tally tally = tallies.computeIfAbsent(
                    new Tested(file.documents(), file.policy().version()),
                    tested -> new Tally(file.documents(), file.policy()));
            List<CaseResult> cases = new ArrayList<>();
            for (Case each : file.cases()) {
                cases.add(run(each, file, tally, clock));
            }
            results.add(new FileResult(file.origin(), cases));
        }
        return new Report(
                results, tallies.values().stream().map(Tally::coverage).toList(), 0);
    }

    /** A policy that several files may test. */
    private record Tested(List<String> documents, String version) {}

    private static CaseResult run(Case asked, TestFile file, Tally tally, InstantSource clock) {
        Instant begun = clock.instant();
        List<String> differences;
        String explanation = "";
        try {
            Outcome outcome = Outcome.of(file.policy(), file.crowd(), asked);
            tally.add(outcome);
            explanation = outcome.text(asked);
            differences = Check.differences(asked.expected(), outcome, tally.rules(), explanation);
        } catch (RuntimeException e) {
            String word = Expected.word(asked.expected().decision());
            differences = List.of("expected decision " + word + ", but the policy could not be evaluated: " + e);
        }
        Duration took = Duration.between(begun, clock.instant());
        return new CaseResult(
                asked.name(), asked.place(), differences, explanation, took.isNegative() ? Duration.ZERO : took);
    }
}
