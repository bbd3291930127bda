package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the record. Every change of state has exactly one; sensitive values appear only as salted commitments.
 *
 * @param time      when, by the store's clock; for what changes no request or grant, by the guard's
 * @param kind      what happened
 * @param subject   who wants to act
 * @param actors    who acts for the subject
 * @param action    the action's name
 * @param resource  on what
 * @param arguments the arguments as approvers see them; empty in records that only refer to a request or grant
 * @param requestId the approval request; absent for what policy allowed or denied outright
 * @param grantId   the grant; absent where there is none
 * @param use       the number of the use, or for a use without a grant its id; empty where there is none
 * @param by        who did it, where that is not the subject: the voter, the one who revoked
 * @param reason    why
 * @param rules     the ids of the rules that decided
 * @param policy    the version of the policy; empty where none was asked
 * @param binding   what ties request, votes, grant and uses together; empty for a use that policy allowed
 * @param details   what else belongs to this kind, by name: texts, numbers, lists
 */
public record AuditRecord(
        Instant time,
        Kind kind,
        Ref subject,
        List<Ref> actors,
        String action,
        Ref resource,
        List<ShownArgument> arguments,
        Optional<String> requestId,
        Optional<String> grantId,
        String use,
        Optional<Ref> by,
        Reason reason,
        List<String> rules,
        String policy,
        String binding,
        Map<String, Object> details) {

    /** What happened. */
    public enum Kind {
        /** An approval request was created. */
        REQUESTED,
        /** An equal call joined a pending request. */
        COALESCED,
        /** A channel took a notice. */
        NOTIFIED,
        /** A channel failed to take a notice. */
        NOTIFY_FAILED,
        /** A vote was counted. */
        VOTED,
        /** A vote was refused. */
        VOTE_REFUSED,
        /** A person took their vote back. */
        VOTE_TAKEN_BACK,
        /** Somebody said something about a request. */
        NOTED,
        /** The requester changed a request, and its votes are gone. */
        CHANGED,
        /** The stages of a request's next rank opened. */
        STAGE_OPENED,
        /** A request has waited for too long, and others may decide too, or instead. */
        ESCALATED,
        /** Those who have not voted are to be reminded. */
        REMINDED,
        /** A person named a stand-in; the details say who and for how long. */
        STAND_IN_NAMED,
        /** A person ended the time of their stand-in. */
        STAND_IN_ENDED,
        /** A request ended; the reason says how. */
        DECIDED,
        /** A grant was created. */
        GRANTED,
        /** A use begins: written before the action runs. */
        USE_BEGUN,
        /** A use ended; the details say how. */
        USE_ENDED,
        /** A call was refused. */
        DENIED,
        /** A grant ended before it was used up; the reason says how. */
        GRANT_ENDED,
        /** Somebody broke the glass: the alarm went out, and the debt is there. */
        BREAK_GLASS,
        /** Somebody reviewed an emergency; the details say what they found, and whether more reviews are needed. */
        DEBT_REVIEWED,
        /** A call of an action that is not enforced was let through; the details say what would have become of it. */
        OBSERVED,
        /** The guard starts with an action that is not enforced; the action's name may be a prefix that ends in an asterisk. */
        CONFIGURED,
        /** Grants were voided together; the details say which. */
        GRANTS_VOIDED,
        /** A rule answers nobody any more, until a person resumes it. */
        RULE_SUSPENDED,
        /** A person lets a suspended rule answer again. */
        RULE_RESUMED,
        /** The application said what came of what ran. */
        OUTCOME,
        /** Something became of a suggestion; the details say what, and which evidence it stands on. */
        SUGGESTION,
        /** A record that was given up as late was written after all: what it says did not take effect. */
        VOIDED;

        /** {@return the kind as a stable lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Checks that everything is there and copies the collections.
     *
     * @param time      as above
     * @param kind      as above
     * @param subject   as above
     * @param actors    as above
     * @param action    as above
     * @param resource  as above
     * @param arguments as above
     * @param requestId as above
     * @param grantId   as above
     * @param use       as above
     * @param by        as above
     * @param reason    as above
     * @param rules     as above
     * @param policy    as above
     * @param binding   as above
     * @param details   as above
     */
    public AuditRecord {
        requireNonNull(time, "time");
        requireNonNull(kind, "kind");
        requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        requireNonNull(action, "action");
        requireNonNull(resource, "resource");
        arguments = List.copyOf(arguments);
        requireNonNull(requestId, "requestId");
        requireNonNull(grantId, "grantId");
        requireNonNull(use, "use");
        requireNonNull(by, "by");
        requireNonNull(reason, "reason");
        rules = List.copyOf(rules);
        requireNonNull(policy, "policy");
        requireNonNull(binding, "binding");
        details = Collections.unmodifiableMap(details);
    }

    /** {@return kind, action, resource and subject; never an argument's value} */
    @Override
    public String toString() {
        return kind.word() + " " + action + " on " + resource + " by " + subject + ": " + reason.word();
    }
}
