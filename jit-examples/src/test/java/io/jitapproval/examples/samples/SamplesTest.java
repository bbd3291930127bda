package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.PolicySources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What README, {@code docs/} and Javadoc show as Java stands in a file of this package, word for word but for white space,
 * and is so compiled and run. A block that has several declarations or statements may be spread over several files, cut at
 * blank lines between them.
 */
class SamplesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern MARKDOWN = Pattern.compile("(?ms)^```(\\w+)\\s*?\\n(.*?)^```");
    private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code(.*?)\\}</pre>");

    private record Block(String where, String text) {}

    @Test
    @DisplayName("every Java block of README and docs is a sample that runs")
    void markdown() {
        List<Block> blocks = new ArrayList<>();
        for (Path file : documents()) {
            MARKDOWN.matcher(read(file))
                    .results()
                    .filter(match -> match.group(1).equals("java"))
                    .forEach(match -> blocks.add(new Block(file.toString(), match.group(2))));
        }
        assertThat(blocks).as("Java blocks of README.md and docs/").isNotEmpty();
        assertThat(missing(blocks)).isEmpty();
    }

    @Test
    @DisplayName("every code block of the Javadoc is a sample that runs")
    void javadoc() {
        List<Block> blocks = new ArrayList<>();
        for (String module : List.of("jit-api", "jit-core", "jit-test")) {
            for (Path file : sources(ROOT.resolve(module).resolve("src/main/java"))) {
                JAVADOC.matcher(read(file))
                        .results()
                        .forEach(match -> blocks.add(new Block(
                                file.toString(),
                                match.group(1).replaceAll("(?m)^ *\\* ?", "").replace("// a @", "@"))));
            }
        }
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(5);
        assertThat(missing(blocks)).isEmpty();
    }

    @Test
    @DisplayName("every policy in README can be read")
    void policies() {
        List<String> policies = MARKDOWN.matcher(read(readme()))
                .results()
                .filter(match -> match.group(1).equals("yaml") && match.group(2).contains("rules:"))
                .map(match -> match.group(2))
                .toList();
        assertThat(policies).isNotEmpty();
        for (String policy : policies) {
            Jit.guard()
                    .policy(PolicySources.text("README.md", policy))
                    .audit(AuditSinks.memory(1))
                    .build()
                    .close();
        }
        assertThat(policies.get(0)).isEqualTo(read(Path.of("src/test/resources/policy.yaml")));
    }

    private static List<String> missing(List<Block> blocks) {
        List<String> samples = Stream.of("src/main/java", "src/test/java")
                .flatMap(root -> sources(Path.of(root, "io/jitapproval/examples/samples")).stream())
                .map(file -> normalised(read(file)))
                .toList();
        return blocks.stream()
                .flatMap(block -> pieces(block.text()).stream()
                        .filter(piece -> samples.stream().noneMatch(sample -> sample.contains(normalised(piece))))
                        .map(piece -> block.where() + ":\n" + piece))
                .toList();
    }

    /** The block cut at blank lines that stand within no brace. */
    private static List<String> pieces(String block) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int depth = 0;
        for (String line : block.lines().toList()) {
            if (line.isBlank() && depth == 0) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(line).append('\n');
            String code = line.replaceAll("\"[^\"]*\"", "");
            depth += (int) code.chars().filter(c -> c == '{').count();
            depth -= (int) code.chars().filter(c -> c == '}').count();
        }
        pieces.add(piece.toString());
        return pieces.stream().filter(each -> !each.isBlank()).toList();
    }

    private static String normalised(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static List<Path> documents() {
        List<Path> all = new ArrayList<>();
        all.add(readme());
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Path readme() {
        Path readme = ROOT.resolve("README.md");
        assertThat(Files.exists(readme))
                .as("README.md is there: this test checks its samples")
                .isTrue();
        return readme;
    }

    private static List<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
