package io.jitapproval.core.policy;

import io.jitapproval.ApproverSelector;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who may approve: {@code by}, and the document's {@code approvers} that it may name. */
final class ApproversReader {

    static final String NAMED = "approvers";
    static final List<String> KINDS = Stream.concat(
                    Arrays.stream(ApproverSelector.Kind.values()).map(ApproverSelector.Kind::word), Stream.of(NAMED))
            .toList();

    private final Problems problems;
    private final Map<String, Set<ApproverSelector>> named = new LinkedHashMap<>();

    ApproversReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads the document's named approvers, which those who are read later may name. */
    void define(@Nullable Node node) {
        if (node == null) {
            return;
        }
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, "'approvers'", "an object of names");
            return;
        }
        object.fields().forEach((name, field) -> {
            if (Fields.text(new Node.Str(field.key(), name), NAMED, problems) != null) {
                named.put(name, by(field.value(), Words.quote(name), true));
            }
        });
    }

    /** Who may approve; empty, with a problem, if nobody can be read. */
    Set<ApproverSelector> by(Node node) {
        return by(node, "'by'", false);
    }

    /** The people whom a field of another name holds. */
    Set<ApproverSelector> by(Node node, String what) {
        return by(node, what, false);
    }

    private Set<ApproverSelector> by(Node node, String what, boolean defining) {
        Set<ApproverSelector> selectors = new TreeSet<>();
        if (node instanceof Node.Arr array) {
            if (array.items().isEmpty()) {
                problems.add(Code.EMPTY, node, what + " is empty: name at least one role, group or person");
            }
            array.items().forEach(item -> selectors.addAll(selector(item, what, defining)));
        } else {
            selectors.addAll(selector(node, what, defining));
        }
        return selectors;
    }

    private Set<ApproverSelector> selector(Node node, String what, boolean defining) {
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, what, "an object such as {\"role\": \"FINANCE_MANAGER\"}, or a list of them");
            return Set.of();
        }
        if (object.fields().size() != 1) {
            problems.add(
                    Code.WORD,
                    node,
                    "an approver is named in one way, role, group or person, but here are "
                            + object.fields().size() + ": write a list for any of several");
            return Set.of();
        }
        Map.Entry<String, Node.Field> field =
                object.fields().entrySet().iterator().next();
        String kind = field.getKey();
        Node value = field.getValue().value();
        if (!KINDS.contains(kind)) {
            problems.add(
                    Code.WORD,
                    field.getValue().key(),
                    "unknown way to name an approver " + Words.quote(kind) + Words.hint(kind, KINDS));
            return Set.of();
        }
        String name = Fields.text(value, kind, problems);
        if (name == null) {
            return Set.of();
        }
        return kind.equals(NAMED)
                ? named(name, value, defining)
                : one(kind, name, value).<Set<ApproverSelector>>map(Set::of).orElse(Set.of());
    }

    private Optional<ApproverSelector> one(String word, String name, Node value) {
        ApproverSelector.Kind kind = Arrays.stream(ApproverSelector.Kind.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
        if (kind == ApproverSelector.Kind.ATTRIBUTE && Attribute.parse(name, value.place(), problems) == null) {
            return Optional.empty();
        }
        return Optional.of(new ApproverSelector(kind, name));
    }

    private Set<ApproverSelector> named(String name, Node value, boolean defining) {
        if (defining) {
            problems.add(
                    Code.APPROVERS,
                    value,
                    "named approvers cannot name others, such as " + Words.quote(name) + ": write them out");
            return Set.of();
        }
        Set<ApproverSelector> known = named.get(name);
        if (known == null) {
            String hint = named.isEmpty()
                    ? ": name them in the document's 'approvers' first"
                    : Words.hint(name, named.keySet());
            problems.add(Code.APPROVERS, value, "unknown approvers " + Words.quote(name) + hint);
            return Set.of();
        }
        return known;
    }
}
