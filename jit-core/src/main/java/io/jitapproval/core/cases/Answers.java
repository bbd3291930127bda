package io.jitapproval.core.cases;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.spi.AttributeResolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What resolvers would answer: by path, or for what lies behind it. Null is no answer. */
final class Answers implements AttributeResolver {

    static final Answers NONE = new Answers(Map.of());

    /** In place of a value: the lookup fails. */
    private static final Object FAILS = new Object();

    private static final String FAILURE = "fails";

    private final Map<String, @Nullable Object> byPath;

    private Answers(Map<String, @Nullable Object> byPath) {
        this.byPath = byPath;
    }

    /** These answers, and those of the node before them. */
    Answers with(@Nullable Node node, Problems problems) {
        if (node == null) {
            return this;
        }
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, "'attributes'", "an object such as {\"context.risk\": 10}");
            return this;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(byPath);
        object.fields().forEach((path, field) -> {
            if (AttributeLookup.answers(path, field.key(), problems)) {
                all.put(path, answer(field.value(), problems));
            }
        });
        return new Answers(all);
    }

    private static @Nullable Object answer(Node node, Problems problems) {
        if (!(node instanceof Node.Obj object) || !object.fields().containsKey(FAILURE)) {
            return Plain.value(node, problems);
        }
        Fields fields = Fields.of(node, problems, "a failing lookup", List.of(FAILURE));
        Node fails = fields == null ? null : fields.get(FAILURE);
        if (fails != null && !(fails instanceof Node.Bool bool && bool.value())) {
            TestCode.ANSWER.at(
                    fails, problems, "'fails' must be true, but was " + fails.show() + ": leave it out if it succeeds");
        }
        return FAILS;
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) throws MeantToFail {
        String path = attribute;
        while (!byPath.containsKey(path)) {
            int dot = path.lastIndexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            path = path.substring(0, dot);
        }
        @Nullable Object value = byPath.get(path);
        if (path.length() < attribute.length()) {
            for (String part : attribute.substring(path.length() + 1).split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(part) : failing(value);
            }
        }
        if (value == FAILS) {
            throw new MeantToFail();
        }
        return Optional.ofNullable(value);
    }

    private static @Nullable Object failing(@Nullable Object value) {
        return value == FAILS ? FAILS : null;
    }

    @Override
    public String name() {
        return "attributes";
    }

    /** A lookup that fails because the case wants it to. */
    static final class MeantToFail extends Exception {
        private static final long serialVersionUID = 1L;

        MeantToFail() {
            super("a case wants it so", null, false, false);
        }
    }
}
