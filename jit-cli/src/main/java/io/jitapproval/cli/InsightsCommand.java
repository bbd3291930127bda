package io.jitapproval.cli;

import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.Insight;
import io.jitapproval.core.feedback.insight.InsightSettings;
import io.jitapproval.core.feedback.insight.Insights;
import io.jitapproval.core.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Says what a history shows about rules, people and uses. */
@CommandLine.Command(
        name = "insights",
        description = "Say what decisions of the past show about rules, people and uses.",
        footer = {
            "",
            "It changes nothing. What is marked private is for the person whom it is about, before anybody else.",
            "docs/insights.md says when each finding is made, and when not.",
            "",
            "Example: jit insights --history decisions.jsonl --policy policies/ --window P30D"
        })
final class InsightsCommand implements Command {

    /** How findings are written. */
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--history",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Lines of decisions, audit files, or directories.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--policy",
            arity = "1",
            paramLabel = "PATH",
            description = "The policy in force: its rules are judged, too. Given several times, all count together.")
    private List<String> policy = new ArrayList<>();

    @Option(
            names = "--window",
            paramLabel = "PERIOD",
            description = "How far back, such as P30D or PT12H; P90D if left out.")
    private @Nullable String window;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "Until when, such as 2026-01-31T12:00:00Z; the end of the history if left out.")
    private @Nullable String time;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "How many unusual uses of a week are shown at most; 10 if left out.")
    private int budget = InsightSettings.DEFAULT.weeklyBudget();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        Optional<Policy> inForce =
                policy.isEmpty() ? Optional.empty() : Optional.of(PolicyPaths.policy(policy, console));
        Findings findings = Insights.find(HistoryCommand.open(files), inForce, settings());
        console.print(format == Format.JSON ? Json.lines(InsightsText.plain(findings)) : InsightsText.text(findings));
        return findings.insights().stream().allMatch(insight -> insight.severity() == Insight.Severity.INFO)
                ? Exit.GOOD
                : Exit.FINDINGS;
    }

    private InsightSettings settings() {
        InsightSettings base = InsightSettings.DEFAULT;
        if (budget < 0) {
            throw UsageCode.USAGE.stop("--budget", "a budget is 0 or more, but was " + budget);
        }
        Optional<Instant> asOf = Optional.ofNullable(time).map(PolicyInputs::fixed);
        return new InsightSettings(
                window == null ? base.window() : period(window),
                asOf,
                base.zone(),
                base.confidence(),
                base.discoveries(),
                base.wrong(),
                budget,
                base.readingFloor(),
                base.peers());
    }

    private static Duration period(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw UsageCode.USAGE.stop("--window", "'" + text + "' is no positive period: write one such as P30D or PT12H");
    }
}
