package io.jitapproval.cli;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.history.DecisionWriter;
import io.jitapproval.core.feedback.history.FileHistory;
import io.jitapproval.core.feedback.history.Reading;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a history in the one format of decisions. */
@CommandLine.Command(
        name = "import",
        description = "Write decisions of any of the inputs as lines of the one format.",
        footer = {
            "",
            "All or nothing: if a line cannot be used, no file is written or changed.",
            "",
            "Example: jit history import audit.jsonl --out decisions.jsonl"
        })
final class HistoryImportCommand implements Command {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Lines of decisions, audit files, or directories.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private String out = "";

    @Option(names = "--force", description = "Write over a file that is there already.")
    private boolean force;

    @Override
    public Exit run(Console console) throws IOException {
        Path target = Texts.path(out).toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw UsageCode.UNWRITABLE.stop(out, "this is a directory: name a file");
        }
        if (!force && Files.exists(target)) {
            throw there();
        }
        FileHistory history = HistoryCommand.open(files);
        Reading reading;
        Path beside = beside(target);
        try {
            reading = write(history, beside);
            move(beside, target);
        } finally {
            Files.deleteIfExists(beside);
        }
        console.printLine("wrote " + HistoryText.count(reading.decisions(), "decision") + " to " + out);
        console.print(HistoryText.notes(reading.notes()));
        return Exit.GOOD;
    }

    private JitConfigurationException there() {
        return UsageCode.UNWRITABLE.stop(
                out, "it is there already: name another file, or say --force to write over it");
    }

    private Path beside(Path target) {
        try {
            return Files.createTempFile(target.getParent(), ".jit-", ".tmp");
        } catch (IOException e) {
            throw UsageCode.UNWRITABLE.stop(out, "the file cannot be written: " + e);
        }
    }

    private Reading write(FileHistory history, Path to) throws IOException {
        try (BufferedWriter text = Files.newBufferedWriter(to)) {
            DecisionWriter writer = new DecisionWriter(text);
            return history.read(decision -> append(writer, decision));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void append(DecisionWriter writer, PastDecision decision) {
        try {
            writer.write(decision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever reads the file meanwhile sees the old one or the new one. */
    private void move(Path beside, Path target) throws IOException {
        if (force) {
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.move(beside, target);
        } catch (FileAlreadyExistsException e) {
            throw there();
        }
    }
}
