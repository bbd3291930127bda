package io.jitapproval.cli;

import io.jitapproval.core.feedback.history.DecisionWriter;
import io.jitapproval.core.feedback.synthetic.SyntheticHistory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Writes a history that nobody lived through. */
@CommandLine.Command(
        name = "generate",
        description = "Write decisions that nobody made, as a large firm might have them, to try things on.",
        footer = {
            "",
            "The same options give the same decisions. Eight attributes, about six in a hundred denied, over half a year.",
            "",
            "Example: jit history generate --decisions 30000 --seed 1 --out synthetic.jsonl"
        })
final class HistoryGenerateCommand implements Command {

    @Option(names = "--decisions", paramLabel = "N", description = "How many; 30000 if left out.")
    private int decisions = 30_000;

    @Option(names = "--seed", paramLabel = "N", description = "What it grows from; 1 if left out.")
    private long seed = 1;

    @Option(names = "--denied", paramLabel = "SHARE", description = "How many are denied, about; 0.058 if left out.")
    private double denied = 0.058;

    @Option(names = "--noise", paramLabel = "SHARE", description = "How many are denied for no reason; 0.004 if left out.")
    private double noise = 0.004;

    @Option(names = "--random", description = "Decide all by the throw of a die.")
    private boolean random;

    @Option(
            names = "--drift",
            paramLabel = "SHARE",
            description = "From where on people think otherwise of half of the departments; 1, never, if left out.")
    private double drift = 1;

    @Option(names = "--flood", paramLabel = "N", description = "How many harmless requests one subject throws in besides.")
    private int flood;

    @Option(names = "--stamping", paramLabel = "N", description = "How many of the sixty deciders approve all they see.")
    private int stamping;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private String out = "";

    @Option(names = "--force", description = "Write over a file that is there already.")
    private boolean force;

    @Override
    public Exit run(Console console) throws IOException {
        Path target = Texts.path(out);
        if (!force && Files.exists(target)) {
            throw UsageCode.UNWRITABLE.stop(
                    out, "it is there already: name another file, or say --force to write over it");
        }
        SyntheticHistory history = new SyntheticHistory(settings());
        try (BufferedWriter text = Files.newBufferedWriter(target)) {
            DecisionWriter writer = new DecisionWriter(text);
            history.each(decision -> {
                try {
                    writer.write(decision);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        console.printLine("wrote " + HistoryText.count((long) decisions + flood, "decision") + " to " + out);
        return Exit.GOOD;
    }

    private SyntheticHistory.Settings settings() {
        try {
            return new SyntheticHistory.Settings(seed, decisions, denied, noise, random, drift, flood, stamping);
        } catch (IllegalArgumentException e) {
            throw UsageCode.USAGE.stop("", String.valueOf(e.getMessage()));
        }
    }
}
