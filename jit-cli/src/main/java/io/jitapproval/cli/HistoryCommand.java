package io.jitapproval.cli;

import io.jitapproval.core.feedback.history.FileHistory;
import io.jitapproval.core.feedback.history.Histories;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** What was decided in the past; does nothing itself. */
@CommandLine.Command(
        name = "history",
        description = "Take over and look at decisions of the past, from our own record or anybody's log.",
        footer = {
            "",
            "Example: jit history import approvals.jsonl --out decisions.jsonl",
            "         jit history show decisions.jsonl"
        })
final class HistoryCommand {

    /** With its subcommands. */
    static CommandLine line() {
        return new CommandLine(new HistoryCommand())
                .addSubcommand(new HistoryImportCommand())
                .addSubcommand(new HistoryShowCommand())
                .addSubcommand(new HistoryGenerateCommand());
    }

    /** Files that can be read more than once. */
    static FileHistory open(List<String> files) {
        if (files.contains(Texts.STDIN)) {
            throw UsageCode.USAGE.stop("", "a history is read more than once: name a file, not standard input");
        }
        List<Path> paths = files.stream().map(Texts::path).toList();
        return Histories.of(paths);
    }
}
