package io.jitapproval;

import java.util.Locale;

/**
 * Why something was permitted, refused or not yet decided. Each constant has a stable code and a stable word; both appear
 * in messages and records and never change their meaning.
 */
public enum Reason {
    /** An {@code allow} rule matched and nothing asked for more. */
    POLICY_ALLOWED("JIT-100", "policy allows it"),
    /** An {@code auto-approve} rule answered in people's place. */
    AUTO_APPROVED("JIT-101", "approved by rule"),
    /** The people that policy asked agreed. */
    APPROVED("JIT-102", "approved by people"),
    /** The grant is given back by this call. */
    GIVEN_BACK("JIT-103", "given back now"),
    /** The grant is revoked by this call. */
    REVOKED("JIT-104", "revoked now"),
    /** The requester broke the glass: it runs in an emergency, without approval, and leaves a debt. */
    BREAK_GLASS("JIT-110", "run in an emergency, without approval"),
    /** The review of an emergency is counted. */
    DEBT_REVIEWED("JIT-111", "the review counts"),
    /** The action is not enforced yet: it ran whatever policy says. */
    OBSERVED("JIT-112", "let through: the action is only observed"),
    /** The action is not guarded at all: it runs, and policy is not asked. */
    SWITCHED_OFF("JIT-113", "let through: the action is switched off"),
    /** What came of an action is on record. */
    OUTCOME_REPORTED("JIT-114", "the outcome is on record"),
    /** The rule answers nobody in people's place, until a person resumes it. */
    RULE_SUSPENDED("JIT-115", "the rule is suspended"),
    /** The rule answers in people's place again. */
    RULE_RESUMED("JIT-116", "the rule is resumed"),
    /** What was asked of a suggestion has become of it. */
    SUGGESTION_MOVED("JIT-117", "the suggestion is where it was to go"),

    /** A {@code deny} rule matched, or might match because an attribute is unknown. */
    POLICY_DENIED("JIT-200", "policy denies it"),
    /** No rule matched and the document's default is deny. */
    NO_RULE_MATCHED("JIT-201", "no rule matches and the default is deny"),
    /** A person who was asked said no. */
    APPROVAL_DENIED("JIT-202", "a person who was asked said no"),
    /** Nobody, or not enough people, could approve: separation of duties and unresolved identities never lower the number needed. */
    APPROVAL_UNREACHABLE("JIT-203", "not enough people could approve it"),
    /** Approval is needed, but the directory does not know the requester, so that nobody can tell them from an approver. */
    REQUESTER_UNRESOLVED("JIT-211", "the people directory does not know the requester"),
    /** The requirement asks the requester for a reason and there was none. */
    REASON_REQUIRED("JIT-204", "policy asks for a reason and none was given"),
    /** The requester gave a reason that is not of the form that the requirement asks for. */
    REASON_UNFIT("JIT-212", "the reason is not of the form that policy asks for"),
    /** The requirement asks the requester for a ticket and there was none. */
    TICKET_REQUIRED("JIT-213", "policy asks for a ticket and none was given"),
    /** The requester named a ticket that is not of the form that the requirement asks for. */
    TICKET_UNFIT("JIT-214", "the ticket is not of the form that policy asks for"),
    /** Policy carries an obligation for which the guard has no handler. */
    OBLIGATION_UNKNOWN("JIT-215", "policy carries an obligation that nobody here can fulfil"),
    /** The rules say that their owners may not vote, but an owner cannot be resolved to a person. */
    OWNER_UNRESOLVED("JIT-216", "the people directory does not know the owner of a rule who may not vote"),
    /** Policy wants those who approved to be looked at again when the grant is used, and they could not approve any more. */
    APPROVERS_CHANGED("JIT-217", "those who approved may not approve it any more"),
    /** Nobody decided before the decide-by, and policy takes that as a denial. No person said no. */
    DENIED_BY_TIMEOUT("JIT-218", "nobody decided in time, which policy takes as a denial"),
    /** A request can be changed only to another call of the same action, on the same resource, by the same requester. */
    CHANGE_UNFIT("JIT-219", "a request cannot be changed to that"),
    /** The arguments about to run were not those that were frozen. */
    BINDING_MISMATCH("JIT-205", "the arguments changed after they were frozen"),
    /** {@code JitAssert} was reached by a way that did not go through the guard. */
    OUTSIDE_GUARD("JIT-206", "the action was reached without going through the guard"),
    /** Nobody could say who the subject is. */
    SUBJECT_UNRESOLVED("JIT-207", "it is unknown who acts"),
    /** The resource's template met a missing or blank value. */
    RESOURCE_UNRESOLVED("JIT-208", "it is unknown on what it would act"),
    /** An argument is of a type that cannot be frozen. */
    ARGUMENT_UNSUPPORTED("JIT-209", "an argument cannot be frozen"),
    /** Too many requests or grants are alive; nothing alive is ever dropped to make room. */
    STORE_FULL("JIT-210", "the grant store is full"),
    /** An emergency was asked for, and policy knows none for this action. */
    BREAK_GLASS_NOT_ALLOWED("JIT-220", "policy allows no emergency here"),
    /** An emergency was asked for by somebody whom policy does not allow it, or whom the people directory does not know. */
    BREAK_GLASS_NOT_YOURS("JIT-221", "policy allows an emergency, but not to this requester"),
    /** The requester's earlier emergency has not been reviewed in time. */
    BREAK_GLASS_DEBT("JIT-222", "an earlier emergency of this person is not reviewed, and overdue"),
    /** The alarm, or the review, of an emergency would find nobody other than the requester. */
    BREAK_GLASS_UNHEARD("JIT-223", "nobody else would hear the alarm, or could review the emergency"),
    /** The requester, or all requesters of the action together, asked people too often of late. */
    ASKED_TOO_OFTEN("JIT-224", "people were asked too often of late"),
    /** Too many requests of the requester wait for a decision. */
    TOO_MANY_PENDING("JIT-225", "too many requests of the requester are pending"),
    /** People denied the same call a short while ago. */
    COOLING_DOWN("JIT-226", "people denied the same call a short while ago"),

    /** Policy asks for people's approval; nobody has been asked yet. */
    APPROVAL_REQUIRED("JIT-300", "policy asks for approval"),
    /** People have been asked and have not decided yet. */
    APPROVAL_PENDING("JIT-301", "people have been asked and have not decided yet"),
    /** Nobody decided before the decide-by. Not a denial. */
    APPROVAL_EXPIRED("JIT-302", "nobody decided in time"),
    /** The requester withdrew the request. Not a denial. */
    APPROVAL_CANCELLED("JIT-303", "the request was withdrawn"),
    /** The approval was given but not used before its use-by. */
    APPROVAL_UNUSED("JIT-304", "the approval was not used in time"),
    /** The grant's time is over. */
    GRANT_EXPIRED("JIT-305", "the grant has expired"),
    /** Every use of the grant has begun. */
    GRANT_EXHAUSTED("JIT-306", "the grant is used up"),
    /** The grant was revoked. */
    GRANT_REVOKED("JIT-307", "the grant was revoked"),
    /** The grant was given back. */
    GRANT_RETURNED("JIT-308", "the grant was given back"),
    /** The grant is not valid yet. */
    GRANT_NOT_YET_VALID("JIT-309", "the grant is not valid yet"),
    /** Policy asks for more now than when the grant was given. */
    GRANT_OUTGROWN("JIT-310", "policy now asks for more than the grant was approved for"),
    /** There is no such approval request or grant. */
    UNKNOWN_ID("JIT-311", "there is no such request or grant"),
    /** A grant was asked for that would begin in the past or too far ahead. */
    START_UNFIT("JIT-312", "a grant cannot be asked for that begins then"),
    /** A grant was to be extended that this call does not hold, that was taken or given back, or that ended too long ago. */
    EXTENSION_UNFIT("JIT-313", "that grant cannot be extended by this call"),
    /** The vote sets a ceiling for what cannot be lowered, or one that is not lower than what was asked. */
    CEILING_UNFIT("JIT-314", "a vote can lower only a number that the action takes lower, to more than nothing"),
    /** A number was approved lower than the call asks, and the call would not take notice of that. */
    CEILING_LOWER("JIT-315", "less was approved than this call would use"),
    /** An outcome was reported of something that has not run. */
    NOTHING_RAN("JIT-316", "nothing has run on it"),
    /** No {@code auto-approve} rule of that id can be suspended, or none is. */
    RULE_UNKNOWN("JIT-317", "there is no such rule to suspend or resume"),
    /** The caller's key for the request was given to another call before. */
    KEY_TAKEN("JIT-320", "this key belongs to another request"),
    /** The call was to be kept and run on approval, and nobody here can run calls of its action. */
    REPLAY_UNKNOWN("JIT-321", "nobody here can run the call when it is approved"),
    /** The call was to be kept and run on approval, and has sensitive arguments. */
    REPLAY_SENSITIVE("JIT-322", "a call with sensitive arguments cannot be kept"),
    /** The call was kept, and another guard on the same store ran it. */
    REPLAYED_ELSEWHERE("JIT-323", "another process ran the kept call"),

    /** The audit sink refused, failed or did not answer within its time limit. */
    AUDIT_UNAVAILABLE("JIT-400", "the audit record could not be written"),
    /** The grant store failed. */
    STORE_UNAVAILABLE("JIT-401", "the grant store could not be reached"),
    /** Evaluating the policy, or resolving what it needs, failed. */
    POLICY_UNAVAILABLE("JIT-402", "the policy could not be evaluated"),
    /** The calling thread was interrupted while it waited. Its interrupt flag is kept. */
    INTERRUPTED("JIT-403", "the caller was interrupted while waiting"),
    /** The caller completed or cancelled the stage that it was given before the action could begin. */
    CALLER_GONE("JIT-407", "the caller gave up before it could run"),
    /** The guard has been closed. */
    GUARD_CLOSED("JIT-404", "the guard is closed"),
    /** The people directory failed. */
    PEOPLE_UNAVAILABLE("JIT-406", "the people directory could not be reached"),
    /** A handler of an obligation failed. */
    OBLIGATION_FAILED("JIT-408", "an obligation of policy could not be fulfilled"),
    /** The application could not compute what the action would do, so nobody was asked. */
    PREVIEW_UNAVAILABLE("JIT-415", "what the action would do could not be computed"),
    /** Anything else failed inside the guard. */
    GUARD_FAILED("JIT-405", "the guard failed"),

    /** The vote was counted. */
    VOTE_COUNTED("JIT-500", "the vote counts"),
    /** The voter cannot be resolved to a person. */
    VOTER_UNRESOLVED("JIT-501", "the voter cannot be resolved to a person"),
    /** The voter is not one of the people that the request asks. */
    VOTER_NOT_ELIGIBLE("JIT-502", "the voter is not among those who may decide"),
    /** The voter is the requester or acts for the requester. */
    SEPARATION_OF_DUTIES("JIT-503", "nobody decides on their own request"),
    /** This person has voted already; one person is one vote. */
    ALREADY_VOTED("JIT-504", "this person has voted already"),
    /** The request is no longer pending. */
    NOT_PENDING("JIT-505", "the request is no longer pending"),
    /** The vote names another version or digest than the request has: the voter was shown something else. */
    SHOWN_DIFFERS("JIT-506", "the voter was shown something else"),
    /** The vote would give more than was asked. */
    WIDER_THAN_ASKED("JIT-507", "a vote can narrow what is asked, never widen it"),
    /** Only the holder or the requester may do this. */
    NOT_THE_HOLDER("JIT-508", "only the one whom it belongs to may do this"),
    /** The requirement does not take votes by the channel that this one came by. */
    CHANNEL_NOT_ALLOWED("JIT-509", "votes on this request do not count by this channel"),
    /** The requirement asks for a voter who was authenticated in another way. */
    ASSURANCE_TOO_LOW("JIT-510", "the voter was not authenticated as this request asks for"),
    /** The reviewer cannot be resolved to a person. */
    REVIEWER_UNRESOLVED("JIT-530", "the reviewer cannot be resolved to a person"),
    /** The reviewer is not one of the people who are to review the emergency. */
    REVIEWER_NOT_ELIGIBLE("JIT-531", "the reviewer is not among those who may review it"),
    /** The reviewer is the one whose emergency it was, or acted for them. */
    OWN_DEBT("JIT-532", "nobody reviews their own emergency"),
    /** This person has reviewed the emergency already. */
    ALREADY_REVIEWED("JIT-533", "this person has reviewed it already"),
    /** The emergency has been reviewed by everybody who was needed. */
    DEBT_SETTLED("JIT-534", "the review is complete already"),
    /** A suspended rule is resumed by people alone, and the people directory knows nobody of this identity. */
    RESUMER_NO_PERSON("JIT-540", "only a person whom the people directory knows resumes a rule"),
    /** There is no suggestion of that id. */
    SUGGESTION_UNKNOWN("JIT-541", "there is no such suggestion"),
    /** The suggestion is not in the state that this needs, or has not been watched for long enough. */
    SUGGESTION_NOT_READY("JIT-542", "the suggestion cannot become that from what it is"),
    /** The suggestion was dismissed, and its evidence has not become another since. */
    SUGGESTION_DISMISSED("JIT-543", "the suggestion was dismissed and stays away"),
    /** The suggestion's certificate did not pass. */
    SUGGESTION_UNPROVED("JIT-544", "nothing is proved of the suggestion"),
    /** Whoever was to accept or resume is no user whom the people directory knows. */
    ACCEPTER_NO_PERSON("JIT-545", "only a user whom the people directory knows accepts"),
    /** Whoever was to accept, or had to agree to it, made requests that the suggestion would approve. */
    ACCEPTER_PROFITS("JIT-546", "nobody accepts what approves their own requests"),
    /** The history does not say whose requests the suggestion would approve. */
    BENEFICIARIES_UNKNOWN("JIT-547", "it is not known who profits, so nobody can accept"),
    /** A rule of the policy in force, the action's name or its risk closes the action to machines. */
    ACTION_CLOSED("JIT-548", "the action is closed to machines"),
    /** All accepted certificates of the period together would be wrong more likely than is allowed. */
    ERROR_BUDGET_SPENT("JIT-549", "the error budget does not allow one more"),
    /** The suggestion's rules are not such as may be accepted, or cannot stand beside the policy in force. */
    SUGGESTION_UNFIT("JIT-550", "the suggestion's rules do not fit"),
    /** Only a later stage, or an escalation that has not happened, asks this person. */
    NOT_OPEN_YET("JIT-511", "the stage that asks this person is not open yet"),
    /** The person or their stand-in has voted: together they are one. */
    PLACE_TAKEN("JIT-512", "this person or their stand-in has voted already"),
    /** The vote is taken back by this call. */
    VOTE_TAKEN_BACK("JIT-513", "the vote is taken back"),
    /** There is no vote of this person to take back. */
    NO_VOTE("JIT-514", "this person has no vote on it"),
    /** What was said is kept with the request. */
    NOTED("JIT-515", "it is noted"),
    /** The note has no text, or too much. */
    NOTE_UNFIT("JIT-516", "a note has some text, and at most 4000 characters"),
    /** No more can be said about the request. */
    TOO_MANY_NOTES("JIT-517", "too much has been said about it already"),
    /** Somebody stands in from now on, or from the time that was said. */
    STAND_IN_NAMED("JIT-518", "the stand-in is named"),
    /** Nobody stands in any more. */
    STAND_IN_ENDED("JIT-519", "nobody stands in any more"),
    /** There is nobody who stands in. */
    NO_STAND_IN("JIT-520", "there is no stand-in"),
    /** The principal or the stand-in cannot be resolved to a person. */
    STAND_IN_UNRESOLVED("JIT-521", "the one who is away or the stand-in cannot be resolved to a person"),
    /** Nobody stands in for themselves, not over others either. */
    STAND_IN_CIRCULAR("JIT-522", "nobody stands in for themselves, not over others either"),
    /** Too many people would stand in one for the other. */
    STAND_IN_CHAIN("JIT-523", "too many people would stand in one for the other"),
    /** The time is over already, ends before it begins, or is too long. */
    STAND_IN_PERIOD("JIT-524", "the time of a stand-in ends after it begins and after now, and is 31 days at most");

    private final String code;
    private final String text;
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Reason(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** {@return the stable code, such as {@code JIT-201}} */
    public String code() {
        return code;
    }

    /** {@return the stable word, such as {@code no-rule-matched}} */
    public String word() {
        return word;
    }

    /** {@return a short text for people, without a full stop} */
    public String text() {
        return text;
    }
}
