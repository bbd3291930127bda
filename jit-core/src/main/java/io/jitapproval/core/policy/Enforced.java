package io.jitapproval.core.policy;

import io.jitapproval.core.policy.RuleSpec.Mode;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A policy without its shadow rules, and what its conditions name: for whoever asks it about requests of the past. Immutable.
 *
 * @param policy        the policy; its version is that of the whole
 * @param attributes    the paths that a lookup may be asked for, without those of evidence
 * @param models        the names of the models that it asks for evidence, each with the hashes that it compares theirs with; none if it
 *                      takes any
 * @param namesSubject  whether a condition looks at {@code subject.id}
 * @param namesResource whether a condition looks at {@code resource.id}
 */
public record Enforced(
        Policy policy,
        Set<String> attributes,
        Map<String, Set<String>> models,
        boolean namesSubject,
        boolean namesResource) {

    private static final String EVIDENCE = "evidence.";
    private static final String MODEL = ".model";

    /**
     * Copies the collections.
     *
     * @param policy        as above
     * @param attributes    as above
     * @param models        as above
     * @param namesSubject  as above
     * @param namesResource as above
     */
    public Enforced {
        attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /**
     * Of a policy.
     *
     * @param policy the policy
     * @return what counts in it
     */
    public static Enforced of(Policy policy) {
        Walk walk = new Walk();
        policy.rules().stream().filter(rule -> rule.mode() == Mode.ENFORCE).forEach(rule -> walk.look(rule.when()));
        return new Enforced(
                policy.withoutShadows(), walk.attributes, walk.models, walk.namesSubject, walk.namesResource);
    }

    private static final class Walk {

        private final Set<String> attributes = new TreeSet<>();
        private final Map<String, Set<String>> models = new TreeMap<>();
        private boolean namesSubject;
        private boolean namesResource;

        void look(@Nullable Condition condition) {
            if (condition instanceof Condition.All all) {
                all.parts().forEach(this::look);
            } else if (condition instanceof Condition.Any any) {
                any.parts().forEach(this::look);
            } else if (condition instanceof Condition.Not not) {
                look(not.part());
            } else if (condition instanceof Condition.Named named) {
                look(named.part());
            } else if (condition instanceof Comparison comparison) {
                look(comparison.attribute(), comparison.operand());
                if (comparison.operand() instanceof Attribute other) {
                    look(other, "");
                }
            }
        }

        private void look(Attribute attribute, Object operand) {
            namesSubject |= attribute.path().equals("subject.id");
            namesResource |= attribute.path().equals("resource.id");
            if (attribute.isBuiltIn()) {
                return;
            }
            String path = attribute.head();
            if (!path.startsWith(EVIDENCE)) {
                attributes.add(path);
                return;
            }
            String name = path.substring(EVIDENCE.length(), path.lastIndexOf('.'));
            Set<String> hashes = models.computeIfAbsent(name, any -> new TreeSet<>());
            if (path.endsWith(MODEL)) {
                Collection<?> values = operand instanceof Collection<?> several ? several : Set.of(operand);
                values.stream().filter(String.class::isInstance).map(String.class::cast).forEach(hashes::add);
            }
        }
    }
}
