package io.jitapproval.core.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes that rules name in their conditions, without those that every request has; one for each that is looked up. */
final class NamedAttributes {

    private final Map<String, Attribute> byHead = new LinkedHashMap<>();

    /** Those of these rules, and of others before them. */
    static List<Attribute> of(List<Rule> rules, List<Attribute> others) {
        NamedAttributes named = new NamedAttributes();
        others.forEach(named::add);
        for (Rule rule : rules) {
            named.addAll(rule.spec().when());
        }
        return named.byHead.size() == others.size() ? others : List.copyOf(named.byHead.values());
    }

    private void addAll(@Nullable Condition condition) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(this::addAll);
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(this::addAll);
        } else if (condition instanceof Condition.Not not) {
            addAll(not.part());
        } else if (condition instanceof Condition.Named named) {
            addAll(named.part());
        } else if (condition instanceof Comparison comparison) {
            add(comparison.attribute());
            if (comparison.operand() instanceof Attribute other) {
                add(other);
            }
        }
    }

    private void add(Attribute attribute) {
        if (!attribute.isBuiltIn()) {
            byHead.putIfAbsent(attribute.head(), attribute);
        }
    }
}
