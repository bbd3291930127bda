package io.jitapproval;

import java.util.List;

/**
 * Where rules that answer in people's place are suspended. A suspended {@code auto-approve} rule permits nothing: what it would have
 * approved goes to people, or the rest of policy decides. That counts for every later decision of every guard on the same store,
 * until a person resumes the rule. Where the store cannot be read, such rules permit nothing.
 *
 * <p>Suspending only tightens, so anybody may do it, machines too; resuming is for people. Who is calling must have been
 * authenticated by the caller, and whether this person may resume a rule is for the application to decide before it calls. Thread-safe.
 */
public interface Rules {

    /**
     * The rules that are suspended.
     *
     * @return the suspensions, in the order of the rules' ids
     * @throws GuardUnavailableException if the store fails
     */
    List<Suspension> suspended();

    /**
     * Suspends a rule. Grants that it has given answer no call any more that people have to decide.
     *
     * @param ruleId the id of an {@code auto-approve} rule of the policy in force
     * @param by     who suspends it: a person, or a system such as {@code new Ref("system", "monitor")}
     * @param why    why; may be empty
     * @return {@link Reason#RULE_SUSPENDED} if it is suspended, by this call or before it; {@link Reason#RULE_UNKNOWN} if the policy in
     *         force has no such rule
     * @throws GuardUnavailableException if store or sink fail; then nothing has changed
     */
    Reason suspend(String ruleId, Ref by, String why);

    /**
     * Lets a suspended rule answer again.
     *
     * @param ruleId the rule's id
     * @param by     the authenticated identity of the person who resumes it
     * @param why    why; may be empty
     * @return {@link Reason#RULE_RESUMED} if it answers again; {@link Reason#RESUMER_NO_PERSON} if {@code by} is of the type {@code system}
     *         or {@code service}, or resolves to nobody whom the people directory knows; {@link Reason#RULE_UNKNOWN} if no such rule is
     *         suspended
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    Reason resume(String ruleId, Ref by, String why);
}
