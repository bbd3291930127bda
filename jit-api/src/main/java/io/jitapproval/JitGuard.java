package io.jitapproval;

import java.util.Map;
import java.util.Optional;

/**
 * Decides right before a sensitive action runs whether it may: by policy, by a grant that people or a rule gave, or by
 * asking people now. Whatever goes wrong inside denies the action.
 *
 * <p>Made by {@code io.jitapproval.core.Jit.guard()}. Thread-safe; one per application.
 */
public interface JitGuard extends AutoCloseable {

    /**
     * What policy says about a request at this moment, suspended {@linkplain Rules rules} left out. Asks nobody, changes nothing,
     * records nothing: for menus and dry runs. Existing grants are not looked at, and no blind sample is drawn.
     *
     * @param request the question
     * @return the answer
     * @throws GuardUnavailableException if the policy cannot be evaluated or the guard is closed
     */
    Decision decide(EvaluationRequest request);

    /**
     * Why policy says what it says: every rule for the action, with the comparisons that were looked at and the values
     * that they saw. Comes out of the same evaluation as {@link #decide}. Shows the values of the request as they are: leave out
     * what must stay hidden.
     *
     * @param request the question
     * @return the explanation
     * @throws GuardUnavailableException if the policy cannot be evaluated or the guard is closed
     */
    Explanation explain(EvaluationRequest request);

    /**
     * Starts a guarded call without an annotation; as powerful as the annotation.
     *
     * @param action the action's name; not blank
     * @return a new attempt
     * @throws IllegalArgumentException if the name is blank
     */
    Attempt attempt(String action);

    /**
     * Wraps an object so that its methods that carry {@link RequiresJitApproval} go through this guard. Calls to other
     * methods pass straight through. Calls that the object makes to itself are not seen: put {@code JitAssert} into the
     * action where that matters.
     *
     * <p>A default method of the interface that the object's class does not override runs with the proxy as {@code this}, so
     * that the guarded methods it calls are guarded, also where it is guarded itself: then both are asked about. One that the
     * class overrides, or inherits from an interface that {@code type} does not extend, runs with the object as {@code this};
     * so does one that the class calls itself, as with {@code Refunds.super}.
     *
     * @param type   the interface through which it is called
     * @param target the object; the annotations of its class count too
     * @param <T>    the interface
     * @return a proxy
     * @throws JitConfigurationException if an annotation of the interface or of the object's class cannot be enforced;
     *                                   lists all of them
     */
    <T> T protect(Class<T> type, T target);

    /** {@return which policy is in force, and whether a newer one was refused} */
    PolicyStatus policyStatus();

    /**
     * Looks at the policy's documents now. Changed ones without a fault take over as a whole: every evaluation is by one version
     * or the other. With a fault in them, the policy in force stays, an error is logged once, and the status says what is wrong.
     *
     * @return the status afterwards
     */
    PolicyStatus reloadPolicy();

    /**
     * A request by its id, whichever process made it.
     *
     * @param id the request's id; not blank
     * @return a handle; whether there is such a request it says when it is asked
     * @throws IllegalArgumentException if the id is blank
     */
    RequestHandle request(String id);

    /**
     * Starts a bundle: several calls that people are asked about together.
     *
     * @param title what it is for, in the requester's words; may be empty
     * @return a new bundle in the making
     */
    BundleAttempt bundle(String title);

    /**
     * A bundle by its id, whichever process made it, with what has become of each item up to now.
     *
     * @param id the bundle's id
     * @return the bundle; empty if there is none, or the store no longer keeps it
     * @throws GuardUnavailableException if the store fails
     */
    Optional<Bundle> findBundle(String id);

    /** {@return the approvers' side: what waits, votes, withdrawal} */
    Approvals approvals();

    /** {@return the owners' side: look up, give back, revoke} */
    Grants grants();

    /** {@return the emergencies that wait for their review} */
    Debts debts();

    /** {@return where rules that answer in people's place are suspended} */
    Rules rules();

    /** {@return where the application says what came of what ran} */
    Outcomes outcomes();

    /**
     * Which actions are not enforced, or expressly are.
     *
     * @return the modes by action, or by prefix with an asterisk at its end, in the order of the builder; every other action is enforced
     */
    Map<String, Rollout> rollout();

    /**
     * Closes channels, sinks and store. Calls that wait end with {@link GuardUnavailableException}, as does every later
     * call. Closing twice is harmless.
     */
    @Override
    void close();
}
