package io.jitapproval.cli;

import io.jitapproval.core.TimeSources;
import io.jitapproval.core.cases.PolicyCases;
import io.jitapproval.core.cases.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the cases that stand beside policies. */
@CommandLine.Command(
        name = "test",
        description = "Run the cases that stand beside policies.",
        footer = {
            "",
            "In a directory every file counts whose name ends in .test.yaml, .test.yml or .test.json.",
            "",
            "Example: jit test --coverage 100 policy.test.yaml"
        })
final class TestCommand implements Command {

    /** How the report is written. */
    enum Format {
        TEXT,
        JSON,
        JUNIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files of cases, or directories of them.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--coverage",
            paramLabel = "PERCENT",
            description = "Fail unless so many of a hundred rules were exercised; 0 if left out.")
    private int coverage;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json or junit (XML, for build servers); text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        if (coverage < 0 || coverage > 100) {
            throw UsageCode.USAGE.stop("--coverage", "must be a number from 0 to 100, but was " + coverage);
        }
        Report report = PolicyCases.load(paths.stream().map(Texts::path).toList())
                .run(TimeSources.system())
                .requiring(coverage);
        console.print(
                switch (format) {
                    case TEXT -> report.text();
                    case JSON -> report.json();
                    case JUNIT -> report.junit();
                });
        return report.isGood() ? Exit.GOOD : Exit.FINDINGS;
    }
}
