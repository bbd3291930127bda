package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one document. */
final class DocumentReader {

    static final List<String> DOCUMENT = FieldOrder.DOCUMENT.names();
    static final List<String> DEFAULT = FieldOrder.DEFAULT.names();
    static final String DEFAULT_EXAMPLE =
            "\"default\": \"deny\", or {\"require-approval\": {\"by\": {\"group\": \"security\"}}}";

    private final Problems problems;
    private final ApprovalReader approvals;
    private final ApproversReader approvers;
    private final ConditionReader conditions;
    private final RuleReader rule;
    private final PolicyReader.Shared shared;

    DocumentReader(Problems problems, PolicyReader.Shared shared) {
        this.problems = problems;
        this.shared = shared;
        this.approvers = new ApproversReader(problems);
        this.approvals = new ApprovalReader(problems, approvers);
        this.conditions = new ConditionReader(problems);
        this.rule = new RuleReader(shared, problems, approvals, conditions);
    }

    /**
     * What one document says.
     *
     * @param origin    where it came from
     * @param root      the document
     * @param rules     its rules
     * @param byDefault its default; null if it has none
     * @param asks      whom the default asks, if it asks
     * @param defines   what it names for its rules
     */
    record Read(
            String origin,
            Node.Obj root,
            List<RuleSpec> rules,
            @Nullable Node byDefault,
            Optional<Requirement> asks,
            Definitions defines) {}

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
        approvers.define(fields.get("approvers"));
        Definitions definitions = new DefinitionsReader(problems).read(fields, conditions);
        Node byDefault = shared.isAlone() ? fields.required("default", DEFAULT_EXAMPLE) : fields.get("default");
        Optional<Requirement> asks = byDefault == null ? Optional.empty() : byDefault(byDefault);
        Node list = fields.required("rules", "\"rules\": [], which may be empty");
        List<RuleSpec> rules = new ArrayList<>();
        if (list instanceof Node.Arr array) {
            for (Node item : array.items()) {
                rule.read(item).ifPresent(rules::add);
            }
        } else if (list != null) {
            problems.wrongType(list, "'rules'", "a list");
        }
        return new Read(shared.origin(), (Node.Obj) root, rules, byDefault, asks, definitions);
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
}
