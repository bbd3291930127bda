package io.jitapproval.cli;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of subjects, resources and circumstances beyond what a request says: {@code subjects} and {@code resources}
 * by {@code type/id}, {@code context}, and by model {@code evidence}. Whoever is not named has no attributes here, which makes them unknown.
 */
final class AttributesFile implements AttributeResolver {

    private static final List<String> DOCUMENT = List.of("subjects", "resources", "context", "evidence");

    private final Map<Ref, Map<String, @Nullable Object>> subjects;
    private final Map<Ref, Map<String, @Nullable Object>> resources;
    private final Map<String, @Nullable Object> context;
    private final Map<String, @Nullable Object> evidence;

    private AttributesFile(
            Map<Ref, Map<String, @Nullable Object>> subjects,
            Map<Ref, Map<String, @Nullable Object>> resources,
            Map<String, @Nullable Object> context,
            Map<String, @Nullable Object> evidence) {
        this.subjects = subjects;
        this.resources = resources;
        this.context = context;
        this.evidence = evidence;
    }

    static AttributesFile read(PolicyText document) {
        Node root = Requests.tree(document);
        Problems problems = new Problems(document);
        Fields fields = Fields.of(root, problems, "the file of attributes", DOCUMENT);
        Map<Ref, Map<String, @Nullable Object>> subjects = new HashMap<>();
        Map<Ref, Map<String, @Nullable Object>> resources = new HashMap<>();
        Map<String, @Nullable Object> context = new HashMap<>();
        Map<String, @Nullable Object> evidence = new HashMap<>();
        if (fields != null) {
            entities(fields.get("subjects"), "'subjects'", subjects, problems);
            entities(fields.get("resources"), "'resources'", resources, problems);
            properties(fields.get("context"), "'context'", context, problems);
            properties(fields.get("evidence"), "'evidence'", evidence, problems);
        }
        problems.throwIfAny();
        return new AttributesFile(subjects, resources, context, evidence);
    }

    private static void properties(
            @Nullable Node node, String owner, Map<String, @Nullable Object> into, Problems problems) {
        if (node instanceof Node.Obj object) {
            into.putAll(Plain.properties(object, problems));
        } else if (node != null) {
            problems.wrongType(node, owner, "an object");
        }
    }

    private static void entities(
            @Nullable Node node, String owner, Map<Ref, Map<String, @Nullable Object>> into, Problems problems) {
        if (node == null) {
            return;
        }
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, owner, "an object");
            return;
        }
        object.fields().forEach((name, field) -> {
            try {
                Ref ref = Ref.parse(name);
                if (field.value() instanceof Node.Obj properties) {
                    into.put(ref, Plain.properties(properties, problems));
                } else {
                    problems.wrongType(field.value(), Words.quote(name), "an object");
                }
            } catch (IllegalArgumentException e) {
                problems.add(
                        UsageCode.ATTRIBUTES.code(),
                        field.key(),
                        Words.quote(name) + " in " + owner + " does not read type/id, such as user/ana");
            }
        });
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) {
        String[] path = attribute.split("\\.", -1);
        Map<String, @Nullable Object> properties = switch (path[0]) {
            case "subject" -> subjects.getOrDefault(request.subject().ref(), Map.of());
            case "resource" -> resources.getOrDefault(request.resource().ref(), Map.of());
            case "context" -> context;
            case "evidence" -> evidence;
            default -> Map.of();
        };
        Object value = properties;
        for (int i = 1; i < path.length; i++) {
            value = value instanceof Map<?, ?> map ? map.get(path[i]) : null;
        }
        return Optional.ofNullable(value);
    }

    @Override
    public String name() {
        return "attributes file";
    }

    /** It is in memory. */
    @Override
    public Duration timeLimit() {
        return Duration.ZERO;
    }
}
