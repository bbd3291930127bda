package io.jitapproval.cli;

import io.jitapproval.Decision;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Answers AuthZEN evaluation requests, one JSON a line: each line of input has its line of output. */
@CommandLine.Command(
        name = "eval",
        description = "Answer evaluation requests: one JSON a line in, one decision a line out.",
        footer = {
            "",
            "Requests and decisions are those of the AuthZEN Authorization API 1.0, single or in batches.",
            "A line that is no request is answered with no and told on standard error; the others still count.",
            "",
            "Example: jit eval --policy policy.json requests.jsonl"
        })
final class EvalCommand implements Command {

    @Mixin
    private final PolicyInputs inputs = new PolicyInputs();

    @Parameters(
            paramLabel = "FILE",
            description = "Files of requests, - for standard input, which is read if none is named.")
    private List<String> files = new ArrayList<>();

    @Override
    public Exit run(Console console) throws IOException {
        Policy policy = inputs.load(console);
        Exit exit = Exit.GOOD;
        for (String file : files.isEmpty() ? List.of(Texts.STDIN) : files) {
            if (file.equals(Texts.STDIN)) {
                exit = exit.and(answer(policy, "stdin", console.in(), console));
            } else {
                try (InputStream in = Texts.open(file)) {
                    exit = exit.and(answer(policy, file, in, console));
                }
            }
        }
        console.flush();
        return exit;
    }

    private Exit answer(Policy policy, String origin, InputStream in, Console console) throws IOException {
        Exit exit = Exit.GOOD;
        Lines lines = new Lines(in, console::flush);
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            Answers answers = new Answers(policy, origin, console);
            console.printLine(Json.line(answers.line(line)));
            exit = exit.and(answers.exit);
        }
        return exit;
    }

    /** The answers to one line. */
    private final class Answers {

        private final Policy policy;
        private final String origin;
        private final Console console;
        private Exit exit = Exit.GOOD;

        Answers(Policy policy, String origin, Console console) {
            this.policy = policy;
            this.origin = origin;
            this.console = console;
        }

        Map<String, @Nullable Object> line(Lines.Line line) {
            try {
                PolicyText text = new PolicyText(origin, line.textOrStop(origin));
                Node root = Requests.line(text, line.number());
                Requests requests = Requests.of(text, line.number());
                List<Node> batch = requests.batch(root);
                return batch == null ? one(requests, root) : batch(requests, requests.semantic(root), batch);
            } catch (JitConfigurationException e) {
                return refuse(e);
            }
        }

        private Map<String, @Nullable Object> batch(Requests requests, Requests.Semantic semantic, List<Node> batch) {
            List<Map<String, @Nullable Object>> answers = new ArrayList<>();
            for (Node item : batch) {
                Map<String, @Nullable Object> answer;
                try {
                    answer = one(requests, item);
                } catch (JitConfigurationException e) {
                    answer = refuse(e);
                }
                answers.add(answer);
                if (semantic.endsWith(Boolean.TRUE.equals(answer.get("decision")))) {
                    break;
                }
            }
            return Map.of("evaluations", answers);
        }

        private Map<String, @Nullable Object> one(Requests requests, Node root) {
            Requests.Asked asked = requests.read(root);
            Instant time = inputs.time(asked);
            Decision decision = policy.evaluate(asked.request(), time, inputs.lookup());
            return DecisionJson.of(decision, asked.request(), time);
        }

        private Map<String, @Nullable Object> refuse(JitConfigurationException e) {
            exit = Exit.UNUSABLE;
            console.complain(e.problems());
            return DecisionJson.error(e.problems());
        }
    }
}
