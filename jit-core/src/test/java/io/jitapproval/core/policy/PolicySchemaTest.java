package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jitapproval.core.PolicyDocument;
import io.jitapproval.core.document.Code;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("the shipped JSON Schema says what the reader of policies knows")
class PolicySchemaTest {

    private static final SchemaCheck SHIPPED = SchemaCheck.shipped();

    /** Of what is no JSON or YAML, or more of it than is read: told before any schema is asked. */
    private static final List<Code> MALFORMED =
            List.of(Code.SYNTAX, Code.DUPLICATE_KEY, Code.LIMIT, Code.YAML, Code.PLAIN);

    @Test
    @DisplayName("the shipped file is what the generator makes of the reader's fields and operators")
    void isUpToDate() throws IOException {
        String generated = PolicySchema.json();
        String target = System.getProperty("policy.schema");
        if (target != null) {
            Files.writeString(Path.of(target), generated);
        }
        assertThat(SchemaCheck.read(SchemaCheck.FILE))
                .as("write the schema anew, and read the difference: mvn -B -ntp test -pl jit-core -am"
                        + " -Dtest=PolicySchemaTest#isUpToDate -Dsurefire.failIfNoSpecifiedTests=false -Dpolicy.schema="
                        + SchemaCheck.FILE)
                .isEqualTo(generated);
    }

    @Test
    @DisplayName("it is a schema of draft 7")
    void isSchema() {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"))
                        .validate(new JsonMapper().readTree(PolicySchema.json())))
                .isEmpty();
    }

    @Test
    @DisplayName("it is in the jar, where tools and users find it")
    void isShipped() throws IOException {
        try (InputStream in = PolicyDocument.class.getResourceAsStream("/jit-policy.schema.json")) {
            assertThat(in).isNotNull().hasContent(SchemaCheck.read(SchemaCheck.FILE));
        }
    }

    @Test
    @DisplayName("every field and every operator has words for people")
    void isDescribed() {
        assertThat(undescribed("", PolicySchema.schema())).isEmpty();
    }

    private static List<String> undescribed(String path, Object shape) {
        List<String> found = new ArrayList<>();
        if (shape instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("properties")
                        && !path.contains("/then")
                        && !path.contains("/if")
                        && !path.contains("/else")) {
                    Replay.map(value).forEach((name, each) -> {
                        if (!Replay.map(each).containsKey("description")) {
                            found.add(path + "/" + name);
                        }
                    });
                }
                found.addAll(undescribed(path + "/" + key, value));
            });
        } else if (shape instanceof List<?> list) {
            list.forEach(each -> found.addAll(undescribed(path, each)));
        }
        return found;
    }

    @Test
    @DisplayName("both ways to name it in a document are read, and change nothing")
    void modelines() {
        String yaml = "# yaml-language-server: $schema=jit-policy.schema.json\ndefault: deny\nrules: []\n";
        String json = "{\"$schema\": \"jit-policy.schema.json\", \"default\": \"deny\", \"rules\": []}";
        String plain = "{\"default\": \"deny\", \"rules\": []}";
        for (PolicyText text : List.of(new PolicyText("policy.yaml", yaml), new PolicyText("policy.json", json))) {
            assertThat(Policy.parse(text).version())
                    .isEqualTo(Policy.parse(new PolicyText("plain.json", plain)).version());
            assertThat(SHIPPED.faults(SchemaCheck.data(text).orElseThrow())).isEmpty();
        }
    }

    @Test
    @DisplayName("every policy of this project has no fault in an editor")
    void policies() throws IOException {
        List<PolicyText> policies = ProjectPolicies.all();
        assertThat(policies.stream().map(PolicyText::origin))
                .contains("docs/policy.md", "README.md", "jit-examples/src/main/resources/refunddesk/policy.json");
        for (PolicyText policy : policies) {
            assertThat(SHIPPED.faults(
                            SchemaCheck.data(new PolicyText("", policy.text())).orElseThrow()))
                    .as("%s", policy)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.jitapproval.core.policy.PolicyErrorsTest#documents")
    @DisplayName("every document with agreed faults has some in an editor")
    void errors(String name) {
        Path file = Path.of("src/test/resources/policy/errors", name);
        int ending = name.lastIndexOf('.');
        String agreed = SchemaCheck.read(file.resolveSibling(name.substring(0, ending) + ".txt"));
        Optional<Object> data =
                SchemaCheck.data(new PolicyText("policy" + name.substring(ending), SchemaCheck.read(file)));
        if (data.isEmpty()) {
            assertThat(MALFORMED).anyMatch(code -> agreed.contains(code.code()));
        } else {
            assertThat(SHIPPED.faults(data.get())).isNotEmpty();
        }
    }
}
