package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("the shipped JSON Schema says what the reader of policies knows")
class PolicySchemaTest {

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
                        + " -Dtest=PolicySchemaTest -Dsurefire.failIfNoSpecifiedTests=false -Dpolicy.schema="
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
}
