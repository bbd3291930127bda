package io.jitapproval.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a policy to begin with, with a comment on everything that a new author has to know. */
@CommandLine.Command(
        name = "init",
        description = "Write a policy to begin with.",
        footer = {
            "",
            "Files that are there already are kept, unless --force is given.",
            "",
            "Example: jit init src/main/resources"
        })
final class InitCommand implements Command {

    private static final String STARTER = "policy.yaml";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where to; the working directory if left out.")
    private String directory = ".";

    @Option(names = "--force", description = "Write over files that are there already.")
    private boolean force;

    @Override
    public Exit run(Console console) {
        Path target = Texts.path(directory).resolve(STARTER).normalize();
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            if (force) {
                Files.writeString(target, starter());
            } else {
                Files.writeString(target, starter(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw UsageCode.UNWRITABLE.stop(
                    target.toString(), "it is there already: name another directory, or say --force to write over it");
        } catch (IOException e) {
            throw UsageCode.UNWRITABLE.stop(target.toString(), "it cannot be written: " + e);
        }
        console.printLine("wrote " + target + "; next: jit lint " + target);
        return Exit.GOOD;
    }

    static String starter() {
        try (InputStream in = InitCommand.class.getResourceAsStream("starter-" + STARTER)) {
            if (in == null) {
                throw new IllegalStateException("the starter policy is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the starter policy cannot be read from the jar", e);
        }
    }
}
