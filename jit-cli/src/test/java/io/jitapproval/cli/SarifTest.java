package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "lint --format sarif is SARIF 2.1.0: the fields that its schema requires are there and agree with each other")
class SarifTest {

    @Test
    @DisplayName("version, one run with its tool, rules by index, and results with a place in a file")
    void required() {
        Map<?, ?> sarif = parsed(Run.of("lint", "--format", "sarif", "src/test/resources/cli/inputs/bad-policy.yaml"));
        assertThat(sarif.get("version")).isEqualTo("2.1.0");
        assertThat(String.valueOf(sarif.get("$schema"))).contains("sarif").contains("2.1.0");
        Map<?, ?> run = map(list(sarif.get("runs")).get(0));
        Map<?, ?> driver = map(map(run.get("tool")).get("driver"));
        assertThat(driver.get("name")).isEqualTo("jit");
        List<?> rules = list(driver.get("rules"));
        List<?> results = list(run.get("results"));
        assertThat(results).hasSize(4);
        for (Object each : results) {
            Map<?, ?> result = map(each);
            Map<?, ?> rule = map(rules.get(Integer.parseInt(String.valueOf(result.get("ruleIndex")))));
            assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
            assertThat(String.valueOf(map(rule.get("shortDescription")).get("text")))
                    .isNotBlank();
            assertThat(result.get("level")).isIn("error", "warning", "note");
            assertThat(String.valueOf(map(result.get("message")).get("text"))).isNotBlank();
            Map<?, ?> place = map(map(list(result.get("locations")).get(0)).get("physicalLocation"));
            assertThat(map(place.get("artifactLocation")).get("uri"))
                    .isEqualTo("src/test/resources/cli/inputs/bad-policy.yaml");
            Map<?, ?> region = map(place.get("region"));
            assertThat(Integer.parseInt(String.valueOf(region.get("startLine"))))
                    .isPositive();
            assertThat(Integer.parseInt(String.valueOf(region.get("startColumn"))))
                    .isPositive();
        }
    }

    @Test
    @DisplayName("without findings there is still a run, with no results")
    void nothing() {
        Run good = Run.of("lint", "--format", "sarif", "src/test/resources/cli/inputs/empty.json");
        assertThat(good.exit()).isZero();
        Map<?, ?> run = map(list(parsed(good).get("runs")).get(0));
        assertThat(list(run.get("results"))).isEmpty();
    }

    @Test
    @DisplayName("names of files are URIs")
    void uris() {
        Finding finding = new Finding("JIT-P001", Finding.Severity.NOTE, "a b/\u00e4:c%.yaml", 1, 1, "", "text", "");
        assertThat(Json.line(FindingsJson.sarif(List.of(finding)))).contains("\"./a%20b/%C3%A4:c%25.yaml\"");
    }

    private static Map<?, ?> parsed(Run run) {
        return map(Plain.value(Requests.tree(new PolicyText("out.json", run.out()))));
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
