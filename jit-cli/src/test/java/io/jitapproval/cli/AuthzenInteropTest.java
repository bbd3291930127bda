package io.jitapproval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests and decisions that the AuthZEN working group published, through the command as a user runs it. */
@DisplayName("AuthZEN: every published request is decided as published")
class AuthzenInteropTest {

    private static final String RULE = "(?m)^(?=  - id: )";

    @TestFactory
    Stream<DynamicNode> todo() throws IOException {
        return decidedAsPublished("todo", 83);
    }

    @TestFactory
    Stream<DynamicNode> gateway() throws IOException {
        return decidedAsPublished("gateway", 25);
    }

    @TestFactory
    Stream<DynamicNode> search() throws IOException {
        return decidedAsPublished("search", 204);
    }

    @TestFactory
    Stream<DynamicNode> certification() throws IOException {
        return decidedAsPublished("certification", 51);
    }

    @TestFactory
    Stream<DynamicNode> specification() throws IOException {
        return decidedAsPublished("specification", 5);
    }

    private static Stream<DynamicNode> decidedAsPublished(String name, int howMany) throws IOException {
        Path directory = Published.directory(name);
        List<Published> cases = Published.casesOf(directory);
        assertThat(cases).as("cases in " + directory).hasSize(howMany);
        Map<Published, JsonNode> answers = ask(directory.resolve("policy.yaml"), directory, cases);
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(),
                        () -> assertThat(difference(one, answers.get(one)))
                                .as("%s answered with %s", one.line(), answers.get(one))
                                .isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"todo", "gateway", "search", "certification", "specification"})
    @DisplayName("C-2-6: asked again, the same decisions")
    void idempotent(String name) throws IOException {
        Path directory = Published.directory(name);
        List<Published> cases = Published.casesOf(directory);
        Path policy = directory.resolve("policy.yaml");

        assertThat(decisions(ask(policy, directory, cases))).isEqualTo(decisions(ask(policy, directory, cases)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"todo", "gateway", "search", "certification", "specification"})
    @DisplayName("broken twins: without any one rule, some published decision comes out otherwise")
    void everyRuleIsNeeded(String name, @TempDir Path temp) throws IOException {
        Path directory = Published.directory(name);
        List<Published> cases = Published.casesOf(directory);
        List<String> parts =
                List.of(Files.readString(directory.resolve("policy.yaml")).split(RULE));
        assertThat(parts).as("rules of " + name).hasSizeGreaterThan(2);

        for (int left = 1; left < parts.size(); left++) {
            List<String> twin = new ArrayList<>(parts);
            String rule = twin.remove(left);
            Path policy = Files.writeString(temp.resolve("without-" + left + ".yaml"), String.join("", twin));
            Map<Published, JsonNode> answers = ask(policy, directory, cases);

            assertThat(cases)
                    .as("without %s", rule.lines().findFirst().orElseThrow())
                    .anySatisfy(
                            one -> assertThat(difference(one, answers.get(one))).isNotEmpty());
        }
    }

    /** Sends all cases through one run; a search among nobody is not sent and has no answer. */
    private static Map<Published, JsonNode> ask(Path policy, Path directory, List<Published> cases) {
        List<Published> sent = cases.stream().filter(Published::hasRequest).toList();
        String in = sent.stream().map(one -> one.line() + "\n").collect(Collectors.joining());
        List<String> args = new ArrayList<>(List.of("eval", "--policy", policy.toString()));
        Path attributes = directory.resolve("attributes.yaml");
        if (Files.exists(attributes)) {
            args.addAll(List.of("--attributes", attributes.toString()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int exit = JitMain.run(
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args.toArray(String[]::new));

        List<String> lines = out.toString(UTF_8).lines().toList();
        assertThat(lines).as("one answer a request; errors: %s", err).hasSameSizeAs(sent);
        Map<Published, JsonNode> answers = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            answers.put(sent.get(i), Published.JSON.readTree(lines.get(i)));
        }
        boolean refusals = answers.values().stream().anyMatch(AuthzenInteropTest::refuses);
        assertThat(exit).as("exit code; errors: %s", err).isEqualTo(refusals ? 2 : 0);
        return answers;
    }

    /** How an answer differs from the published one; empty if it does not. */
    private static String difference(Published one, JsonNode answer) {
        JsonNode expected = one.expected();
        if (one.isSearch()) {
            return searchDifference(one, answer);
        }
        if (one.isRefused()) {
            return refuses(answer) && isDecision(answer, false) ? "" : "refused with decision false";
        }
        if (!expected.has("evaluations")) {
            boolean same = isDecision(answer, expected.required("decision").asBoolean()) && !refuses(answer);
            return same && !answer.has("evaluations") ? "" : "one decision " + expected;
        }
        JsonNode wanted = expected.get("evaluations");
        JsonNode given = answer.path("evaluations");
        if (given.size() != wanted.size() || answer.has("decision")) {
            return wanted.size() + " decisions and none above them";
        }
        for (int i = 0; i < wanted.size(); i++) {
            JsonNode decision = given.get(i).path("decision");
            JsonNode published = wanted.get(i).path("decision");
            if (!decision.isBoolean() || (published.isBoolean() && !published.equals(decision))) {
                return "decision " + i + " as in " + wanted;
            }
        }
        return "";
    }

    private static String searchDifference(Published one, JsonNode answer) {
        List<JsonNode> found = new ArrayList<>();
        for (int i = 0; i < one.asked().size(); i++) {
            if (isDecision(answer.path("evaluations").path(i), true)) {
                found.add(one.asked().get(i));
            }
        }
        JsonNode all = one.expected().path("results");
        if (all.isArray()) {
            return found.equals(list(all)) ? "" : "found " + found;
        }
        return found.containsAll(list(one.expected().required("resultsInclude"))) ? "" : "found " + found;
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static boolean isDecision(JsonNode answer, boolean decision) {
        return answer.path("decision").isBoolean() && answer.path("decision").asBoolean() == decision;
    }

    /** Whether an answer, or one in it, is an error. */
    private static boolean refuses(JsonNode answer) {
        return answer.path("context").path("error").path("status").asInt(0) == 400
                || list(answer.path("evaluations")).stream().anyMatch(AuthzenInteropTest::refuses);
    }

    private static Map<Published, List<JsonNode>> decisions(Map<Published, JsonNode> answers) {
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().findValues("decision")));
    }
}
