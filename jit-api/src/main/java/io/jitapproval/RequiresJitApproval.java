package io.jitapproval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that may only run when policy, or people asked by policy, agree right before it runs.
 *
 * <p>The annotation is found on the method itself, on any method that it overrides or implements, on the declaring types
 * (where it covers every method that the type declares), and through other annotations that carry it. Two different
 * ones for the same method stop the start, as does an annotation that cannot be enforced (on a private, static or final
 * method that a proxy cannot reach, with a template that names no parameter, with an argument that cannot be frozen).
 *
 * <p>Parameter names come from the class file: compile with {@code -parameters}.
 *
 * <pre>{@code
 * interface Refunds {
 *     @RequiresJitApproval(action = "payment.refund", resource = "order/{orderId}", reason = "{note}")
 *     Receipt refund(String orderId, BigDecimal amount, @Unbound String note);
 * }
 * }</pre>
 *
 * @see Sensitive
 * @see Unbound
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface RequiresJitApproval {

    /**
     * The action's name, such as {@code payment.refund}. On a type, <code>{method}</code> stands for the method's name.
     *
     * @return the name; not blank
     */
    String action();

    /**
     * The resource as {@code type/id}, where the id is a template over the parameters: <code>order/{orderId}</code> takes a
     * parameter, <code>order/{order.id}</code> a record component, bean property or map entry of one. By default the
     * action has {@linkplain Resource#NONE no resource}.
     *
     * <p>A single parameter stands in the id as it is. Several need text between them that begins with an ASCII character
     * other than {@code %}, or the start stops. So that different values never make one id, that character and {@code %} are
     * percent-encoded in each of the values: <code>account/{bank}-{number}</code> makes {@code account/de%2D1-7} of
     * {@code de-1} and {@code 7}. Policies see the id like that. Choose a separator that the values do not have.
     *
     * @return the template, or an empty string
     */
    String resource() default "";

    /**
     * Why the caller wants it, as a template over the parameters such as <code>{note}</code>. Shown to approvers, not
     * part of what they approve. By default there is none.
     *
     * @return the template, or an empty string
     */
    String reason() default "";

    /**
     * The ticket that the call belongs to, as a template over the parameters such as <code>{ticketId}</code>. Shown to
     * approvers, not part of what they approve. By default there is none.
     *
     * @return the template, or an empty string
     */
    String ticket() default "";

    /**
     * What to ask where no policy document has a rule for the action; at most one. By default there is none, and the document's
     * default decides.
     *
     * @return nothing, or one requirement
     */
    InlineApproval[] approval() default {};

    /**
     * How the call goes on when people have to be asked.
     *
     * @return the continuation; by default {@link Continuation#RETRY}
     */
    Continuation continuation() default Continuation.RETRY;

    /**
     * How long {@link Continuation#WAIT} waits at most, as an ISO-8601 duration. When it is over the call ends with an
     * {@link ApprovalPendingException}; the request goes on and the call can be made again.
     *
     * @return the limit; positive, at most {@link Requirement#LONGEST_DECIDE_WITHIN}; by default 30 seconds
     */
    String waitAtMost() default "PT30S";
}
