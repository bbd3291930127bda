package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.spi.AttributeResolver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes attribute resolvers out of functions, with a name, a time limit and values that are kept for a while. */
public final class Attributes {

    private Attributes() {}

    /**
     * A resolver for some attributes, which is not asked for others.
     *
     * @param name       what explanations call it, such as {@code risk-engine}; not blank
     * @param attributes the paths that it knows, such as {@code context.risk}; not empty
     * @param lookup     the value of one of them
     * @return the resolver
     * @throws IllegalArgumentException if the name is blank or there are no paths
     */
    public static Source from(String name, Set<String> attributes, AttributeResolver lookup) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of an attribute source must not be blank");
        }
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("the attribute source " + name + " must know at least one attribute");
        }
        return new Source(
                name,
                Set.copyOf(attributes),
                requireNonNull(lookup, "lookup"),
                AttributeResolver.DEFAULT_TIME_LIMIT,
                Optional.empty());
    }

    /** A resolver with a name and limits. Immutable; as thread-safe as its function. */
    public static final class Source implements AttributeResolver {

        private final String name;
        private final Set<String> attributes;
        private final AttributeResolver lookup;
        private final Duration timeLimit;
        private final Optional<Duration> maxAge;

        private Source(
                String name,
                Set<String> attributes,
                AttributeResolver lookup,
                Duration timeLimit,
                Optional<Duration> maxAge) {
            this.name = name;
            this.attributes = attributes;
            this.lookup = lookup;
            this.timeLimit = timeLimit;
            this.maxAge = maxAge;
        }

        /**
         * A copy with another time limit.
         *
         * @param limit how long one lookup may take; zero: no limit, on the thread of the guarded call; by default {@link
         *              AttributeResolver#DEFAULT_TIME_LIMIT}
         * @return the copy
         * @throws IllegalArgumentException if it is negative or longer than an hour
         */
        public Source within(Duration limit) {
            if (limit.isNegative() || limit.compareTo(GuardBuilder.LONGEST_TIME_LIMIT) > 0) {
                throw new IllegalArgumentException("the time limit of " + name + " must be from zero to "
                        + GuardBuilder.LONGEST_TIME_LIMIT + ", but was " + limit);
            }
            return new Source(name, attributes, lookup, limit, maxAge);
        }

        /**
         * A copy whose {@linkplain AttributeResolver.Dated dated} values count only up to an age.
         *
         * @param age the limit; positive; by default none
         * @return the copy
         * @throws IllegalArgumentException if it is not positive
         */
        public Source noOlderThan(Duration age) {
            if (age.isNegative() || age.isZero()) {
                throw new IllegalArgumentException("the maximum age of " + name + " must be positive, but was " + age);
            }
            return new Source(name, attributes, lookup, timeLimit, Optional.of(age));
        }

        /**
         * A copy that keeps what it once fetched, and says when that was. Failures, and what is not known, are not kept.
         *
         * @param age  how long a value is kept, which is also how old it may be; positive
         * @param most how many values are kept at most; at least 1
         * @param key  what a value belongs to beside the attribute, such as the subject's id; a value is given to every request
         *             with an equal key, so leave nothing out that it depends on
         * @param time the time, such as the {@code TimeSource} of the guard
         * @return the copy
         * @throws IllegalArgumentException if a number is not positive
         */
        public Source kept(Duration age, int most, Function<EvaluationRequest, Object> key, InstantSource time) {
            if (most < 1) {
                throw new IllegalArgumentException(name + " must keep at least 1 value, but was " + most);
            }
            Cache<Slot, Dated> kept = Caffeine.newBuilder().maximumSize(most).build();
            AttributeResolver keeping = (attribute, request) -> {
                Slot slot = new Slot(attribute, key.apply(request));
                Dated known = kept.getIfPresent(slot);
                if (known != null
                        && Duration.between(known.at(), time.instant()).compareTo(age) <= 0) {
                    return Optional.of(known);
                }
                Optional<Object> fetched = lookup.resolve(attribute, request);
                if (fetched.isEmpty()) {
                    kept.invalidate(slot);
                    return fetched;
                }
                Dated dated =
                        fetched.get() instanceof Dated already ? already : new Dated(fetched.get(), time.instant());
                kept.put(slot, dated);
                return Optional.of(dated);
            };
            return new Source(name, attributes, keeping, timeLimit, maxAge).noOlderThan(age);
        }

        @Override
        public Optional<Object> resolve(String attribute, EvaluationRequest request) throws Exception {
            return attributes.contains(attribute) ? lookup.resolve(attribute, request) : Optional.empty();
        }

        /** {@return the paths that it knows} */
        public Set<String> attributes() {
            return attributes;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration timeLimit() {
            return timeLimit;
        }

        @Override
        public Optional<Duration> maxAge() {
            return maxAge;
        }

        private record Slot(String attribute, Object key) {}
    }
}
