package io.jitapproval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a number that an approval may lower: the method then runs with what was approved in its place, so it must act on the argument that
 * it gets, and its caller must be content with less than was asked. What approvers see is what was asked; they cannot raise it.
 *
 * <p>For {@code int}, {@code long}, {@link Integer}, {@link Long}, {@link java.math.BigInteger} and {@link java.math.BigDecimal}, not
 * {@link Sensitive} and not {@link Unbound}; anything else stops the start.
 *
 * <pre>{@code
 * @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}")
 * Receipt refund(String orderId, @Ceiling BigDecimal amount);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Ceiling {}
