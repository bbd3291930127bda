package io.jitapproval.cli;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation requests of the OpenID AuthZEN Authorization API 1.0 out of JSON. Fields that nobody knows are ignored, as
 * that standard demands; a key that stands twice, a wrong type and anything that could be read in two ways is a fault.
 */
final class Requests {

    /**
     * A request and its time.
     *
     * @param request the question
     * @param time    the moment that the request itself names in {@code context.time}; null if it names none
     */
    record Asked(EvaluationRequest request, @Nullable Instant time) {}

    /** How a batch goes on after an answer. */
    enum Semantic {
        EXECUTE_ALL,
        DENY_ON_FIRST_DENY,
        PERMIT_ON_FIRST_PERMIT;

        private static final List<String> WORDS =
                List.of("execute_all", "deny_on_first_deny", "permit_on_first_permit");

        boolean endsWith(boolean permitted) {
            return switch (this) {
                case EXECUTE_ALL -> false;
                case DENY_ON_FIRST_DENY -> !permitted;
                case PERMIT_ON_FIRST_PERMIT -> permitted;
            };
        }
    }

    private static final int MOST_EVALUATIONS = 1000;
    private static final List<String> PARTS = List.of("subject", "action", "resource", "context");

    private final PolicyText document;
    private final int line;

    private Requests(PolicyText document, int line) {
        this.document = document;
        this.line = line;
    }

    /** The tree of a line of JSON. */
    static Node line(PolicyText document, int line) {
        Problems problems = new Problems(document, line);
        if (document.text().isBlank()) {
            problems.add(Code.SYNTAX, new Node.Place(1, 1), "nothing stands here: write one JSON object");
            problems.throwIfAny();
        }
        return read(TreeReader.readJson(document, problems), problems);
    }

    /** The tree of a whole file, in JSON or YAML. */
    static Node tree(PolicyText document) {
        Problems problems = new Problems(document);
        return read(TreeReader.read(document, problems), problems);
    }

    private static Node read(@Nullable Node root, Problems problems) {
        problems.throwIfAny();
        if (root == null) {
            throw new IllegalStateException("a text that cannot be read has a fault");
        }
        return root;
    }

    static Requests of(PolicyText document, int line) {
        return new Requests(document, line);
    }

    /** The one request of a whole text. */
    static Asked one(PolicyText document) {
        return of(document, 1).read(tree(document));
    }

    /**
     * The evaluations of a batch, each with what it takes over from beside the list; null if this is a single request.
     *
     * @throws io.jitapproval.JitConfigurationException if the list is none, or too long
     */
    @Nullable
    List<Node> batch(Node root) {
        Node evaluations = field(root, "evaluations");
        if (evaluations == null || !(root instanceof Node.Obj object)) {
            return null;
        }
        Problems problems = new Problems(document, line);
        if (!(evaluations instanceof Node.Arr list)) {
            problems.wrongType(evaluations, "'evaluations'", "a list");
            problems.throwIfAny();
            return null;
        }
        if (list.items().size() > MOST_EVALUATIONS) {
            problems.add(
                    UsageCode.TOO_LARGE.code(),
                    list.place(),
                    "a batch has at most " + MOST_EVALUATIONS + " evaluations, but this one has "
                            + list.items().size() + ": send several");
        }
        problems.throwIfAny();
        return list.items().isEmpty()
                ? null
                : list.items().stream().map(item -> whole(item, object)).toList();
    }

    private static Node whole(Node item, Node.Obj defaults) {
        if (!(item instanceof Node.Obj own)) {
            return item;
        }
        Map<String, Node.Field> merged = new LinkedHashMap<>();
        for (String part : PARTS) {
            Node.Field field = own.fields().containsKey(part)
                    ? own.fields().get(part)
                    : defaults.fields().get(part);
            if (field != null) {
                merged.put(part, field);
            }
        }
        return new Node.Obj(own.place(), merged);
    }

    Semantic semantic(Node root) {
        Problems problems = new Problems(document, line);
        Node options = field(root, "options");
        Node wanted = options == null ? null : field(options, "evaluations_semantic");
        Semantic semantic = Semantic.EXECUTE_ALL;
        if (wanted instanceof Node.Str text && Semantic.WORDS.contains(text.value())) {
            semantic = Semantic.values()[Semantic.WORDS.indexOf(text.value())];
        } else if (wanted != null) {
            String hint = wanted instanceof Node.Str text ? Words.hint(text.value(), Semantic.WORDS) : "";
            problems.add(
                    UsageCode.SEMANTIC.code(), wanted.place(), "unknown evaluations_semantic " + wanted.show() + hint);
        }
        problems.throwIfAny();
        return semantic;
    }

    private static @Nullable Node field(Node node, String name) {
        Node.Field field = node instanceof Node.Obj object ? object.fields().get(name) : null;
        return field == null ? null : field.value();
    }

    /** The request that this object is. */
    Asked read(Node root) {
        Problems problems = new Problems(document, line);
        Fields fields = open(root, problems, "the request");
        Subject subject = null;
        Action action = null;
        Resource resource = null;
        Map<String, @Nullable Object> context = Map.of();
        Instant time = null;
        if (fields != null) {
            subject = subject(fields, problems);
            action = action(fields, problems);
            resource = resource(fields, problems);
            context = properties(fields.get("context"), "'context'", problems);
            time = time(fields.get("context"), problems);
        }
        problems.throwIfAny();
        if (subject == null || action == null || resource == null) {
            throw new IllegalStateException("a request that lacks a part has a fault");
        }
        return new Asked(new EvaluationRequest(subject, List.of(), action, resource, context), time);
    }

    private static @Nullable Subject subject(Fields request, Problems problems) {
        Fields fields = part(request, "subject", "{\"type\": \"user\", \"id\": \"ana\"}", problems);
        String type = fields == null ? null : required(fields, "type", "\"type\": \"user\"");
        String id = fields == null ? null : required(fields, "id", "\"id\": \"ana\"");
        Map<String, @Nullable Object> properties = properties(fields, problems);
        return type == null || id == null ? null : new Subject(type, id, properties);
    }

    private static @Nullable Action action(Fields request, Problems problems) {
        Fields fields = part(request, "action", "{\"name\": \"payment.refund\"}", problems);
        String name = fields == null ? null : required(fields, "name", "\"name\": \"payment.refund\"");
        Map<String, @Nullable Object> properties = properties(fields, problems);
        return name == null ? null : new Action(name, properties);
    }

    private static @Nullable Resource resource(Fields request, Problems problems) {
        Fields fields = part(request, "resource", "{\"type\": \"order\", \"id\": \"42\"}", problems);
        String type = fields == null ? null : required(fields, "type", "\"type\": \"order\"");
        String id = fields == null ? null : required(fields, "id", "\"id\": \"42\"");
        Map<String, @Nullable Object> properties = properties(fields, problems);
        return type == null || id == null ? null : new Resource(type, id, properties);
    }

    private static @Nullable Fields part(Fields request, String name, String example, Problems problems) {
        Node node = request.required(name, "\"" + name + "\": " + example);
        return node == null ? null : open(node, problems, "'" + name + "'");
    }

    private static @Nullable String required(Fields fields, String name, String example) {
        return fields.required(name, example) == null ? null : fields.text(name);
    }

    private static @Nullable Fields open(Node node, Problems problems, String owner) {
        List<String> own =
                node instanceof Node.Obj object ? List.copyOf(object.fields().keySet()) : List.of();
        return Fields.of(node, problems, owner, own);
    }

    private static Map<String, @Nullable Object> properties(@Nullable Fields fields, Problems problems) {
        return fields == null ? Map.of() : properties(fields.get("properties"), "'properties'", problems);
    }

    private static Map<String, @Nullable Object> properties(@Nullable Node node, String owner, Problems problems) {
        if (node == null) {
            return Map.of();
        }
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, owner, "an object");
            return Map.of();
        }
        return Plain.properties(object, problems);
    }

    private static @Nullable Instant time(@Nullable Node context, Problems problems) {
        Node node = context == null ? null : field(context, "time");
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Str text) {
            try {
                return time(text.value());
            } catch (DateTimeException e) {
                // Told below, as any other value that is no time.
            }
        }
        problems.add(
                UsageCode.TIME.code(),
                node.place(),
                "'context.time' is " + node.show() + ": write a time with an offset, such as 2026-01-31T12:00:00Z");
        return null;
    }

    /** A time with an offset. */
    static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
