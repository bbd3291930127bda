package io.jitapproval.core.guard;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.spi.AttributeResolver;
import java.time.Duration;
import java.util.Optional;

/**
 * A resolver that is asked for what models say, and for nothing else; others are never asked for that, so that one which answers for
 * whatever a request carries is no way in.
 *
 * @param model the resolver
 */
record Evidence(AttributeResolver model) implements AttributeResolver {

    static final String ROOT = "evidence.";

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) throws Exception {
        return model.resolve(attribute, request);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Duration timeLimit() {
        return model.timeLimit();
    }

    @Override
    public Optional<Duration> maxAge() {
        return model.maxAge();
    }
}
