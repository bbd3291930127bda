package io.jitapproval.cli;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.TimeSources;
import io.jitapproval.core.analysis.Lint;
import io.jitapproval.core.people.Crowd;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells every fault of policies at once. */
@CommandLine.Command(
        name = "lint",
        description = "Tell what is wrong with policies, with place, code and a way out.",
        footer = {
            "",
            "Notes alone are no reason to fail. Each path is a policy of its own; the documents of a directory count together.",
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
            names = "--people",
            paramLabel = "FILE",
            description = "Everybody there is: approvers are looked for among them.")
    private @Nullable String people;

    @Option(
            names = "--code",
            paramLabel = "FILE",
            description = "The actions that the code has, one name a line: the policy's are compared with them.")
    private @Nullable String code;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "The present moment, such as 2026-01-31T12:00:00Z; now if left out.")
    private @Nullable String time;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json or sarif (2.1.0, for code scanning); text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        Instant at = time == null ? TimeSources.system().instant() : PolicyInputs.fixed(time);
        Optional<Crowd> everybody = Optional.ofNullable(people).map(file -> PolicyInputs.crowd(file, console));
        Optional<List<String>> actions = Optional.ofNullable(code)
                .map(file -> names(Texts.read(file, console).text()));
        List<Finding> findings = new ArrayList<>();
        for (String path : paths) {
            List<PolicyText> documents = PolicyPaths.documents(path, console);
            try {
                Lint lint = new Lint(Policy.parse(documents), documents, at);
                everybody.ifPresent(crowd -> lint.people(crowd.everybody()));
                actions.ifPresent(lint::actions);
                lint.findings().forEach(found -> findings.add(Finding.of(found, documents)));
            } catch (JitConfigurationException e) {
                e.problems().forEach(problem -> findings.add(Finding.of(problem)));
            }
        }
        switch (format) {
            case TEXT -> findings.forEach(finding -> console.print(finding.shown(console.paint())));
            case JSON -> console.print(Json.lines(FindingsJson.plain(findings)));
            case SARIF -> console.print(Json.lines(FindingsJson.sarif(findings)));
        }
        return findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.NOTE)
                ? Exit.GOOD
                : Exit.FINDINGS;
    }

    private static List<String> names(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
