package io.jitapproval.cli;

import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.history.DecisionWriter;
import io.jitapproval.core.feedback.history.FileHistory;
import io.jitapproval.core.feedback.history.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a history has in it. */
@CommandLine.Command(
        name = "show",
        description = "Say what a history has in it, what of it is evidence, and what is odd about it.",
        footer = {"", "Example: jit history show --request q-17 decisions.jsonl"})
final class HistoryShowCommand implements Command {

    enum Format {
        TEXT,
        JSON
    }

    /** What is normal in a history: nobody said who, only observed, not in the order of time. */
    private static final Set<String> NORMAL = Set.of("JIT-H022", "JIT-H023", "JIT-H025");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Lines of decisions, audit files, or directories.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--request", paramLabel = "ID", description = "Show this one decision.")
    private @Nullable String request;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        FileHistory history = HistoryCommand.open(files);
        return request == null ? all(history, console) : one(history, request, console);
    }

    private Exit all(FileHistory history, Console console) {
        HistorySummary summary = new HistorySummary();
        Reading reading = history.read(summary::add);
        console.print(
                format == Format.JSON
                        ? Json.lines(summary.json(history.name(), reading))
                        : HistoryText.summary(history.name(), summary, reading));
        boolean odd = reading.notes().stream().anyMatch(note -> !NORMAL.contains(note.code()));
        return odd ? Exit.FINDINGS : Exit.GOOD;
    }

    private Exit one(FileHistory history, String id, Console console) {
        List<PastDecision> found = new ArrayList<>();
        history.read(decision -> {
            if (decision.id().equals(id)) {
                found.add(decision);
            }
        });
        if (found.isEmpty()) {
            throw UsageCode.USAGE.stop("--request", "the history has no decision " + Words.quote(id));
        }
        for (PastDecision decision : found) {
            console.print(
                    format == Format.JSON ? DecisionWriter.line(decision) + "\n" : HistoryText.decision(decision));
        }
        return Exit.GOOD;
    }
}
