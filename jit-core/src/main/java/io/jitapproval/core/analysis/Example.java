package io.jitapproval.core.analysis;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One concrete question to a policy: everything that an evaluation needs. Immutable.
 *
 * @param request  the request
 * @param time     the moment
 * @param provided what attribute providers say, by path: only for combinations that no request can carry
 * @param failing  attributes whose lookup fails
 */
public record Example(EvaluationRequest request, Instant time, Map<String, Object> provided, Set<String> failing) {

    /**
     * Copies the collections.
     *
     * @param request  as above
     * @param time     as above
     * @param provided as above
     * @param failing  as above
     */
    public Example {
        requireNonNull(request, "request");
        requireNonNull(time, "time");
        provided = Collections.unmodifiableMap(new TreeMap<>(provided));
        failing = Collections.unmodifiableSet(new TreeSet<>(failing));
    }

    /**
     * Asks the engine.
     *
     * @param policy the policy
     * @return its decision
     */
    public Decision under(Policy policy) {
        return policy.evaluate(request, time, lookup());
    }

    AttributeLookup lookup() {
        if (provided.isEmpty() && failing.isEmpty()) {
            return AttributeLookup.NONE;
        }
        return new AttributeLookup(List.of((attribute, asked) -> {
            if (failing.contains(attribute)) {
                throw new LookupFailure();
            }
            return Optional.ofNullable(provided.get(attribute));
        }));
    }

    /** {@return the request as AuthZEN JSON on one line, its moment as {@code context.time}} */
    public String json() {
        return ExampleJson.write(this);
    }

    /** Stands for whatever a provider may throw. */
    private static final class LookupFailure extends Exception {
        private static final long serialVersionUID = 1L;

        LookupFailure() {
            super("as the example says", null, false, false);
        }
    }
}
