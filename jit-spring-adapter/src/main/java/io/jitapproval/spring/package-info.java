/**
 * Spring Boot 4: the dependency, a policy and {@link io.jitapproval.RequiresJitApproval} are all that an application needs.
 * {@link io.jitapproval.spring.JitAutoConfiguration} builds the guard, puts it in front of annotated methods of beans, and
 * refuses to start an application in which an annotation could not be enforced.
 *
 * <p>Methods that return a {@link java.util.concurrent.CompletionStage} get a failed stage where the call is refused.
 * Methods that return a {@code Mono} or a {@code Flux} are guarded at each subscription, with the subject and the arguments of
 * the call; suspend functions of Kotlin like methods that return a stage. Whoever returns another reactive type brings an {@link
 * io.jitapproval.spi.AsyncReturnType} bean, or is refused at start.
 */
@NullMarked
package io.jitapproval.spring;

import org.jspecify.annotations.NullMarked;
