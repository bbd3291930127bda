package io.jitapproval.walls.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/requirements.md: no link without a test")
class RequirementsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("`([A-Z]\\w+)(?:#([\\w-]+))?`");

    @Test
    @DisplayName("every link names a test that is there")
    void links() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/requirements.md"));
        Map<String, List<Path>> tests = tests();
        List<String> dead = new ArrayList<>();
        List<MatchResult> links = LINK.matcher(page).results().toList();
        for (MatchResult link : links) {
            List<Path> files = tests.getOrDefault(link.group(1), List.of());
            boolean alive = false;
            for (Path file : files) {
                alive |= link.group(2) == null || Files.readString(file).contains(link.group(2));
            }
            if (!alive) {
                dead.add(link.group());
            }
        }
        assertThat(links).hasSizeGreaterThan(50);
        assertThat(dead).isEmpty();
    }

    @Test
    @DisplayName("broken twin: a dead link is found")
    void twin() throws IOException {
        assertThat(tests()).doesNotContainKey("NoSuchTest").containsKey("RequirementsTest");
        assertThat(LINK.matcher("`NoSuchTest#twin`").results()).hasSize(1);
    }

    private static Map<String, List<Path>> tests() throws IOException {
        Function<Path, String> name = file -> file.getFileName().toString().replace(".java", "");
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> sources = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            List<Path> all = new ArrayList<>();
            for (Path source : sources) {
                try (Stream<Path> files = Files.walk(source)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
                }
            }
            return all.stream().collect(Collectors.groupingBy(name));
        }
    }
}
