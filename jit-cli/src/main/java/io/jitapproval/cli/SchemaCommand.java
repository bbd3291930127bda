package io.jitapproval.cli;

import io.jitapproval.core.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Prints the schema with which editors complete and check policies, or that of histories. */
@CommandLine.Command(
        name = "schema",
        description = "Print the JSON Schema (draft-07) of policies, for editors, or that of histories.",
        footer = {
            "",
            "Point to it from the first line of a policy in YAML:",
            "    # yaml-language-server: $schema=jit-policy.schema.json",
            "",
            "Example: jit schema > jit-policy.schema.json"
        })
final class SchemaCommand implements Command {

    static final String FILE = "jit-policy.schema.json";

    /** Whose schema. */
    enum Of {
        POLICY(FILE),
        HISTORY("jit-history.schema.json");

        private final String file;

        Of(String file) {
            this.file = file;
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "OF",
            description = "policy, or history for one line of a history of decisions; policy if left out.")
    private Of of = Of.POLICY;

    @Override
    public Exit run(Console console) {
        console.print(text(of.file));
        return Exit.GOOD;
    }

    /** The schema of policies. */
    static String text() {
        return text(FILE);
    }

    private static String text(String file) {
        try (InputStream in = Policy.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the schema is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the schema cannot be read from the jar", e);
        }
    }
}
