package io.jitapproval.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation shows, as seeds; and broken twins of the parser, on which the target is seen to fail. */
@DisplayName("the seeds of policy documents find what they should")
class SeedsTest {

    private static final Pattern BLOCK = Pattern.compile("```(json|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Path DOCS = Path.of("..", "docs");

    @TestFactory
    Stream<DynamicTest> everyBlockOfTheDocumentation() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(DOCS)) {
            for (Path file : files.sorted().toList()) {
                Matcher blocks = BLOCK.matcher(file.toString().endsWith(".md") ? Files.readString(file) : "");
                while (blocks.find()) {
                    byte[] block = blocks.group(2).getBytes(UTF_8);
                    tests.add(DynamicTest.dynamicTest(
                            file.getFileName() + " at " + blocks.start(), () -> Documents.check(block, Policy::parse)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    @Test
    @DisplayName("some seeds are policies, more are none")
    void seedsAreDiverse() throws Exception {
        int policies = 0;
        int refusals = 0;
        for (Path seed : seeds()) {
            try {
                Policy.parse(new PolicyText(seed.toString(), new String(Files.readAllBytes(seed), UTF_8)));
                policies++;
            } catch (JitConfigurationException e) {
                refusals++;
            }
        }
        assertThat(policies).isGreaterThan(10);
        assertThat(refusals).isGreaterThan(40);
    }

    @Test
    @DisplayName("broken twin: a parser that throws a NullPointerException at a fault is found")
    void twinThatThrows() {
        assertThatThrownBy(() -> allSeeds(SeedsTest::throwing)).isInstanceOf(NullPointerException.class);
    }

    private static Policy throwing(PolicyText document) {
        try {
            return Policy.parse(document);
        } catch (JitConfigurationException e) {
            throw new NullPointerException("a field that is missing was read");
        }
    }

    @Test
    @DisplayName("broken twin: a parser that goes one frame deeper for each bracket is found")
    void twinWithoutDepth() {
        byte[] deep = "[".repeat(1_000_000).getBytes(UTF_8);
        assertThatThrownBy(() -> Documents.check(deep, document -> {
                    assertThat(levels(document.text(), 0)).isNotNegative();
                    return Policy.parse(document);
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    private static int levels(String text, int from) {
        int open = text.indexOf('[', from);
        return open < 0 ? 0 : 1 + levels(text, open + 1);
    }

    @Test
    @DisplayName("broken twin: a reader of YAML that takes words for booleans reads another policy than that of JSON")
    void twinWithOtherYaml() {
        assertThatThrownBy(() -> allSeeds(SeedsTest::norwegian)).isInstanceOf(AssertionError.class);
    }

    private static Policy norwegian(PolicyText document) {
        boolean isYaml = document.origin().endsWith(".yaml");
        return Policy.parse(new PolicyText(
                document.origin(), isYaml ? document.text().replace("\"SUPPORT\"", "\"false\"") : document.text()));
    }

    private static void allSeeds(Documents.Reader reader) throws Exception {
        for (Path seed : seeds()) {
            Documents.check(Files.readAllBytes(seed), reader);
        }
    }

    private static List<Path> seeds() throws IOException, URISyntaxException {
        URL inputs = Objects.requireNonNull(SeedsTest.class.getResource("PolicyFuzzTestInputs/documents"));
        try (Stream<Path> files = Files.walk(Path.of(inputs.toURI()))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
