package io.jitapproval;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A requirement that stands in the code, for actions of which no policy document says anything. It becomes a rule {@code
 * require-approval} of the policy, with the id {@code inline:} and the action's name and with the method as its origin. As soon
 * as a rule of a document is for the action, by name or by a beginning, only the documents count.
 *
 * <p>What can be said here is a part of what a document can say, with the same meanings, defaults and limits.
 *
 * <pre>{@code
 * interface Customers {
 *     @RequiresJitApproval(
 *             action = "customer.delete",
 *             resource = "customer/{id}",
 *             approval = @InlineApproval(by = {"role DPO", "group privacy"}, people = 2))
 *     void delete(String id);
 * }
 * }</pre>
 *
 * @see RequiresJitApproval#approval()
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface InlineApproval {

    /**
     * Who may approve; anybody whom one of them names. Each is a kind and a name: {@code role DPO}, {@code group on-call}, {@code
     * person mia}, {@code attribute resource.owner}.
     *
     * @return at least one
     */
    String[] by();

    /**
     * How many different people have to approve.
     *
     * @return at least 1; by default 1
     */
    int people() default 1;

    /**
     * How long people may take, as an ISO-8601 duration.
     *
     * @return the duration; by default {@link Requirement#DEFAULT_DECIDE_WITHIN}
     */
    String decideWithin() default "PT1H";

    /**
     * Whether the requester has to give a reason.
     *
     * @return by default false
     */
    boolean reasonRequired() default false;

    /**
     * How long the grant lasts from the approval on, as an ISO-8601 duration.
     *
     * @return the duration; by default that of {@link GrantTerms#DEFAULT}
     */
    String grantWithin() default "PT15M";

    /**
     * How many uses may begin under the grant.
     *
     * @return at least 1; by default 1
     */
    int uses() default 1;

    /**
     * What the grant covers at most.
     *
     * @return by default {@link GrantScope#EXACT}
     */
    GrantScope scope() default GrantScope.EXACT;
}
