package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.spi.AttributeResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the attributes that a request lacks. Made for one evaluation of one request and used by one thread; each
 * attribute is fetched at most once.
 */
public final class AttributeLookup {

    /** For where there are no resolvers. Keeps nothing and can be shared. */
    public static final AttributeLookup NONE = new AttributeLookup(List.of());

    /** Fetches nothing: tells what a request has itself. */
    static final AttributeLookup OF_NOTHING = new AttributeLookup(List.of(), Absent.NOT_ASKED);

    private final List<AttributeResolver> resolvers;
    /** What it says where there are no resolvers. */
    private final Absent without;

    private @Nullable Map<String, Object> fetched;

    /**
     * Over these resolvers, in order; the first that knows an attribute answers.
     *
     * @param resolvers the resolvers
     */
    public AttributeLookup(List<AttributeResolver> resolvers) {
        this(List.copyOf(resolvers), Absent.MISSING);
    }

    private AttributeLookup(List<AttributeResolver> resolvers, Absent without) {
        this.resolvers = resolvers;
        this.without = without;
    }

    /** What fetching the attribute gives if that is known already; else null. */
    @Nullable
    Object known(String attribute) {
        if (resolvers.isEmpty()) {
            return without;
        }
        return fetched == null ? null : fetched.get(attribute);
    }

    /** The value or an {@link Absent}. */
    Object fetch(String attribute, EvaluationRequest request) {
        if (resolvers.isEmpty()) {
            return without;
        }
        Map<String, Object> known = fetched;
        if (known == null) {
            known = new HashMap<>();
            fetched = known;
        }
        Object value = known.get(attribute);
        if (value == null) {
            value = ask(attribute, request);
            known.put(attribute, value);
        }
        return value;
    }

    @SuppressWarnings("OptionalAssignedToNull") // a resolver may be wrong
    private Object ask(String attribute, EvaluationRequest request) {
        for (AttributeResolver resolver : resolvers) {
            Optional<Object> answer;
            try {
                answer = resolver.resolve(attribute, request);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Absent.failed(e);
            } catch (Exception e) {
                return Absent.failed(e);
            }
            if (answer == null) {
                return Absent.broken("lookup failed: the resolver returned null");
            }
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return Absent.MISSING;
    }
}
