package io.jitapproval.cli;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.core.feedback.evidence.Learner;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.evidence.Suggestion.Form;
import io.jitapproval.core.feedback.history.FileHistory;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.InsightSettings;
import io.jitapproval.core.feedback.insight.Insights;
import io.jitapproval.core.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Says what of a policy the record would have different. */
@CommandLine.Command(
        name = "suggest",
        description = "Say what could be approved without people, with evidence and a bound, and what should be tighter.",
        footer = {
            "",
            "With --out it writes policy.json, the rule on a score; model.json, which gives the score; certificate.json, what is",
            "proved of it; and in rules/ the same with rules that can be read. Nothing is changed: a person accepts, or not.",
            "Ends with 0 also where it has nothing to suggest, and says why.",
            "",
            "Example: jit suggest --history decisions.jsonl --max-wrong 0.02 --out suggested"
        })
final class SuggestCommand implements Command {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration ALWAYS = Duration.ofDays(36_500);
    private static final String MODEL = "model.json";
    private static final String POLICY = "policy.json";
    private static final String CERTIFICATE = "certificate.json";

    /** How it is written. */
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
            arity = "1",
            paramLabel = "FILE",
            description = "Decisions, an audit file, or a directory of them. May be given several times.")
    private List<String> history = new ArrayList<>();

    @Option(
            names = "--policy",
            arity = "1",
            paramLabel = "PATH",
            description = "The policy in force: what it denies, closes to machines or calls risky stays closed.")
    private List<String> policy = new ArrayList<>();

    @Option(
            names = "--max-wrong",
            paramLabel = "SHARE",
            description = "How many of the approvals that people are spared they may be such as would deny; 0.02 if left out.")
    private double maxWrong = 0.02;

    @Option(
            names = "--confidence",
            paramLabel = "SHARE",
            description = "How sure that has to be; 0.95 if left out.")
    private double confidence = 0.95;

    @Option(
            names = "--certify",
            paramLabel = "HOW",
            description = "split: learn from older decisions, check on newer ones; crossfit: check each decision by what was learnt"
                    + " from the others. split if left out.")
    private How how = How.SPLIT;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What rules call the model; learnt if left out.")
    private String name = "learnt";

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the rules, the model and the certificate.")
    private @Nullable String out;

    @Option(names = "--force", description = "Write over what stands there.")
    private boolean force;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) throws IOException {
        check();
        Path target = out == null ? null : target(out);
        FileHistory past = HistoryCommand.open(history);
        Optional<Policy> inForce =
                policy.isEmpty() ? Optional.empty() : Optional.of(PolicyPaths.policy(policy, console));
        Findings findings = Insights.find(past, inForce, settings());
        Learnt learnt = Learner.learn(
                past,
                new Learner.Settings(
                        maxWrong, confidence, how, name, inForce, findings.rubberStamps()::excludes));
        if (target != null) {
            write(target, past.name(), learnt);
        }
        switch (format) {
            case TEXT -> console.print(SuggestText.of(past.name(), learnt, findings, console.paint()));
            case JSON -> console.print(Json.lines(SuggestJson.of(past.name(), learnt, findings)));
        }
        if (target != null && format == Format.TEXT) {
            console.printLine("wrote " + POLICY + ", " + MODEL + ", " + CERTIFICATE + " and rules/ to " + out);
        }
        return Exit.GOOD;
    }

    private InsightSettings settings() {
        InsightSettings usual = InsightSettings.DEFAULT;
        return new InsightSettings(
                ALWAYS,
                usual.asOf(),
                usual.zone(),
                confidence,
                usual.discoveries(),
                maxWrong,
                usual.weeklyBudget(),
                usual.readingFloor(),
                usual.peers());
    }

    private void check() {
        share("--max-wrong", maxWrong);
        share("--confidence", confidence);
        if (!NAME.matcher(name).matches()) {
            throw UsageCode.USAGE.stop("--name", "'" + name + "' is no name of a model: use letters, digits, - and _");
        }
    }

    private static void share(String option, double share) {
        if (!(share > 0 && share < 1)) {
            throw UsageCode.USAGE.stop(option, share + " is no share: write a number between 0 and 1, such as 0.02");
        }
    }

    private Path target(String name) {
        Path target = Texts.path(name);
        boolean there = Files.exists(target.resolve(POLICY)) || Files.exists(target.resolve(MODEL));
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw UsageCode.UNWRITABLE.stop(name, "this is no directory: name one");
        }
        if (there && !force) {
            throw there(name);
        }
        return target;
    }

    private static JitConfigurationException there(String name) {
        return UsageCode.UNWRITABLE.stop(
                name, "suggestions stand there already: name another directory, or say --force to write over them");
    }

    private void write(Path target, String origin, Learnt learnt) throws IOException {
        Files.createDirectories(target.resolve("rules"));
        form(target, Form.SCORE, origin, learnt);
        form(target.resolve("rules"), Form.RULES, origin, learnt);
        Optional<EvidenceModel> model = learnt.model();
        if (model.isPresent()) {
            model.get().write(target.resolve(MODEL));
        } else {
            Files.deleteIfExists(target.resolve(MODEL));
        }
    }

    private static void form(Path directory, Form form, String origin, Learnt learnt) throws IOException {
        List<Suggestion> mine =
                learnt.suggestions().stream().filter(each -> each.form() == form).toList();
        List<Map<String, Object>> rules = new ArrayList<>();
        mine.forEach(each -> rules.addAll(each.rules()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rules", rules);
        Files.writeString(directory.resolve(POLICY), Json.lines(document));
        Files.writeString(directory.resolve(CERTIFICATE), Json.lines(SuggestJson.certificate(origin, learnt, mine)));
    }
}
