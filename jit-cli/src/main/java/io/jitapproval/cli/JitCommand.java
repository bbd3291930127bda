package io.jitapproval.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code jit} itself: help and version. */
@CommandLine.Command(
        name = "jit",
        synopsisSubcommandLabel = "COMMAND",
        description = "Try, explain, check and format the policies of JIT Approval.",
        footer = {"", "Exit code: 0 good, 1 findings or failed cases, 2 the input or the call cannot be used."})
@SuppressWarnings("UnusedVariable") // The parser asks for the options by their meaning.
final class JitCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    /** The version of the jar; empty if the command does not run from one. */
    static Optional<String> version() {
        return Optional.ofNullable(JitCommand.class.getPackage().getImplementationVersion());
    }
}
