package io.jitapproval.cli;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Words;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry of the {@code jit} command. */
public final class JitMain {

    private JitMain() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the arguments, the subcommand first
     */
    public static void main(String... args) {
        boolean colours = Ansi.AUTO.enabled();
        int code;
        try (PrintStream out = utf8(FileDescriptor.out);
                PrintStream err = utf8(FileDescriptor.err)) {
            code = run(new Console(System.in, out, err, colours), args);
        }
        System.exit(code);
    }

    /**
     * Runs the command without ending the process, and without colours. Text goes in and out as UTF-8, whatever the
     * streams or the platform say. Several threads may run it at the same time, each with streams of its own.
     *
     * @param in   standard input; read only by commands that want it, never closed
     * @param out  standard output; never closed
     * @param err  standard error, for complaints; never closed
     * @param args the arguments, the subcommand first
     * @return 0 if all is good, 1 if there are findings or failed cases, 2 if the input or the call could not be used
     */
    public static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        return run(new Console(in, out, err, false), args);
    }

    /** The one place that decides how the command ends. */
    private static int run(Console console, String... args) {
        Exit exit;
        try {
            exit = parseAndRun(console, args);
        } catch (JitConfigurationException e) {
            console.complain(e.problems());
            exit = Exit.UNUSABLE;
        } catch (IOException e) {
            console.complain(List.of(UsageCode.BROKEN.at("", String.valueOf(e.getMessage()))));
            exit = Exit.UNUSABLE;
        }
        console.out().flush();
        console.err().flush();
        return exit.code();
    }

    private static Exit parseAndRun(Console console, String... args) throws IOException {
        CommandLine line =
                commands().setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
        ParseResult result;
        try {
            result = line.parseArgs(args);
        } catch (ParameterException e) {
            throw UsageCode.USAGE.stop("", complaint(e, args));
        }
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine chosen = last.commandSpec().commandLine();
        if (last.isVersionHelpRequested()) {
            console.printLine("jit " + JitCommand.version().orElse("of a build that was not packed"));
            return Exit.GOOD;
        }
        if (last.isUsageHelpRequested() || !(chosen.getCommand() instanceof Command command)) {
            String help = chosen.getUsageMessage(chosen.getColorScheme());
            if (last.isUsageHelpRequested()) {
                console.print(help);
                return Exit.GOOD;
            }
            console.complain(help);
            return Exit.UNUSABLE;
        }
        return command.run(console);
    }

    static CommandLine commands() {
        return new CommandLine(new JitCommand())
                .addSubcommand(new EvalCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new LintCommand())
                .addSubcommand(new TestCommand())
                .addSubcommand(new DiffCommand())
                .addSubcommand(new FmtCommand())
                .addSubcommand(new SchemaCommand())
                .addSubcommand(new InitCommand())
                .addSubcommand(new SuggestCommand())
                .addSubcommand(HistoryCommand.line())
                .addSubcommand(new InsightsCommand())
                .addSubcommand(new SimulateCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100);
    }

    private static String complaint(ParameterException e, String... args) {
        CommandLine line = e.getCommandLine();
        return slip(e, line, args)
                        .orElseGet(() -> String.valueOf(e.getMessage()).replaceFirst("^Error: ", "")) + "\n    See: "
                + line.getCommandSpec().qualifiedName() + " --help";
    }

    /** The word that was written wrongly, also where something is only missed for that reason. */
    private static Optional<String> slip(ParameterException e, CommandLine line, String... args) {
        Set<String> options = line.getCommandSpec().optionsMap().keySet();
        Set<String> commands = line.getSubcommands().keySet();
        List<String> unknown =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getUnmatched() : List.of(args);
        Optional<String> option = unknown.stream()
                .map(arg -> arg.split("=", 2)[0])
                .filter(arg -> arg.startsWith("--") && !options.contains(arg))
                .findFirst()
                .map(arg -> "unknown option " + Words.quote(arg) + Words.hint(arg, options));
        if (option.isPresent() || !(e instanceof UnmatchedArgumentException)) {
            return option;
        }
        return unknown.stream()
                .findFirst()
                .map(arg -> commands.isEmpty()
                        ? "nothing is known of " + Words.quote(arg)
                        : "unknown command " + Words.quote(arg) + Words.hint(arg, commands));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }
}
