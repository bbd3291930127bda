package io.jitapproval.cli;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells every fault of policies at once. */
@CommandLine.Command(
        name = "lint",
        description = "Tell what is wrong with policies, with place, code and a way out.",
        footer = {
            "",
            "Each path is a policy of its own; the documents of a directory count together.",
            "",
            "Example: jit lint --format sarif policy.json > policy.sarif"
        })
final class LintCommand implements Command {

    /** How findings are written. */
    enum Format {
        TEXT,
        JSON,
        SARIF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Policy documents, or directories of them.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json or sarif (2.1.0, for code scanning); text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        List<Finding> findings = new ArrayList<>();
        for (String path : paths) {
            findings.addAll(lint(PolicyPaths.documents(path, console)));
        }
        switch (format) {
            case TEXT -> findings.forEach(finding -> console.print(finding.shown(console.paint())));
            case JSON -> console.print(Json.lines(FindingsJson.plain(findings)));
            case SARIF -> console.print(Json.lines(FindingsJson.sarif(findings)));
        }
        return findings.isEmpty() ? Exit.GOOD : Exit.FINDINGS;
    }

    private static List<Finding> lint(List<PolicyText> documents) {
        try {
            Policy.parse(documents);
            return List.of();
        } catch (JitConfigurationException e) {
            return e.problems().stream().map(Finding::of).toList();
        }
    }
}
