package io.jitapproval.cli;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a policy to begin with, its tests and its schema, with a comment on everything that a new author has to know. */
@CommandLine.Command(
        name = "init",
        description = "Write a policy to begin with, its tests, and the schema for editors.",
        footer = {
            "",
            "Files that are there already are kept, unless --force is given.",
            "",
            "Example: jit init src/main/resources"
        })
final class InitCommand implements Command {

    private static final String STARTER = "policy.yaml";
    private static final String CASES = "policy.test.yaml";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where to; the working directory if left out.")
    private String directory = ".";

    @Option(names = "--force", description = "Write over files that are there already.")
    private boolean force;

    @Override
    public Exit run(Console console) {
        Path target = Texts.path(directory).normalize();
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(target.resolve(STARTER).normalize(), starter(STARTER));
        files.put(target.resolve(CASES).normalize(), starter(CASES));
        files.put(target.resolve(SchemaCommand.FILE).normalize(), SchemaCommand.text());
        List<ConfigurationProblem> there = files.keySet().stream()
                .filter(file -> !force && Files.exists(file))
                .map(file -> UsageCode.UNWRITABLE.at(
                        file.toString(),
                        "it is there already: name another directory, or say --force to write over it"))
                .toList();
        if (!there.isEmpty()) {
            throw new JitConfigurationException(there);
        }
        files.forEach((file, text) -> write(file, text, console));
        console.printLine("next: jit test " + target.resolve(CASES).normalize());
        return Exit.GOOD;
    }

    private void write(Path file, String text, Console console) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (force) {
                Files.writeString(file, text);
            } else {
                Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException e) {
            throw UsageCode.UNWRITABLE.stop(file.toString(), "it cannot be written: " + e);
        }
        console.printLine("wrote " + file);
    }

    static String starter(String name) {
        try (InputStream in = InitCommand.class.getResourceAsStream("starter-" + name)) {
            if (in == null) {
                throw new IllegalStateException("the starter is missing from the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the starter cannot be read from the jar: " + name, e);
        }
    }
}
