package io.jitapproval.core.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A list of constants in a rule. */
final class Constants {

    private final List<Object> values;
    /** All of them if all are text, so that a long list costs one look. */
    private final Set<String> texts;

    Constants(List<Object> values) {
        this.values = List.copyOf(values);
        this.texts = values.stream().allMatch(String.class::isInstance)
                ? values.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    List<Object> values() {
        return values;
    }

    /** Whether the list is of text alone. */
    boolean isText() {
        return !texts.isEmpty();
    }

    boolean hasText(String text) {
        return texts.contains(text);
    }
}
