package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one document. */
final class DocumentReader {

    private static final List<String> DOCUMENT = List.of("$schema", "default", "rules");
    private static final List<String> RULE =
            List.of("id", "actions", "resources", "when", "effect", "because", "approval", "grant");
    private static final List<String> DEFAULT = List.of(Effect.REQUIRE_APPROVAL.word(), "grant");
    private static final List<String> EFFECTS =
            Arrays.stream(Effect.values()).map(Effect::word).toList();
    static final String DEFAULT_EXAMPLE =
            "\"default\": \"deny\", or {\"require-approval\": {\"by\": {\"group\": \"security\"}}}";

    private final Problems problems;
    private final ApprovalReader approvals;
    private final ConditionReader conditions;
    private final PolicyReader.Shared shared;

    DocumentReader(Problems problems, PolicyReader.Shared shared) {
        this.problems = problems;
        this.shared = shared;
        this.approvals = new ApprovalReader(problems);
        this.conditions = new ConditionReader(problems);
    }

    /**
     * What one document says.
     *
     * @param origin    where it came from
     * @param root      the document
     * @param rules     its rules
     * @param byDefault its default; null if it has none
     * @param asks      whom the default asks, if it asks
     */
    record Read(
            String origin,
            Node.Obj root,
            List<RuleSpec> rules,
            @Nullable Node byDefault,
            Optional<Requirement> asks) {}

    /** What the document says; null, with a problem, if it is no object. */
    @Nullable
    Read read(Node root) {
        Fields fields = Fields.of(root, problems, "the document", DOCUMENT);
        if (fields == null) {
            return null;
        }
        Node schema = fields.get("$schema");
        if (schema != null && !(schema instanceof Node.Str)) {
            problems.wrongType(schema, "'$schema'", "text");
        }
        Node byDefault = shared.isAlone() ? fields.required("default", DEFAULT_EXAMPLE) : fields.get("default");
        Optional<Requirement> asks = byDefault == null ? Optional.empty() : byDefault(byDefault);
        Node list = fields.required("rules", "\"rules\": [], which may be empty");
        List<RuleSpec> rules = new ArrayList<>();
        if (list instanceof Node.Arr array) {
            for (Node item : array.items()) {
                rule(item).ifPresent(rules::add);
            }
        } else if (list != null) {
            problems.wrongType(list, "'rules'", "a list");
        }
        return new Read(shared.origin(), (Node.Obj) root, rules, byDefault, asks);
    }

    private Optional<Requirement> byDefault(Node node) {
        if (node instanceof Node.Str text) {
            if (!text.value().equals(Effect.DENY.word())) {
                problems.add(Code.DEFAULT, node, "unknown default " + text.show() + ": write " + DEFAULT_EXAMPLE);
            }
            return Optional.empty();
        }
        if (!(node instanceof Node.Obj object) || !object.fields().containsKey(Effect.REQUIRE_APPROVAL.word())) {
            problems.add(
                    Code.DEFAULT,
                    node,
                    "'default' says neither what to deny nor whom to ask: write " + DEFAULT_EXAMPLE);
            return Optional.empty();
        }
        Fields fields = Fields.of(node, problems, "'default'", DEFAULT);
        Node approval = fields == null ? null : fields.get(Effect.REQUIRE_APPROVAL.word());
        return fields == null || approval == null ? Optional.empty() : approvals.asked(approval, fields.get("grant"));
    }

    private Optional<RuleSpec> rule(Node node) {
        Fields fields = Fields.of(node, problems, "a rule", RULE);
        if (fields == null) {
            return Optional.empty();
        }
        String id = id(fields);
        Effect effect = effect(fields);
        List<String> actions = actions(fields);
        List<ResourcePattern> resources = resources(fields);
        Node when = fields.get("when");
        Condition condition = when == null ? null : conditions.read(when, "'when'");
        String because = fields.text("because");
        Optional<Requirement> requirement = effect == null ? Optional.empty() : requirement(fields, effect);
        return id == null || effect == null
                ? Optional.empty()
                : Optional.of(new RuleSpec(
                        id, actions, resources, condition, effect, because == null ? "" : because, requirement));
    }

    private @Nullable String id(Fields fields) {
        if (fields.required("id", "\"id\": \"refund-large\", a name of its own") == null) {
            return null;
        }
        String id = fields.text("id");
        Node node = fields.get("id");
        if (id == null || node == null) {
            return null;
        }
        String first = shared.claim(id, node.place());
        if (first != null) {
            problems.add(
                    Code.DUPLICATE_ID, node, "the rule in " + first + " has the id " + Words.quote(id) + " already");
        }
        return id;
    }

    private @Nullable Effect effect(Fields fields) {
        Node node = fields.required("effect", "\"effect\": " + Words.list(EFFECTS));
        String word = node == null ? null : fields.text("effect");
        if (node == null || word == null) {
            return null;
        }
        for (Effect effect : Effect.values()) {
            if (effect.word().equals(word)) {
                return effect;
            }
        }
        problems.add(Code.EFFECT, node, "unknown effect " + Words.quote(word) + Words.hint(word, EFFECTS));
        return null;
    }

    private List<String> actions(Fields fields) {
        fields.required("actions", "\"actions\": [\"payment.refund\"], or [\"payment.*\"] for all that begin so");
        List<String> actions = new ArrayList<>();
        for (Node.Str text : fields.texts("actions")) {
            int star = text.value().indexOf('*');
            if (star >= 0 && star < text.value().length() - 1) {
                problems.add(
                        Code.ACTION,
                        text,
                        "the action " + text.show() + " has its * elsewhere than at its end, where alone it can stand");
            }
            actions.add(text.value());
        }
        return actions;
    }

    private List<ResourcePattern> resources(Fields fields) {
        List<ResourcePattern> resources = new ArrayList<>();
        for (Node.Str text : fields.texts("resources")) {
            String pattern = text.value();
            int star = pattern.indexOf('*');
            if (star >= 0 && star < pattern.length() - 1) {
                problems.add(
                        Code.RESOURCE,
                        text,
                        "the resource " + text.show()
                                + " has its * elsewhere than at its end, where alone it can stand");
            } else if (star < 0 && pattern.indexOf('/') < 0) {
                problems.add(
                        Code.RESOURCE,
                        text,
                        "the resource " + text.show()
                                + " reads neither type/id nor ends in *: for all of a type write '"
                                + Words.clean(pattern, 40) + "/*'");
            }
            resources.add(new ResourcePattern(star < 0 ? pattern : pattern.substring(0, star), star >= 0));
        }
        return resources;
    }

    private Optional<Requirement> requirement(Fields fields, Effect effect) {
        boolean asks = effect == Effect.REQUIRE_APPROVAL;
        if (!asks && fields.has("approval")) {
            problems.add(
                    Code.NOT_HERE,
                    fields.key("approval"),
                    "'approval' stands in a rule whose effect is '" + effect.word()
                            + "': only require-approval asks people");
        }
        if (!asks && effect != Effect.AUTO_APPROVE && fields.has("grant")) {
            problems.add(
                    Code.NOT_HERE,
                    fields.key("grant"),
                    "'grant' stands in a rule whose effect is '" + effect.word()
                            + "': only require-approval and auto-approve give grants");
        }
        if (effect == Effect.AUTO_APPROVE) {
            return approvals.automatic(fields.get("grant"));
        }
        if (!asks) {
            return Optional.empty();
        }
        Node approval = fields.required("approval", "\"approval\": {\"by\": {\"role\": \"FINANCE_MANAGER\"}}");
        return approval == null ? Optional.empty() : approvals.asked(approval, fields.get("grant"));
    }
}
