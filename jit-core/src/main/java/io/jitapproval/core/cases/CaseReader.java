package io.jitapproval.core.cases;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.people.Crowd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the cases of one file. */
final class CaseReader {

    static final List<String> CASE = List.of(
            "name", "subject", "actors", "action", "resource", "with", "context", "time", "attributes", "expect");
    static final List<String> ENTITY = List.of("type", "id", "properties");
    static final List<String> ACTION = List.of("name", "properties");

    private static final String SUBJECT_EXAMPLE = "\"subject\": \"ana\"";
    private static final String RESOURCE_EXAMPLE = "\"order/42\"";

    private final Problems problems;
    private final Answers answers;
    private final @Nullable Instant time;
    private final ExpectReader expectations;
    private final Map<String, Place> names = new HashMap<>();

    /**
     * For a file.
     *
     * @param problems where faults go
     * @param crowd    the people
     * @param answers  what resolvers say where a case says nothing else
     * @param time     the time where a case says none; null if it has to
     */
    CaseReader(Problems problems, Crowd crowd, Answers answers, @Nullable Instant time) {
        this.problems = problems;
        this.answers = answers;
        this.time = time;
        this.expectations = new ExpectReader(problems, crowd);
    }

    /** Empty, with a problem, if the case cannot be run. */
    Optional<Case> read(Node node) {
        Fields fields = Fields.of(node, problems, "a case", CASE);
        if (fields == null) {
            return Optional.empty();
        }
        String name = name(fields);
        Subject subject = subject(fields.required("subject", SUBJECT_EXAMPLE), "subject");
        List<Subject> actors = actors(fields.get("actors"));
        Action action = action(fields);
        Resource resource = resource(fields.get("resource"));
        Map<String, @Nullable Object> context = Plain.properties(fields.get("context"), "context", problems);
        Instant at = time(fields);
        Answers mine = answers.with(fields.get("attributes"), problems);
        Node expect = fields.required("expect", "\"expect\": {\"decision\": \"permit\"}");
        Expected expected = expect == null ? null : expectations.read(expect);
        if (name == null || subject == null || action == null || resource == null || at == null || expected == null) {
            return Optional.empty();
        }
        EvaluationRequest request = new EvaluationRequest(subject, actors, action, resource, context);
        return Optional.of(new Case(name, node.place(), request, at, mine, expected));
    }

    private @Nullable String name(Fields fields) {
        fields.required("name", "\"name\": \"large refunds ask finance\"");
        String name = fields.text("name");
        Node node = fields.get("name");
        if (name == null || node == null) {
            return null;
        }
        Place first = names.putIfAbsent(name, node.place());
        if (first != null) {
            TestCode.SAME_NAME.at(
                    node, problems, "the case in line " + first.line() + " has the name " + node.show() + " already");
        }
        return name;
    }

    private List<Subject> actors(@Nullable Node node) {
        List<Subject> actors = new ArrayList<>();
        for (Node item : node == null ? List.<Node>of() : Plain.items(node, "actors", problems)) {
            Subject actor = subject(item, "actors");
            if (actor != null) {
                actors.add(actor);
            }
        }
        return actors;
    }

    private @Nullable Subject subject(@Nullable Node node, String field) {
        if (node instanceof Node.Obj) {
            Entity entity = entity(node, "a subject");
            return entity == null ? null : new Subject(entity.type(), entity.id(), entity.properties());
        }
        String id = node == null ? null : text(node, field, "text or an object");
        if (node == null || id == null) {
            return null;
        }
        if (id.indexOf('/') >= 0) {
            String type = id.substring(0, id.indexOf('/'));
            String rest = id.substring(id.indexOf('/') + 1);
            TestCode.WHO.at(
                    node,
                    problems,
                    "the subject " + node.show()
                            + " has a slash in it, and text is the id of a user: write {\"type\": \""
                            + Words.clean(type, 40) + "\", \"id\": \"" + Words.clean(rest, 40) + "\"}");
            return null;
        }
        return Subject.user(id);
    }

    private @Nullable Resource resource(@Nullable Node node) {
        if (node == null) {
            return Resource.NONE;
        }
        if (node instanceof Node.Obj) {
            Entity entity = entity(node, "a resource");
            return entity == null ? null : new Resource(entity.type(), entity.id(), entity.properties());
        }
        String text = text(node, "resource", "text or an object");
        try {
            Ref ref = text == null ? null : Ref.parse(text);
            return ref == null ? null : Resource.of(ref.type(), ref.id());
        } catch (IllegalArgumentException e) {
            TestCode.WHO.at(
                    node,
                    problems,
                    "the resource " + node.show() + " does not read type/id: write one such as " + RESOURCE_EXAMPLE);
            return null;
        }
    }

    private record Entity(String type, String id, Map<String, @Nullable Object> properties) {}

    private @Nullable Entity entity(Node node, String owner) {
        Fields fields = Fields.of(node, problems, owner, ENTITY);
        if (fields == null) {
            return null;
        }
        fields.required("type", "\"type\": \"service\"");
        fields.required("id", "\"id\": \"42\"");
        String type = fields.text("type");
        String id = fields.text("id");
        Map<String, @Nullable Object> properties = Plain.properties(fields.get("properties"), "properties", problems);
        return type == null || id == null ? null : new Entity(type, id, properties);
    }

    private @Nullable Action action(Fields fields) {
        Node node = fields.required("action", "\"action\": \"payment.refund\"");
        Map<String, @Nullable Object> with = Plain.properties(fields.get("with"), "with", problems);
        if (!(node instanceof Node.Obj)) {
            String name = node == null ? null : text(node, "action", "text or an object");
            return name == null ? null : new Action(name, with);
        }
        Fields action = Fields.of(node, problems, "an action", ACTION);
        if (action == null || action.required("name", "\"name\": \"payment.refund\"") == null) {
            return null;
        }
        if (action.has("properties") && fields.has("with")) {
            TestCode.TWICE.at(
                    fields.key("with"),
                    problems,
                    "'with' stands beside the action's 'properties', which are the same: write one of them");
        }
        Map<String, @Nullable Object> properties = Plain.properties(action.get("properties"), "properties", problems);
        String name = action.text("name");
        return name == null ? null : new Action(name, fields.has("with") ? with : properties);
    }

    private @Nullable String text(Node node, String name, String expected) {
        if (!(node instanceof Node.Str)) {
            problems.wrongType(node, "'" + name + "'", expected);
            return null;
        }
        return Fields.text(node, name, problems);
    }

    private @Nullable Instant time(Fields fields) {
        Node node = fields.get("time");
        if (node != null) {
            return Plain.time(node, problems);
        }
        if (time == null) {
            TestCode.NO_TIME.at(
                    fields.place(),
                    problems,
                    "the case has no 'time', without which its answer could change from day to day: write one such as"
                            + " \"2026-03-02T14:12:00+01:00\", here or once for the file");
        }
        return time;
    }
}
