package io.jitapproval.test.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("policies from elsewhere: the page shows what is tested")
class PageTest {

    private static final Path PAGE = Path.of("../docs/policies-from-elsewhere.md");
    private static final Path POLICIES = Path.of("src/test/resources/elsewhere");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^`(\\S+?\\.yaml)`[^\\n]*\\n\\n```yaml\\n(.*?)^```");

    @Test
    @DisplayName("every policy of the page is the tested file of that name, and no file is missing")
    void blocks() throws IOException {
        assertThat(shown(Files.readString(PAGE))).isEqualTo(tested());
    }

    @Test
    @DisplayName("a policy that was changed only on the page is noticed")
    void brokenTwin() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(List.of(page.replace("people: 3", "people: 2"), page.replaceFirst("(?s)```yaml.*?```", "")))
                .allSatisfy(twin -> assertThat(shown(twin)).isNotEqualTo(tested()));
    }

    private static Map<String, String> shown(String page) {
        Map<String, String> shown = new TreeMap<>();
        BLOCK.matcher(page).results().forEach(block -> shown.put(block.group(1), block.group(2)));
        return shown;
    }

    private static Map<String, String> tested() throws IOException {
        Map<String, String> tested = new TreeMap<>();
        try (Stream<Path> files = Files.list(POLICIES)) {
            for (Path file : files.toList()) {
                tested.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return tested;
    }
}
