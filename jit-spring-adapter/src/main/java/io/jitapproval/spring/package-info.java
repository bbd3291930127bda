/**
 * Spring Boot 4: the dependency, a policy and {@link io.jitapproval.RequiresJitApproval} are all that an application needs.
 * {@link io.jitapproval.spring.JitAutoConfiguration} builds the guard, puts it in front of annotated methods of beans, and
 * refuses to start an application in which an annotation could not be enforced.
 *
 * <p>Methods that return a {@link java.util.concurrent.CompletionStage} get a failed stage where the call is refused.
 * Methods that return a reactive type are refused at start; support for Reactor comes later.
 */
@NullMarked
package io.jitapproval.spring;

import org.jspecify.annotations.NullMarked;
