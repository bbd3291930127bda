package io.jitapproval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call in the making. Not thread-safe; each value can be set once, and each call freezes them anew.
 *
 * <pre>{@code
 * Receipt receipt = guard.attempt("payment.refund")
 *         .by(Subject.user("ana").with("roles", List.of("SUPPORT")))
 *         .on(Resource.of("order", orderId))
 *         .with("amount", amount)
 *         .because("double charge, ticket 8812")
 *         .call(() -> ledger.refund(orderId, amount));
 * }</pre>
 *
 * <p>The arguments given here are frozen, approved and checked again right before the action runs. The action itself is
 * the caller's lambda: it must use the very values that it names here.
 */
public interface Attempt {

    /** How far ahead a grant may begin: 31 days. */
    Duration LONGEST_AHEAD = Duration.ofDays(31);

    /** How many extensions there may be in a row: 10. */
    int MOST_EXTENSIONS = 10;

    /** How many characters a key may have: 200. */
    int LONGEST_KEY = 200;

    /**
     * Who acts. By default the guard's subject resolver says.
     *
     * @param subject the subject
     * @return this
     * @throws IllegalStateException if it was set before
     */
    Attempt by(Subject subject);

    /**
     * Who acts for the subject; may be called several times, nearest to the call first.
     *
     * @param actor for instance an AI agent or a service
     * @return this
     */
    Attempt through(Subject actor);

    /**
     * On what. By default {@link Resource#NONE}.
     *
     * @param resource the resource
     * @return this
     * @throws IllegalStateException if it was set before
     */
    Attempt on(Resource resource);

    /**
     * An argument: shown to approvers and part of what they approve.
     *
     * @param name  its name; not blank
     * @param value its value
     * @return this
     * @throws IllegalStateException if there is an argument of that name
     */
    Attempt with(String name, @Nullable Object value);

    /**
     * An argument that is shown nowhere but is part of what is approved, as {@link Sensitive}.
     *
     * @param name  its name; not blank
     * @param value its value
     * @return this
     * @throws IllegalStateException if there is an argument of that name
     */
    Attempt withSensitive(String name, @Nullable Object value);

    /**
     * An argument that is shown but not part of what is approved, as {@link Unbound}.
     *
     * @param name  its name; not blank
     * @param value its value
     * @return this
     * @throws IllegalStateException if there is an argument of that name
     */
    Attempt withUnbound(String name, @Nullable Object value);

    /**
     * An argument that an approval may lower, as {@link Ceiling}: shown to approvers and part of what they approve. The action has to read
     * back what it may use, with {@link #call(GuardedUseCall)}; otherwise it does not run where less was approved.
     *
     * @param name  its name; not blank
     * @param value its value: an {@link Integer}, {@link Long}, {@link java.math.BigInteger} or {@link java.math.BigDecimal}
     * @return this
     * @throws IllegalStateException    if there is an argument of that name
     * @throws IllegalArgumentException if the value is of another type
     */
    Attempt withCeiling(String name, Number value);

    /**
     * A circumstance for the policy; not part of what is approved.
     *
     * @param name  its name; not blank
     * @param value its value
     * @return this
     * @throws IllegalStateException if there is a circumstance of that name
     */
    Attempt inContext(String name, @Nullable Object value);

    /**
     * Why the caller wants it; shown to approvers.
     *
     * @param reason the reason
     * @return this
     * @throws IllegalStateException if it was set before
     */
    Attempt because(String reason);

    /**
     * The ticket that it belongs to; shown to approvers.
     *
     * @param ticket the ticket's name, such as {@code JIRA-123}
     * @return this
     * @throws IllegalStateException if it was set before
     */
    Attempt ticket(String ticket);

    /**
     * Says that this is an emergency: where policy asks for people's approval, has a {@link BreakGlass} and allows it to the
     * requester, the action runs without waiting for it. It leaves a {@link Debt} and an alarm; nothing else comes to it, neither a
     * denial of policy nor a fault. Where the action may run anyway, by policy or by a grant, it does so, and there is no emergency.
     * Stands for {@link #because} where that is not called.
     *
     * @param reason what the emergency is; at least {@link BreakGlass#SHORTEST_REASON} characters without the white space around it
     * @return this
     * @throws IllegalArgumentException if the reason is too short
     * @throws IllegalStateException    if it was set before
     */
    Attempt breakGlass(String reason);

    /**
     * The caller's own key for the request that this call may need, so that it is asked once however often it is sent. The same subject's
     * calls with this key and the same content join one request; with other content they are refused with {@link Reason#KEY_TAKEN},
     * as long as the approval of the first may still be used. Calls with different keys never join. By default calls of the same
     * content join.
     *
     * @param key the key; not blank, at most {@value #LONGEST_KEY} characters; kept and recorded as it is
     * @return this
     * @throws IllegalStateException    if it was set before
     * @throws IllegalArgumentException if it is blank or too long
     */
    Attempt key(String key);

    /**
     * Waits for people's decision ({@link Continuation#WAIT}) instead of ending at once with an {@link
     * ApprovalPendingException}.
     *
     * <p>Policy is asked again after the wait: with the subject as the guard's subject resolver sees it then, but with what {@link
     * #by} and {@link #inContext} said at first. {@link #callAsync} asks the resolver only once, on the calling thread.
     *
     * @param limit how long at most; positive, at most {@link Requirement#LONGEST_DECIDE_WITHIN}
     * @return this
     * @throws IllegalArgumentException if the limit is not positive or too long
     */
    Attempt waitAtMost(Duration limit);

    /**
     * {@link #submit} is to change a pending request into this one, instead of making another: for the requester who wants something else
     * than was asked first. The votes so far are gone, what has changed is noted, and people are asked anew; the time by which it has to be
     * decided stays, unless policy now asks for an earlier one. Only the same subject and actors may do it, for the same action on the same
     * resource, and only while the request is pending; neither a kept call nor an extension can be changed. It takes a token of the
     * requester's quota, as a new request does.
     *
     * @param requestId the id of the request to change
     * @return this
     * @throws IllegalStateException if it was set before
     */
    Attempt changing(String requestId);

    /**
     * When the grant is to begin, for {@link #submit}: what is needed tonight can be approved now. Approvers are shown it; the grant's length and
     * use-by count from then, or from the approval if that comes later. A call that is made earlier ends with an {@link
     * ApprovalPendingException} whose reason is {@link Reason#GRANT_NOT_YET_VALID}, and asks nobody again.
     *
     * @param start when; not in the past, and at most {@link #LONGEST_AHEAD} ahead, by the store's clock, or {@link #submit} is refused
     * @return this
     * @throws IllegalStateException if it was set before, or {@link #extending} was
     */
    Attempt startingAt(Instant start);

    /**
     * That {@link #submit} is to ask for a grant that goes on after another one: a new request, whose approvers are shown which grants went
     * before. The new grant begins when the other one ends, as far as that is known when it is asked; at once if that has ended. The other one
     * stays as it is. Only its holder may ask so, for a call that it covers, while it is active or has not been over for longer than its
     * own length, and not after it was revoked or given back; at most {@link #MOST_EXTENSIONS} times in a row.
     *
     * @param grantId the grant's id
     * @return this
     * @throws IllegalStateException if it was set before, or {@link #startingAt} was
     */
    Attempt extending(String grantId);

    /**
     * What policy says about it at this moment. Asks nobody, changes nothing, records nothing.
     *
     * @return the answer
     * @throws ActionDeniedException     if it is unknown who acts, or an argument cannot be frozen
     * @throws GuardUnavailableException if the policy cannot be evaluated or the guard is closed
     */
    Decision decide();

    /**
     * Asks for approval ahead of time, without running anything. Equal requests coalesce. Nobody is asked where a grant is there already
     * that can be used now or, with {@link #startingAt} or {@link #extending}, when the new one would begin.
     *
     * @return the approval request: pending, or approved if a rule answers it or a usable grant exists; empty if policy
     *         allows the action without a grant, or a usable grant exists whose request is no longer kept
     * @throws ActionDeniedException     if policy denies it, nobody could approve it, its start or the grant to extend is unfit, or the request
     *                                   that it was to change cannot be changed to this
     * @throws GuardUnavailableException if something inside the guard fails
     * @throws IllegalStateException     after {@link #breakGlass}: there is no emergency ahead of time
     */
    Optional<ApprovalRequest> submit();

    /**
     * Hands the call over: it is kept and runs once as soon as it may, by the executor that a guard on this store has for the action. That is
     * at once where policy allows it, a rule answers, or there is a usable grant. {@link Continuation#REPLAY} says what holds for it.
     *
     * @return a handle by whose id the request, if it needs one, and what becomes of the call are found; calls that join have one id
     * @throws ActionDeniedException     if policy denies it, nobody could approve it, this guard has no executor for the action ({@link
     *                                   Reason#REPLAY_UNKNOWN}), an argument is sensitive ({@link Reason#REPLAY_SENSITIVE}) or
     *                                   cannot be frozen
     * @throws GuardUnavailableException if something inside the guard fails
     */
    RequestHandle replay();

    /**
     * Runs the action if it may run, and otherwise throws.
     *
     * @param action the action; called at most once, on the calling thread
     * @param <T>    what it returns
     * @param <X>    what it may throw
     * @return the action's result
     * @throws X                          as the action does
     * @throws ActionDeniedException      if policy or a person denies it
     * @throws ApprovalPendingException   if people have been asked and have not decided (within the wait limit)
     * @throws ApprovalExpiredException   if nobody decided in time while this call waited
     * @throws ApprovalCancelledException if the request was withdrawn while this call waited
     * @throws GuardUnavailableException  if something inside the guard fails
     */
    <T extends @Nullable Object, X extends Exception> T call(GuardedCall<T, X> action) throws X;

    /**
     * As {@link #call(GuardedCall)}, for an action that is content with less than was asked.
     *
     * <pre>{@code
     * guard.attempt("payment.refund")
     *         .withCeiling("amount", amount)
     *         .call(use -> ledger.refund(orderId, use.number("amount")));
     * }</pre>
     *
     * @param action the action; called at most once, on the calling thread
     * @param <T>    what it returns
     * @param <X>    what it may throw
     * @return the action's result
     * @throws X as the action does; otherwise as {@link #call(GuardedCall)}
     */
    <T extends @Nullable Object, X extends Exception> T call(GuardedUseCall<T, X> action) throws X;

    /**
     * As {@link #call(GuardedCall)}, for an action that returns nothing.
     *
     * @param action the action; called at most once, on the calling thread
     * @param <X>    what it may throw
     * @throws X as the action does; otherwise as {@link #call(GuardedCall)}
     */
    <X extends Exception> void run(GuardedRun<X> action) throws X;

    /**
     * As {@link #call(GuardedCall)}, for an action that returns a stage. Subject and arguments are taken on the calling thread; no
     * thread is held while people decide.
     *
     * @param action the action; called at most once, on the calling thread or on one of the guard's
     * @param <T>    what the stage completes with
     * @return a stage that completes as the action's stage does, or fails with what {@link #call(GuardedCall)} would throw; nothing is
     *         thrown from this method itself
     */
    <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action);
}
