package io.jitapproval.cli;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.core.document.Problems;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a policy's author should look at.
 *
 * @param code     its stable code
 * @param severity how bad it is
 * @param origin   the file
 * @param line     counted from 1
 * @param column   counted from 1
 * @param rule     the id of the rule that it is about; empty if it is about none
 * @param text     what is wrong, on one line
 * @param excerpt  the line with a mark under the place, each line beginning with a line end; may be empty
 */
record Finding(
        String code, Severity severity, String origin, int line, int column, String rule, String text, String excerpt) {

    private static final Pattern WHERE = Pattern.compile("(.*):(\\d{1,9}):(\\d{1,9})", Pattern.DOTALL);

    /** How bad a finding is; the words are those of SARIF. */
    enum Severity {
        ERROR,
        WARNING,
        NOTE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A fault that was told when a document was read. */
    static Finding of(ConfigurationProblem problem) {
        return of(problem, Severity.ERROR, "");
    }

    /** Something suspicious that analysis found in one of these documents. */
    static Finding of(io.jitapproval.core.analysis.Finding found, List<PolicyText> documents) {
        Severity severity = Severity.valueOf(found.severity().name());
        String what = found.text() + ": " + found.hint();
        return documents.stream()
                .filter(document -> document.origin().equals(found.origin()))
                .findFirst()
                .map(document -> {
                    Problems excerpt = new Problems(document);
                    excerpt.add(found.code(), found.place(), what);
                    return of(excerpt.found().get(0), severity, found.rule());
                })
                .orElseGet(() -> new Finding(found.code(), severity, found.origin(), 1, 1, found.rule(), what, ""));
    }

    private static Finding of(ConfigurationProblem problem, Severity severity, String rule) {
        int end = problem.what().indexOf('\n');
        String text = end < 0 ? problem.what() : problem.what().substring(0, end);
        String excerpt = end < 0 ? "" : problem.what().substring(end);
        Matcher where = WHERE.matcher(problem.where());
        return where.matches()
                ? new Finding(
                        problem.code(),
                        severity,
                        where.group(1),
                        Integer.parseInt(where.group(2)),
                        Integer.parseInt(where.group(3)),
                        rule,
                        text,
                        excerpt)
                : new Finding(problem.code(), severity, problem.where(), 1, 1, rule, text, excerpt);
    }

    /** As compilers write it; only what is no error says so. */
    String shown(Paint paint) {
        String place = origin + ":" + line + ":" + column;
        String level = severity == Severity.ERROR ? "" : " " + severity.word();
        return paint.of(severity, place + " " + code + level) + " " + text + excerpt + "\n";
    }
}
