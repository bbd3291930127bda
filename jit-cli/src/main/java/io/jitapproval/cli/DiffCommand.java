package io.jitapproval.cli;

import io.jitapproval.core.TimeSources;
import io.jitapproval.core.analysis.PolicyDiff;
import io.jitapproval.core.analysis.PolicyDiff.State;
import io.jitapproval.core.policy.Policy;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a change of policy makes easier and harder, each with a request that shows it. */
@CommandLine.Command(
        name = "diff",
        description = "Say which requests a change of policy makes easier, and which harder.",
        footer = {
            "",
            "Exit code: 0 if no answer changes, 1 if one does or may, 2 if a policy cannot be read.",
            "",
            "Example: jit diff policy-of-yesterday.yaml policy.yaml"
        })
final class DiffCommand implements Command {

    /** How the difference is written. */
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy as it was: a document or a directory.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy as it is to be.")
    private String after = "";

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "The moment for which it is said, such as 2026-01-31T12:00:00Z; now if left out.")
    private @Nullable String time;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        Instant at = at(time);
        Policy old = PolicyPaths.policy(List.of(before), console);
        PolicyDiff diff = PolicyDiff.of(old, PolicyPaths.policy(List.of(after), console), at);
        String shown = format == Format.JSON ? diff.json() : diff.text();
        console.print(shown.endsWith("\n") ? shown : shown + "\n");
        boolean same = diff.easier().state() == State.NONE && diff.harder().state() == State.NONE;
        return same ? Exit.GOOD : Exit.FINDINGS;
    }

    private static Instant at(@Nullable String time) {
        if (time == null) {
            return TimeSources.system().instant();
        }
        try {
            return Requests.time(time);
        } catch (DateTimeException e) {
            throw UsageCode.TIME.stop(
                    "--time", "'" + time + "' is no time with an offset: write one such as 2026-01-31T12:00:00Z");
        }
    }
}
