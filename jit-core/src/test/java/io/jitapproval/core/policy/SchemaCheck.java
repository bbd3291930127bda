package io.jitapproval.core.policy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Looks at documents as an editor does that has the schema. */
final class SchemaCheck {

    static final Path FILE = Path.of("src/main/resources/jit-policy.schema.json");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /** Of this schema. */
    static SchemaCheck of(Map<String, Object> schema) {
        return new SchemaCheck(
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(MAPPER.valueToTree(schema)));
    }

    /** Of the schema that we ship. */
    static SchemaCheck shipped() {
        return new SchemaCheck(
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(MAPPER.readTree(read(FILE))));
    }

    /** What the schema says against a value; nothing if it is right. */
    List<String> faults(Object data) {
        return schema.validate(MAPPER.valueToTree(data)).stream()
                .map(Object::toString)
                .toList();
    }

    /** What a document says, as the reader of policies reads it; empty if it is not well-formed. */
    static Optional<Object> data(PolicyText document) {
        Problems problems = new Problems(document);
        Node root = TreeReader.read(document, problems);
        return root == null || !problems.found().isEmpty() ? Optional.empty() : Optional.of(data(root));
    }

    private static Object data(Node node) {
        if (node instanceof Node.Obj object) {
            Map<String, Object> data = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> data.put(name, data(field.value())));
            return data;
        }
        if (node instanceof Node.Arr array) {
            return array.items().stream().map(SchemaCheck::data).toList();
        }
        if (node instanceof Node.Str text) {
            return text.value();
        }
        if (node instanceof Node.Num number) {
            return number.value();
        }
        return node instanceof Node.Bool bool ? (Object) bool.value() : MAPPER.nullNode();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
