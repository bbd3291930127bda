package io.jitapproval.core.cases;

import java.util.ArrayList;
import java.util.List;

/** A report for a terminal. */
final class ReportText {

    private ReportText() {}

    static String of(Report report) {
        List<String> lines = new ArrayList<>();
        for (FileResult file : report.files()) {
            int many = file.cases().size();
            lines.add(file.origin() + ": " + (many - file.failed()) + " of " + cases(many) + " passed");
            file.cases().stream().filter(each -> !each.passed()).forEach(each -> failed(lines, file, each));
        }
        for (Coverage coverage : report.coverage()) {
            lines.add("");
            coverage(lines, coverage);
        }
        lines.add("");
        lines.addAll(report.shortfalls());
        lines.add(
                report.failed() > 0
                        ? report.failed() + " of " + cases(report.cases()) + " failed"
                        : report.cases() == 1 ? "the one case passed" : "all " + report.cases() + " cases passed");
        return String.join("\n", lines) + "\n";
    }

    private static void failed(List<String> lines, FileResult file, CaseResult failed) {
        lines.add("");
        lines.add("FAILED  " + failed.name() + "  " + file.origin() + ":"
                + failed.place().line() + ":" + failed.place().column());
        failed.differences().forEach(difference -> lines.add("  " + difference));
        failed.explanation().lines().forEach(line -> lines.add("    " + line));
    }

    static void coverage(List<String> lines, Coverage coverage) {
        int many = coverage.rules().size();
        lines.add("coverage of " + coverage.name() + ": " + coverage.exercised() + " of " + many
                + (many == 1 ? " rule" : " rules") + " exercised, " + coverage.percent() + " %");
        if (many == 0) {
            return;
        }
        Columns columns = new Columns(7);
        columns.add("  rule", "effect", "decided", "matched", "unknown", "not matched", "");
        for (RuleCoverage rule : coverage.rules()) {
            columns.add(
                    "  " + rule.rule(),
                    rule.effect().word() + (rule.shadow() ? " (shadow)" : ""),
                    right(rule.decided(), 7),
                    right(rule.matched(), 7),
                    right(rule.unknown(), 7),
                    right(rule.notMatched(), 11),
                    rule.gap());
        }
        lines.addAll(columns.lines());
    }

    private static String right(int number, int width) {
        String text = Integer.toString(number);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String cases(int many) {
        return many + (many == 1 ? " case" : " cases");
    }
}
