package io.jitapproval.core.guard;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.core.binding.Commitments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a caller hands over into a frozen {@link Call}. */
final class Freezing {

    private final ArgumentFreezer freezer;
    private final Commitments commitments;
    private final byte[] commitmentKey;

    Freezing(ArgumentFreezer freezer, byte[] commitmentKey) {
        this.freezer = freezer;
        this.commitments = new Commitments(freezer);
        this.commitmentKey = commitmentKey.clone();
    }

    /** An argument as the caller handed it over. */
    record Given(
            String name, @Nullable Object value, Class<?> declared, boolean bound, boolean hidden, boolean lowerable) {

        /** The same with another value. */
        Given with(@Nullable Object other) {
            return new Given(name, other, declared, bound, hidden, lowerable);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Freezes a call.
     *
     * @param runsOnCopies whether the action will get the frozen copies; otherwise it uses the caller's own objects, which
     *                     are compared with the copies right before it runs
     * @throws io.jitapproval.core.binding.UnsupportedArgumentException if a value cannot be frozen
     */
    Call freeze(
            Subject subject,
            List<Subject> actors,
            String action,
            Resource resource,
            Map<String, @Nullable Object> context,
            List<Given> given,
            boolean runsOnCopies,
            Grounds grounds,
            @Nullable Duration waitAtMost,
            @Nullable List<Subject> through) {
        List<Argument> arguments = new ArrayList<>(given.size());
        String[] names = new String[given.size()];
        @Nullable Object[] plains = new Object[given.size()];
        for (Given one : given) {
            Object frozen = freezer.copy(one.value(), one.declared());
            Object plain = freezer.plain(frozen);
            arguments.add(new Argument(
                    one.name(),
                    one.declared(),
                    runsOnCopies ? frozen : one.value(),
                    frozen,
                    plain,
                    one.bound(),
                    one.hidden(),
                    one.lowerable()));
            names[arguments.size() - 1] = one.name();
            plains[arguments.size() - 1] = plain;
        }
        EvaluationRequest request = new EvaluationRequest(
                subject,
                actors,
                new Action(action, new NamedValues(names, plains, names.length)),
                resource.properties().isEmpty()
                        ? resource
                        : new Resource(resource.type(), resource.id(), plain(resource.properties())),
                plain(context));
        return new Call(this, request, arguments, new Allowance(arguments, runsOnCopies), grounds, waitAtMost, through);
    }

    private Map<String, @Nullable Object> plain(Map<String, @Nullable Object> values) {
        if (values.isEmpty()) {
            return values;
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>(values.size() * 2);
        values.forEach((name, value) -> plain.put(name, freezer.plain(freezer.copy(value))));
        return plain;
    }

    String commit(String context, String path, @Nullable Object value) {
        return commitments.commit(commitmentKey, context, path, value);
    }

    ArgumentFreezer freezer() {
        return freezer;
    }
}
