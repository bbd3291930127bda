package io.jitapproval.core.cases;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of all cases, and how far they exercise the rules.
 *
 * @param files    the files, in the order in which they were given
 * @param coverage one for each policy, in the order of the files
 * @param least    how many of a hundred rules of each policy have to be exercised, 0 to 100
 */
public record Report(List<FileResult> files, List<Coverage> coverage, int least) {

    public Report {
        files = List.copyOf(files);
        coverage = List.copyOf(coverage);
        if (least < 0 || least > 100) {
            throw new IllegalArgumentException("the least coverage must be 0 to 100 percent, but was " + least);
        }
    }

    /** The same report, asking for this coverage. */
    public Report requiring(int percent) {
        return new Report(files, coverage, percent);
    }

    /** How many cases there are. */
    public int cases() {
        return files.stream().mapToInt(file -> file.cases().size()).sum();
    }

    /** How many cases failed. */
    public int failed() {
        return files.stream().mapToInt(FileResult::failed).sum();
    }

    /** What is wrong besides failed cases: nothing was tested, or too few rules were exercised. */
    public List<String> shortfalls() {
        List<String> shortfalls = new ArrayList<>();
        for (FileResult file : files) {
            if (file.cases().isEmpty()) {
                shortfalls.add(file.origin() + " has no cases, so it tests nothing");
            }
        }
        if (files.isEmpty()) {
            shortfalls.add("there are no cases: nothing was tested");
        }
        for (Coverage each : coverage) {
            String shortfall = shortfall(each);
            if (!shortfall.isEmpty()) {
                shortfalls.add(shortfall);
            }
        }
        return shortfalls;
    }

    /** What is missing of a policy's coverage; empty if it is as far as asked. */
    public String shortfall(Coverage of) {
        if (of.percent() >= least) {
            return "";
        }
        List<String> missing = of.rules().stream()
                .filter(rule -> !rule.exercised())
                .map(RuleCoverage::rule)
                .toList();
        return of.exercised() + " of " + of.rules().size() + " rules of " + of.name() + " are exercised, "
                + of.percent() + " %, and at least " + least + " % have to be; never exercised: "
                + String.join(", ", missing);
    }

    /** Whether there are cases, all of them passed, and enough rules were exercised. */
    public boolean isGood() {
        return failed() == 0 && shortfalls().isEmpty();
    }

    /** For a terminal: every failed case with its differences and explanation, then the coverage. */
    public String text() {
        return ReportText.of(this);
    }

    /** One JSON object. */
    public String json() {
        return ReportJson.of(this);
    }

    /** JUnit's XML, as Surefire writes it: a suite for each file, and one for the coverage if some is asked for. */
    public String junit() {
        return JUnitXml.of(this);
    }
}
