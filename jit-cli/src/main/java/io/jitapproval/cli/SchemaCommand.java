package io.jitapproval.cli;

import io.jitapproval.core.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Prints the schema with which editors complete and check policies. */
@CommandLine.Command(
        name = "schema",
        description = "Print the JSON Schema (draft-07) of policies, for editors.",
        footer = {
            "",
            "Point to it from the first line of a policy in YAML:",
            "    # yaml-language-server: $schema=jit-policy.schema.json",
            "",
            "Example: jit schema > jit-policy.schema.json"
        })
final class SchemaCommand implements Command {

    static final String FILE = "jit-policy.schema.json";

    @Override
    public Exit run(Console console) {
        console.print(text());
        return Exit.GOOD;
    }

    static String text() {
        try (InputStream in = Policy.class.getResourceAsStream("/" + FILE)) {
            if (in == null) {
                throw new IllegalStateException("the schema is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the schema cannot be read from the jar", e);
        }
    }
}
