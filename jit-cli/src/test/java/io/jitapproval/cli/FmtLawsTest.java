package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.Approvers;
import io.jitapproval.core.PolicyCondition;
import io.jitapproval.core.PolicyDocument;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.MonthDay;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("fmt changes how a policy looks and nothing else")
class FmtLawsTest {

    private static final Pattern NOTE = Pattern.compile("# \\d+ about (?<what>[\\w.: ]+?)(?: of (?<rule>r\\d+))?$");

    @Property(tries = 500)
    @Label("YAML: the version stays, a second time changes nothing, and every comment stands once at what it was on")
    void yaml(@ForAll Random random) {
        checkYaml(new RandomYaml(random).document(), FmtLawsTest::format);
    }

    @Property(tries = 200)
    @Label("JSON: the version stays, and a second time changes nothing")
    void json(@ForAll Random random) {
        String document = new RandomYaml(random).json();
        PolicyText formatted = new PolicyText("p.json", FmtCommand.format(new PolicyText("p.json", document)));
        assertThat(Policy.parse(formatted).version())
                .isEqualTo(Policy.parse(new PolicyText("p.json", document)).version());
        assertThat(FmtCommand.format(formatted)).isEqualTo(formatted.text());
    }

    @Property(tries = 100)
    @Label("JSON: what the builder in Java prints is laid out so already, however long its lines are")
    void built(@ForAll @IntRange(max = 90) int length) {
        String text = "x".repeat(length + 1);
        String json = PolicyDocument.askByDefault(approval -> approval.by(Approvers.role(text)))
                .calendar("holidays", MonthDay.of(12, 25))
                .approvers(text, Approvers.anyOf(Approvers.person("mia"), Approvers.group(text)))
                .condition("one", PolicyCondition.attribute("action.x").in(text, 1))
                .rule(
                        "r",
                        rule -> rule.actions("a", text)
                                .because(text)
                                .when(PolicyCondition.all(
                                        PolicyCondition.attribute("action.x").equalTo(text),
                                        PolicyCondition.named("one")))
                                .requireApproval(approval ->
                                        approval.stage(Approvers.named(text)).stage(Approvers.person(text), 2))
                                .grant(grant -> grant.uses(2)))
                .build()
                .json();
        assertThat(FmtCommand.format(new PolicyText("p.json", json))).isEqualTo(json);
    }

    @Example
    @Label("broken twins: losing, doubling or moving a comment, another value, another layout each time are seen")
    void twins() {
        String about = "    # 2 about actions of r0\n";
        String document = """
                # 0 about default
                default: deny
                rules:
                  - id: r0 # 1 about id of r0
                    # 2 about actions of r0
                    actions: [x]
                    effect: deny
                  # 3 about rule of r1
                  - id: r1
                    effect: allow
                    actions: [x]
                """;
        checkYaml(document, FmtLawsTest::format);
        seen(document, text -> format(text).replace(about, ""));
        seen(document, text -> format(text).replace(about, about + about));
        seen(document, text -> format(text).replace(about, "") + about.strip() + "\n");
        seen(document, text -> format(text).replace("[x]", "[z]"));
        seen(document, text -> text + "\n");
        seen(
                document,
                text -> format(text)
                        .replace("  # 1 about id of r0", "")
                        .replace("id: r1", "id: r1  # 1 about id of r0"));
    }

    private static void seen(String document, UnaryOperator<String> twin) {
        assertThatThrownBy(() -> checkYaml(document, twin)).isInstanceOf(AssertionError.class);
    }

    private static String format(String text) {
        return FmtCommand.format(new PolicyText("p.yaml", text));
    }

    private static void checkYaml(String document, UnaryOperator<String> fmt) {
        String formatted = fmt.apply(document);
        assertThat(version(formatted)).as(document).isEqualTo(version(document));
        assertThat(fmt.apply(formatted)).as(document).isEqualTo(formatted);
        List<String> lines = formatted.lines().toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).doesNotEndWith(" ").doesNotContain("\t"));
        List<Matcher> notes =
                document.lines().map(NOTE::matcher).filter(Matcher::find).toList();
        assertThat(lines.stream().filter(line -> line.contains("#")))
                .as(formatted)
                .hasSize(notes.size());
        for (Matcher note : notes) {
            String as = note.group() + " in\n" + formatted + "out of\n" + document;
            List<Integer> places = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).endsWith(note.group()))
                    .boxed()
                    .toList();
            assertThat(places).as(as).hasSize(1);
            int at = lineOf(lines, places.get(0));
            assertThat(lines.get(at).replaceAll("#.*", ""))
                    .as(as)
                    .containsPattern(
                            note.group("what").equals("rule") ? "^  - " : "(?<!\\w)" + note.group("what") + "\\b");
            if (note.group("rule") != null) {
                assertThat(ruleAt(lines, at)).as(as).containsPattern("id: " + note.group("rule") + "\\b");
            }
        }
    }

    /** The line that a comment stands on, or the one that follows it. */
    private static int lineOf(List<String> lines, int at) {
        int line = at;
        while (line < lines.size() - 1
                && (lines.get(line).isBlank() || lines.get(line).stripLeading().startsWith("#"))) {
            line++;
        }
        return line;
    }

    /** The lines of the rule that this line is in. */
    private static String ruleAt(List<String> lines, int at) {
        int from = at;
        while (from > 0 && !lines.get(from).startsWith("  - ")) {
            from--;
        }
        int to = from + 1;
        while (to < lines.size() && lines.get(to).matches("(    .*)?")) {
            to++;
        }
        return String.join("\n", lines.subList(from, to));
    }

    private static String version(String text) {
        return Policy.parse(new PolicyText("p.yaml", text)).version();
    }
}
