package io.jitapproval.cli;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells every fault of policies at once. */
@CommandLine.Command(
        name = "lint",
        description = "Tell what is wrong with policies, with place, code and a way out.",
        footer = {
            "",
            "Of a directory, the .json, .yaml and .yml files in it are read; not those named *.test.*.",
            "",
            "Example: jit lint --format sarif policy.json > policy.sarif"
        })
final class LintCommand implements Command {

    /** How findings are written. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Policy documents, or directories of them.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json or sarif (2.1.0, for code scanning); text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (String path : paths) {
            for (String file : files(path)) {
                findings.addAll(lint(Texts.read(file, console)));
            }
        }
        switch (format) {
            case TEXT -> findings.forEach(finding -> console.print(finding.shown(console.paint())));
            case JSON -> console.print(Json.lines(FindingsJson.plain(findings)));
            case SARIF -> console.print(Json.lines(FindingsJson.sarif(findings)));
        }
        return findings.isEmpty() ? Exit.GOOD : Exit.FINDINGS;
    }

    private static List<Finding> lint(PolicyText document) {
        try {
            Policy.parse(document);
            return List.of();
        } catch (JitConfigurationException e) {
            return e.problems().stream().map(Finding::of).toList();
        }
    }

    private static List<String> files(String name) throws IOException {
        Path path = Texts.path(name);
        if (name.equals(Texts.STDIN) || !Files.isDirectory(path)) {
            return List.of(name);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<String> documents = files.filter(LintCommand::isPolicy)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            if (documents.isEmpty()) {
                throw UsageCode.UNREADABLE.stop(name, "no .json, .yaml or .yml file is in this directory");
            }
            return documents;
        }
    }

    private static boolean isPolicy(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) && !name.contains(".test.");
    }
}
