package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.AttributeTrace;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.AttributeResolver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the attributes that a request lacks. Made for one evaluation of one request and used by one thread; each
 * attribute is fetched at most once.
 */
public final class AttributeLookup {

    private static final InstantSource NO_TIME = () -> Instant.MIN;

    /** For where there are no resolvers. Keeps nothing and can be shared. */
    public static final AttributeLookup NONE = new AttributeLookup(List.of());

    /** Fetches nothing: for what a request has itself. */
    static final AttributeLookup OF_NOTHING =
            new AttributeLookup(List.of(), NO_TIME, AttributeResolver::resolve, true, null);

    /** Calls a resolver, within its time limit. */
    @FunctionalInterface
    public interface Calling {

        /**
         * Calls it.
         *
         * @param resolver  the resolver
         * @param attribute the attribute's path
         * @param request   the request
         * @return what it returned
         * @throws Exception what it threw; {@link TimeoutException} if it took too long
         */
        Optional<Object> call(AttributeResolver resolver, String attribute, EvaluationRequest request) throws Exception;
    }

    /**
     * What became of one attribute.
     *
     * @param value  the value or an {@link Absent}
     * @param source the resolver that answered or failed; empty if none knew it
     * @param at     when the value was true, where the resolver says so
     */
    private record Fetched(Object value, String source, Optional<Instant> at) {

        AttributeTrace trace(String attribute, Set<String> hidden) {
            if (value instanceof Absent absent) {
                return new AttributeTrace(attribute, source, at, false, absent.why());
            }
            try {
                String shown = Attribute.isHidden(attribute, hidden) ? Render.HIDDEN : Render.value(value);
                return new AttributeTrace(attribute, source, at, true, shown);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Error | RuntimeException e) {
                // A collection of the application that throws when read: explaining must not change the answer.
                String why = "cannot be read: " + e.getClass().getSimpleName();
                return new AttributeTrace(attribute, source, at, true, why);
            }
        }
    }

    private final List<AttributeResolver> resolvers;
    private final InstantSource clock;
    private final Calling calling;
    private final boolean sealed;
    private @Nullable Map<String, Fetched> fetched;

    /**
     * Over these resolvers, called as they are, without a limit on time or age.
     *
     * @param resolvers the resolvers
     */
    public AttributeLookup(List<AttributeResolver> resolvers) {
        this(List.copyOf(resolvers), NO_TIME, AttributeResolver::resolve);
    }

    /**
     * Over these resolvers, in order; the first that knows an attribute answers.
     *
     * @param resolvers the resolvers; not changed afterwards
     * @param clock     tells the time of the evaluation, always the same; read only if the age of a value counts
     * @param calling   how to call them
     */
    public AttributeLookup(List<AttributeResolver> resolvers, InstantSource clock, Calling calling) {
        this(resolvers, clock, calling, false, null);
    }

    private AttributeLookup(
            List<AttributeResolver> resolvers,
            InstantSource clock,
            Calling calling,
            boolean sealed,
            @Nullable Map<String, Fetched> fetched) {
        this.resolvers = resolvers;
        this.clock = clock;
        this.calling = calling;
        this.sealed = sealed;
        this.fetched = fetched;
    }

    /**
     * Whether a lookup could be asked for an attribute.
     *
     * @param path     the attribute's path
     * @param place    where it stands
     * @param problems where to tell why it could not
     * @return false, with a problem, if the path is not well-formed or every request has the attribute itself
     */
    public static boolean answers(String path, Place place, Problems problems) {
        Attribute attribute = Attribute.parse(path, place, problems);
        if (attribute == null) {
            return false;
        }
        if (!attribute.isBuiltIn() && path.equals(attribute.head())) {
            return true;
        }
        String why = attribute.isBuiltIn()
                ? "every request has its own " + Words.quote(path) + ": nobody is asked for it"
                : "nobody is asked for a part of a list: answer for " + Words.quote(attribute.head());
        problems.add(Code.ATTRIBUTE, place, why);
        return false;
    }

    /**
     * What was fetched, and nothing more: what was not needed so far is unknown.
     *
     * @return a lookup that asks no resolver
     */
    public AttributeLookup sealed() {
        return resolvers.isEmpty() ? this : new AttributeLookup(resolvers, clock, calling, true, fetched);
    }

    /** The value or an {@link Absent}. */
    Object fetch(String attribute, EvaluationRequest request) {
        if (resolvers.isEmpty()) {
            return sealed ? Absent.NOT_NEEDED : Absent.MISSING;
        }
        Map<String, Fetched> known = fetched;
        if (known == null) {
            if (sealed) {
                return Absent.NOT_NEEDED;
            }
            known = new LinkedHashMap<>();
            fetched = known;
        }
        Fetched value = known.get(attribute);
        if (value == null) {
            if (sealed) {
                return Absent.NOT_NEEDED;
            }
            value = ask(attribute, request);
            known.put(attribute, value);
        }
        return value.value();
    }

    /** Whether fetching the attribute asks nobody any more. */
    boolean knows(String attribute) {
        return resolvers.isEmpty() || sealed || (fetched != null && fetched.containsKey(attribute));
    }

    /** What was fetched so far, in the order of fetching, for people; values of these arguments of the action are hidden. */
    List<AttributeTrace> traces(Set<String> hidden) {
        Map<String, Fetched> known = fetched;
        if (known == null) {
            return List.of();
        }
        List<AttributeTrace> traces = new ArrayList<>();
        known.forEach((attribute, value) -> traces.add(value.trace(attribute, hidden)));
        return traces;
    }

    private Fetched ask(String attribute, EvaluationRequest request) {
        for (AttributeResolver resolver : resolvers) {
            Fetched answer = ask(resolver, attribute, request);
            if (answer != null) {
                return answer;
            }
        }
        return new Fetched(Absent.MISSING, "", Optional.empty());
    }

    /** Null if the resolver does not know it. */
    @SuppressWarnings("OptionalAssignedToNull") // a resolver may be wrong
    private @Nullable Fetched ask(AttributeResolver resolver, String attribute, EvaluationRequest request) {
        String name = "";
        Object value;
        try {
            name = resolver.name();
            Optional<Object> answer = calling.call(resolver, attribute, request);
            if (answer == null) {
                return failed(name, Absent.broken("lookup failed: the resolver returned null"));
            }
            if (answer.isEmpty()) {
                return null;
            }
            value = answer.get();
            if (value instanceof AttributeResolver.Dated dated) {
                return dated(name, dated, resolver.maxAge());
            }
        } catch (TimeoutException e) {
            return failed(name, Absent.broken("lookup failed: it took longer than " + resolver.timeLimit()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(name, Absent.failed(e));
        } catch (Exception e) {
            return failed(name, Absent.failed(e));
        } catch (Error e) {
            // Whoever goes on nevertheless, as shadow rules do, asks no second time and can tell what failed.
            if (fetched != null) {
                fetched.put(attribute, failed(name, Absent.failed(e)));
            }
            throw e;
        }
        return new Fetched(value, name, Optional.empty());
    }

    private Fetched dated(String source, AttributeResolver.Dated dated, Optional<Duration> maxAge) {
        Duration age = maxAge.isEmpty() ? Duration.ZERO : Duration.between(dated.at(), clock.instant());
        boolean tooOld = maxAge.isPresent() && age.compareTo(maxAge.get()) > 0;
        Object value = tooOld
                ? Absent.broken("is too old: " + source + " fetched it " + age.truncatedTo(ChronoUnit.SECONDS)
                        + " ago, and it may be " + maxAge.get() + " old")
                : dated.value();
        return new Fetched(value, source, Optional.of(dated.at()));
    }

    private static Fetched failed(String source, Absent why) {
        return new Fetched(why, source, Optional.empty());
    }
}
