package io.jitapproval.core.feedback.adoption;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.policy.JsonLayout;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a proposal as they stand in a policy document. */
final class RuleLine {

    /** What a suggestion may say. Times, owners and modes are the desk's to say, and in the end samples; obligations nobody's. */
    private static final Set<String> FIELDS =
            Set.of("id", "actions", "resources", "when", "effect", "grant", "because", "audit");

    private RuleLine() {}

    /** Why the rules are not such as may be accepted; empty if they are. */
    static String unfit(Proposal proposal) {
        for (String rule : proposal.rules()) {
            Map<String, @Nullable Object> fields;
            try {
                fields = read(rule);
            } catch (JitConfigurationException e) {
                return "a rule is no JSON object: " + e.getMessage();
            }
            for (String field : fields.keySet()) {
                if (!FIELDS.contains(field)) {
                    return "a rule says '" + field + "', which no suggestion may";
                }
            }
            if (!"auto-approve".equals(fields.get("effect"))) {
                return "a rule has another effect than auto-approve";
            }
            if (!List.of(proposal.action()).equals(fields.get("actions"))) {
                return "a rule is for other actions than " + proposal.action();
            }
        }
        return proposal.rules().isEmpty() ? "it has no rule" : "";
    }

    static List<String> ids(Proposal proposal) {
        return proposal.rules().stream()
                .map(rule -> String.valueOf(read(rule).get("id")))
                .toList();
    }

    static String shadow(String rule) {
        Map<String, @Nullable Object> fields = read(rule);
        fields.put("mode", "shadow");
        return JsonLayout.line(fields);
    }

    static String inForce(String rule, Proposal proposal, Filed filed, Instant until, BigDecimal share) {
        Map<String, @Nullable Object> fields = read(rule);
        fields.putIfAbsent("because", "people approve what is like it: suggestion " + proposal.id());
        fields.put("owner", filed.person());
        fields.put("expires", until.toString());
        fields.put("audit", share);
        return JsonLayout.line(fields);
    }

    static PolicyText document(List<String> rules) {
        return new PolicyText("suggestions.json", "{\"rules\": [\n" + String.join(",\n", rules) + "\n]}");
    }

    /** The fields of an object, in its order; none of anything else. */
    static Map<String, @Nullable Object> read(String text) {
        Problems problems = new Problems(new PolicyText("suggestion", text));
        Node node = TreeReader.readJson(new PolicyText("suggestion", text), problems);
        problems.throwIfAny();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (plain(node) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        }
        return fields;
    }

    private static @Nullable Object plain(@Nullable Node node) {
        if (node instanceof Node.Obj object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> fields.put(name, plain(field.value())));
            return fields;
        }
        if (node instanceof Node.Arr array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        if (node instanceof Node.Str text) {
            return text.value();
        }
        if (node instanceof Node.Num number) {
            return number.value();
        }
        return node instanceof Node.Bool bool ? bool.value() : null;
    }
}
