package io.jitapproval.cli;

import io.jitapproval.core.feedback.history.FileHistory;
import io.jitapproval.core.feedback.replay.Proposal;
import io.jitapproval.core.feedback.replay.Replay;
import io.jitapproval.core.feedback.replay.Replay.Options;
import io.jitapproval.core.feedback.replay.Simulation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A proposed policy over the decisions of the past. */
@CommandLine.Command(
        name = "simulate",
        description = "Say what a policy would have answered to the decisions of the past.",
        footer = {
            "",
            "Ends with 1 if something that was denied would be approved.",
            "",
            "Example: jit simulate --policy suggested --base policy.yaml --history decisions.jsonl"
        })
final class SimulateCommand implements Command {

    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--policy",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = "The proposed policy: documents, or what jit suggest wrote. All count together.")
    private List<String> policy = new ArrayList<>();

    @Option(
            names = "--history",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Lines of decisions, audit files, or directories.")
    private List<String> history = new ArrayList<>();

    @Option(
            names = "--base",
            arity = "1..*",
            paramLabel = "PATH",
            description = "The policy in force, to which the proposed rules are added.")
    private List<String> base = new ArrayList<>();

    @Option(names = "--from", paramLabel = "TIME", description = "Leave out what was asked before, such as 2026-01-31T12:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Leave out what was asked then or later.")
    private @Nullable String to;

    @Option(
            names = "--list",
            paramLabel = "N",
            description = "List at most N denials that would turn into approvals; 1000 if left out.")
    private int list = Options.ALL.listed();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        if (list < 0) {
            throw UsageCode.USAGE.stop("--list", "'" + list + "' is negative: name how many denials to list, or 0");
        }
        Proposal proposal = ProposalFiles.read(policy, base, console);
        Options options = new Options(
                time("--from", from),
                time("--to", to),
                Options.ALL.confidence(),
                list,
                ProposalFiles.learnt(policy, console));
        FileHistory decisions = HistoryCommand.open(history);
        Simulation simulation = Replay.run(proposal, decisions, options);
        console.print(
                format == Format.JSON
                        ? Json.lines(SimulationJson.of(simulation))
                        : SimulationText.of(simulation));
        return simulation.flips().denyToApprove() == 0 ? Exit.GOOD : Exit.FINDINGS;
    }

    private static Optional<Instant> time(String option, @Nullable String time) {
        if (time == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Requests.time(time));
        } catch (DateTimeException e) {
            throw UsageCode.TIME.stop(
                    option, "'" + time + "' is no time with an offset: write one such as 2026-01-31T12:00:00Z");
        }
    }
}
