package io.jitapproval.spring;

import io.jitapproval.core.GuardBuilder;

/**
 * A bean that has a say in how the guard is built. Called in the order of the beans, after beans and {@code jit.*} properties
 * have been applied: it can add channels, attributes and codecs, and set what nothing else has set. What a bean or a property
 * has set cannot be set again.
 *
 * <pre>{@code
 * GuardBuilderCustomizer terminal() { // a method with @Bean
 *     return guard -> guard.channel(Channels.terminal());
 * }
 * }</pre>
 */
@FunctionalInterface
public interface GuardBuilderCustomizer {

    /**
     * Customizes the guard. Called once for each guard, on the thread that builds it; anything thrown stops the start.
     *
     * @param builder the configuration of the guard
     */
    void customize(GuardBuilder builder);
}
