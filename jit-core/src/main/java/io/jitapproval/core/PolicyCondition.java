package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.policy.JsonLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A condition of a policy that is {@linkplain PolicyDocument built in Java}, for {@link RuleBuilder#when}. It says what the
 * object of the same words says in a document.
 *
 * <p>Immutable and thread-safe; can be used in several places.
 */
public sealed class PolicyCondition permits AttributeCondition, SubjectCondition {

    private final Map<String, Object> entries;

    PolicyCondition(Map<String, Object> entries) {
        this.entries = entries;
    }

    /**
     * {@code all}: every one of them holds.
     *
     * @param conditions the conditions
     * @return the condition
     */
    public static PolicyCondition all(PolicyCondition... conditions) {
        return list("all", conditions);
    }

    /**
     * {@code any}: at least one of them holds.
     *
     * @param conditions the conditions
     * @return the condition
     */
    public static PolicyCondition any(PolicyCondition... conditions) {
        return list("any", conditions);
    }

    /**
     * {@code not}: it does not hold. What is unknown stays unknown.
     *
     * @param condition the condition
     * @return the condition
     */
    public static PolicyCondition not(PolicyCondition condition) {
        return new PolicyCondition(Map.of("not", condition.entries()));
    }

    /**
     * {@code condition}: one that the document names, see {@link PolicyBuilder#condition}.
     *
     * @param name its name
     * @return the condition
     */
    public static PolicyCondition named(String name) {
        return new PolicyCondition(Map.of("condition", requireNonNull(name, "name")));
    }

    /**
     * One object with the entries of several conditions, all of which must hold; as {@link RuleBuilder#when} puts them.
     *
     * @param conditions the conditions, about different things
     * @return the condition
     * @throws IllegalArgumentException if two are about the same attribute, or both {@code all}, {@code any}, {@code not} or {@code
     *                                  condition}: an object has each key once
     */
    public static PolicyCondition together(PolicyCondition... conditions) {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (PolicyCondition condition : conditions) {
            condition.entries().forEach((key, value) -> {
                if (merged.putIfAbsent(key, value) != null) {
                    throw new IllegalArgumentException(
                            "two conditions have the key '" + key
                                    + "', which an object has once: write the operators behind one attribute, or use PolicyCondition.all");
                }
            });
        }
        return new PolicyCondition(Collections.unmodifiableMap(merged));
    }

    /**
     * An attribute, to be compared; or, without operators, what another attribute is compared with.
     *
     * @param path its path, such as {@code action.amount}
     * @return the attribute
     */
    public static AttributeCondition attribute(String path) {
        return new AttributeCondition(requireNonNull(path, "path"), Map.of());
    }

    /**
     * {@code subject}, for its roles.
     *
     * @return the subject
     */
    public static SubjectCondition subject() {
        return new SubjectCondition(Map.of());
    }

    /**
     * {@code time}, for windows, days and calendars.
     *
     * @return the time
     */
    public static TimeCondition time() {
        return new TimeCondition(Map.of());
    }

    private static PolicyCondition list(String word, PolicyCondition... conditions) {
        List<Object> list = new ArrayList<>();
        for (PolicyCondition condition : conditions) {
            list.add(condition.entries());
        }
        return new PolicyCondition(Map.of(word, list));
    }

    /** What it says, as an object of the document. */
    final Map<String, Object> entries() {
        return entries;
    }

    /** The operators with one more. */
    static Map<String, Object> plus(String owner, Map<String, Object> operators, String word, Object operand) {
        Map<String, Object> more = new LinkedHashMap<>(operators);
        if (more.putIfAbsent(word, requireNonNull(operand, word)) != null) {
            throw new IllegalStateException("'" + owner + "': '" + word + "' was already set");
        }
        return Collections.unmodifiableMap(more);
    }

    /** {@return the condition as it stands in a document, in JSON} */
    @Override
    public final String toString() {
        return JsonLayout.line(entries);
    }
}
