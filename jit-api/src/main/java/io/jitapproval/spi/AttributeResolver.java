package io.jitapproval.spi;

import io.jitapproval.EvaluationRequest;
import java.util.Optional;

/**
 * Supplies attributes that a request does not carry, such as a risk score or the owner of a resource. Asked only when a
 * rule needs the attribute, and at most once in one evaluation; once more when an approval names people by the attribute.
 */
@FunctionalInterface
public interface AttributeResolver {

    /**
     * The value of an attribute.
     *
     * <p><b>Threads:</b> called on the thread of the guarded call; must be thread-safe. <b>Blocking:</b> should answer fast;
     * the guard sets no time limit. <b>Throwing:</b> an exception makes the attribute unknown, and unknown never loosens
     * policy; an {@link Error} denies the call.
     *
     * @param attribute the attribute's path, such as {@code subject.riskScore} or {@code resource.owner}
     * @param request   the request as it was made
     * @return the value (text, number, boolean, time, list or map); empty if this resolver does not know it
     * @throws Exception if it fails
     */
    Optional<Object> resolve(String attribute, EvaluationRequest request) throws Exception;
}
