package io.jitapproval.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("design §6: the trees of a long list of rules are not all in memory, and nobody can tell")
class LongListTest {

    private static final List<String> SCALARS =
            List.of("\"a\\u00e9\\n\"", "\"\uD83D\uDE00 é\"", "12.50", "-1e3", "true", "null", "\"\"", "[]", "{}");

    /** Objects of any shape, with white space and line ends where JSON lets them be. */
    private static String objects(Random random, int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> object(random, 0))
                .collect(Collectors.joining(space(random) + ","));
    }

    private static String object(Random random, int depth) {
        String fields = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> space(random) + "\"f" + i + "\"" + space(random) + ":" + value(random, depth))
                .collect(Collectors.joining(","));
        return space(random) + "{" + fields + space(random) + "}";
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 1 : 3)) {
            case 1 -> object(random, depth + 1);
            case 2 -> space(random) + "[" + value(random, depth + 1) + "," + value(random, depth + 1) + "]";
            default -> space(random) + SCALARS.get(random.nextInt(SCALARS.size())) + space(random);
        };
    }

    private static String space(Random random) {
        return List.of("", "", "", " ", "\n", "\r\n", "\t").get(random.nextInt(7));
    }

    @Property(tries = 40)
    @Label("a long list has the very trees, places included, that it has where it is kept whole")
    void reread(@ForAll long seed) {
        Random random = new Random(seed);
        String rules = "\"rules\": [" + objects(random, TreeReader.LONG + 1 + random.nextInt(100)) + "]}";
        List<Node> again = items("{\n" + rules, false);
        List<Node> whole = items("{\"deeper\": {\n" + rules + "}", true);
        assertThat(again).isInstanceOf(LongList.class).isEqualTo(whole);
        assertThat(whole).isNotInstanceOf(LongList.class);
    }

    @Test
    @DisplayName("a long list is kept whole where one of its elements is no object, wherever that stands")
    void noObject() {
        String before = "{},".repeat(TreeReader.LONG + 5);
        List<Node> items = items("{\"rules\": [" + before + "7" + ",{}".repeat(5) + "]}", false);
        assertThat(items).isNotInstanceOf(LongList.class).hasSize(TreeReader.LONG + 11);
        assertThat(items.get(TreeReader.LONG + 5)).isInstanceOf(Node.Num.class);
        assertThat(items.get(3).place()).isEqualTo(new Node.Place(1, 12 + 3 * 3));
    }

    @Test
    @DisplayName("design §5, wall 13: a fault deep in a long list is told once, at its place")
    void faults() {
        String rule = "{\"id\": \"r%d\", \"actions\": [\"a\"],\n\"effect\": \"allow\"}";
        String rules = IntStream.range(0, TreeReader.LONG + 500)
                .mapToObj(i -> rule.formatted(i).replace("allow", i == TreeReader.LONG + 300 ? "alow" : "allow"))
                .map(each -> each.contains("\"r1400\"") ? each.replace("{", "{\"id\": \"first\", ") : each)
                .collect(Collectors.joining(",\n"));
        JitConfigurationException refused = catchThrowableOfType(
                JitConfigurationException.class,
                () -> Policy.parse(new PolicyText("p.json", "{\"default\": \"deny\",\n\"rules\": [" + rules + "]}")));
        assertThat(refused.problems())
                .extracting(ConfigurationProblem::where)
                .containsExactly("p.json:2603:11", "p.json:2802:17");
    }

    private static List<Node> items(String document, boolean deeper) {
        Node root = read(document);
        Node at = deeper ? field(root, "deeper") : root;
        return ((Node.Arr) field(at, "rules")).items();
    }

    private static Node read(String document) {
        Problems problems = new Problems(new PolicyText("p.json", document));
        Node root = TreeReader.read(new PolicyText("p.json", document), problems);
        problems.throwIfAny();
        return Objects.requireNonNull(root);
    }

    private static Node field(Node object, String name) {
        return ((Node.Obj) object).fields().get(name).value();
    }
}
