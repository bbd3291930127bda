package io.jitapproval.cli;

import io.jitapproval.core.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Prints the JSON Schema of policies, from which editors complete and check. */
@CommandLine.Command(
        name = "schema",
        description = "Print the JSON Schema (draft-07) of policies, for editors.",
        footer = {"", "Example: jit schema > jit-policy.schema.json"})
final class SchemaCommand implements Command {

    private static final String SCHEMA = "/jit-policy.schema.json";

    @Override
    public Exit run(Console console) throws IOException {
        try (InputStream in = Policy.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the schema is missing from the jar");
            }
            console.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return Exit.GOOD;
    }
}
