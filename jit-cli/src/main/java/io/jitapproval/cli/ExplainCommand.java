package io.jitapproval.cli;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation;
import io.jitapproval.core.Explanations;
import io.jitapproval.core.people.Electors;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says for one request what the policy answers, and which rule and comparison made it so. */
@CommandLine.Command(
        name = "explain",
        description = "Say what a policy answers to one request, and why.",
        footer = {
            "",
            "With --people it names those who would be asked.",
            "",
            "Example: jit explain --policy policy.json --request refund-5000.json --people people.json"
        })
final class ExplainCommand implements Command {

    /** How the answer is written. */
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private final PolicyInputs inputs = new PolicyInputs();

    @Option(
            names = "--request",
            required = true,
            paramLabel = "FILE",
            description = "One AuthZEN evaluation request; - for standard input.")
    private String request = "";

    @Option(
            names = "--hide",
            arity = "1",
            paramLabel = "NAME",
            description = "An argument of the action whose value is not shown. May be given several times.")
    private List<String> hide = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; text if left out.")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Console console) {
        Policy policy = inputs.load(console);
        Requests.Asked asked = Requests.one(Texts.read(request, console));
        Instant time = inputs.time(asked);
        Decision decision = policy.explained(asked.request(), time, inputs.lookup(), new LinkedHashSet<>(hide));
        Explanation why = decision.explanation();
        console.print(
                format == Format.JSON
                        ? Json.lines(Explanations.json(decision, why, asked.request(), time))
                        : painted(decision, text(decision, asked.request(), time), console.paint()));
        return Exit.GOOD;
    }

    private String text(Decision decision, EvaluationRequest question, Instant time) {
        Electors electors = inputs.electors(decision, question, time);
        return electors == null
                ? Explanations.text(decision, decision.explanation(), question)
                : Explanations.text(decision, decision.explanation(), question, electors::of);
    }

    /** The answer, which stands in front of a gap, in its colour. */
    private static String painted(Decision decision, String text, Paint paint) {
        int gap = text.indexOf("  ");
        return paint.of(decision.kind(), text.substring(0, gap)) + text.substring(gap);
    }
}
