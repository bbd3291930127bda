package io.jitapproval.test;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A sentence about what one person answers, begun by {@link FakeApprover#as(String)}: first when, how often and how late, then
 * what. A sentence that does not end with an answer fails a {@link JitTest}. Not thread-safe.
 */
public final class Answer {

    private final FakeApprover approver;
    private final Script script;
    private final Ref voter;
    private Predicate<ApprovalRequest> when = request -> true;
    private Duration delay = Duration.ZERO;
    private boolean once;
    private String[] assurance = {};

    Answer(FakeApprover approver, Script script, Ref voter) {
        this.approver = approver;
        this.script = script;
        this.voter = voter;
    }

    /**
     * Only to some requests. Several conditions all have to hold.
     *
     * @param condition which requests
     * @return this
     */
    public Answer when(Predicate<ApprovalRequest> condition) {
        when = when.and(requireNonNull(condition, "condition"));
        return this;
    }

    /**
     * So much later than the request arrives, by the guard's clock.
     *
     * @param howLong how much later; not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Answer after(Duration howLong) {
        if (howLong.isNegative()) {
            throw new IllegalArgumentException("an answer cannot come " + howLong + " after the question");
        }
        delay = howLong;
        return this;
    }

    /**
     * Only to one request; then this rule is forgotten.
     *
     * @return this
     */
    public Answer once() {
        once = true;
        return this;
    }

    /**
     * By somebody who was authenticated in these ways, for policies that ask for some assurance.
     *
     * @param words words for them, such as {@code mfa}
     * @return this
     */
    public Answer authenticatedBy(String... words) {
        assurance = words.clone();
        return this;
    }

    /**
     * The person approves.
     *
     * @return the approver
     */
    public FakeApprover approve() {
        return answer(Vote::approve);
    }

    /**
     * The person approves on narrower terms.
     *
     * @param narrower the terms
     * @return the approver
     */
    public FakeApprover approve(GrantTerms narrower) {
        requireNonNull(narrower, "narrower");
        return answer((request, who) -> Vote.approve(request, who).narrowedTo(narrower));
    }

    /**
     * The person denies.
     *
     * @param reason why; may be empty
     * @return the approver
     */
    public FakeApprover deny(String reason) {
        requireNonNull(reason, "reason");
        return answer((request, who) -> Vote.deny(request, who, reason));
    }

    /**
     * The person abstains.
     *
     * @return the approver
     */
    public FakeApprover abstain() {
        return answer(Vote::abstain);
    }

    private FakeApprover answer(Script.Ballot ballot) {
        String[] words = assurance;
        Script.Ballot carried = words.length == 0
                ? ballot
                : (request, who) -> ballot.vote(request, who).authenticatedBy(words);
        script.add(voter, new Script.Rule(when, delay, once, carried));
        approver.answerWaiting();
        return approver;
    }
}
