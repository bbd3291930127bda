package io.jitapproval.cli;

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

    static String version() {
        String version = JitCommand.class.getPackage().getImplementationVersion();
        return version == null ? "of a build that was not packed" : version;
    }
}
