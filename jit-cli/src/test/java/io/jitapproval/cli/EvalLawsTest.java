package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.document.Node;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("wall 1: whatever a line says, eval answers it, in its place, and what is no request is never permitted")
class EvalLawsTest {

    private static final String POLICY = "src/test/resources/cli/inputs/policy.json";
    private static final Path REQUESTS = Path.of("src/test/resources/cli/inputs/requests.jsonl");

    private static Run eval(String in) {
        return Run.with(in, "eval", "--policy", POLICY, "--time", "2026-11-21T12:00:00Z");
    }

    @Provide
    Arbitrary<List<String>> lines() throws IOException {
        List<String> seeds = Files.readAllLines(REQUESTS);
        Arbitrary<String> garbage = Arbitraries.strings()
                .withChars("{}[]\",:ab01.-eE \\u\t\r\u00e4\u2028")
                .ofMaxLength(40);
        Arbitrary<String> mutated = Combinators.combine(
                        Arbitraries.of(seeds), Arbitraries.doubles().between(0, 1), garbage)
                .as((seed, where, with) -> {
                    int at = (int) (where * seed.length());
                    return seed.substring(0, at) + with + seed.substring(Math.min(seed.length(), at + 1));
                });
        return Arbitraries.oneOf(Arbitraries.of(seeds), mutated, garbage).list().ofMaxSize(12);
    }

    @Property(tries = 100)
    @Label("as many answers as lines, each a decision; the first answer to a good line does not depend on the others")
    void aligned(@ForAll("lines") List<String> lines) {
        check(lines, in -> eval(in).out());
    }

    @Property(tries = 100)
    @Label("the exit code is 2 if a line was no request, else 0")
    void exit(@ForAll("lines") List<String> lines) {
        Run run = eval(text(lines));
        boolean anyError = run.lines().stream().anyMatch(line -> line.contains("\"error\""));
        assertThat(run.exit()).isEqualTo(anyError ? 2 : 0);
        assertThat(run.err().isEmpty()).isEqualTo(!anyError);
    }

    @Example
    @Label("broken twin: one that passes over bad lines, and one that permits them, are seen")
    void twins() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(REQUESTS));
        lines.add(1, "nonsense");
        check(lines, in -> eval(in).out());
        assertThatThrownBy(() -> check(lines, EvalLawsTest::passesOver)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(lines, EvalLawsTest::permits)).isInstanceOf(AssertionError.class);
    }

    private static String passesOver(String in) {
        return eval(in).out()
                .lines()
                .filter(line -> !line.contains("\"error\""))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String permits(String in) {
        return eval(in).out().replace("false,\"context\":{\"error\"", "true,\"context\":{\"error\"");
    }

    private static void check(List<String> lines, Function<String, String> eval) {
        List<String> answers = eval.apply(text(lines)).lines().toList();
        assertThat(answers).hasSize(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(eval.apply(lines.get(i) + "\n")).isEqualTo(answers.get(i) + "\n");
            Node.Obj answer = (Node.Obj) Requests.line(new PolicyText("answer", answers.get(i)), 1);
            boolean permitted = ((Node.Bool) answer.fields().get("decision").value()).value();
            Node.Obj context = (Node.Obj) answer.fields().get("context").value();
            assertThat(permitted && context.fields().containsKey("error")).isFalse();
            assertThat(context.fields()).containsAnyOf(entryOf(context, "error"), entryOf(context, "reason"));
        }
    }

    private static java.util.Map.Entry<String, Node.Field> entryOf(Node.Obj object, String name) {
        Node.Field nothing = new Node.Field(object.place(), object);
        return java.util.Map.entry(name, object.fields().getOrDefault(name, nothing));
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
