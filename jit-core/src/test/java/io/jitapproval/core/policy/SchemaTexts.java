package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Shapes.described;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What editors show beside the fields of a policy. */
final class SchemaTexts {

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("document.$schema", "Where this schema is, for editors. Not looked at."),
            Map.entry(
                    "document.default",
                    "The answer where no rule counts: deny, or people who are asked. One of the documents of a policy says it."),
            Map.entry("document.rules", "The rules, in any order. May be empty."),
            Map.entry("document.approvers", "Approvers by name, for 'by' to use as {\"approvers\": name}."),
            Map.entry("document.conditions", "Conditions by name, to be used as {\"condition\": name}."),
            Map.entry("document.calendars", "Lists of days by name, for 'on' and 'except' of 'time'."),
            Map.entry(
                    "document.attributes",
                    "The types of the attributes that requests and resolvers carry. Only checks and editors look at it."),
            Map.entry("default.require-approval", "Who is asked where no rule counts."),
            Map.entry("default.grant", "What such an approval gives at most."),
            Map.entry("rule.id", "The rule's name, unique in the policy. It appears in decisions and in the record."),
            Map.entry(
                    "rule.actions",
                    "Names of actions, exact such as payment.refund, or beginnings that end in a star such as payment.*"),
            Map.entry("rule.resources", "Resources as type/id, or beginnings such as order/*. Left out: any."),
            Map.entry("rule.when", "The condition under which the rule counts. Left out: always."),
            Map.entry(
                    "rule.effect",
                    "deny: no, whatever else matches. require-approval: people must agree. auto-approve: the rule agrees in"
                            + " people's place, with a grant that has limits. allow: standing permission."),
            Map.entry(
                    "rule.because", "Why the rule is there, for the people who read a denial or decide on a request."),
            Map.entry("rule.approval", "Who is asked. Must be there for require-approval, and only there."),
            Map.entry("rule.grant", "What an approval gives at most. Only for require-approval and auto-approve."),
            Map.entry(
                    "rule.audit",
                    "The share, from 0 to 1 with at most 4 decimals, of what the rule would approve that goes to people all the same."
                            + " Only for auto-approve. Left out: 0."),
            Map.entry("rule.owner", "Who answers for the rule. For people."),
            Map.entry("rule.ticket", "Where the rule was decided. For people."),
            Map.entry("rule.notBefore", "The rule exists from then on: ISO 8601 with an offset."),
            Map.entry("rule.expires", "From then on the rule is gone: ISO 8601 with an offset."),
            Map.entry(
                    "rule.mode",
                    "shadow: the rule never counts, but decisions say what would be if it did. Left out: enforce."),
            Map.entry("rule.risk", "How much depends on what the rule is about. For people."),
            Map.entry("rule.obligations", "What is to be done with the decision, by the application."),
            Map.entry("obligation.id", "The name by which the application knows it."),
            Map.entry("obligation.with", "Data for it. Left out: none."),
            Map.entry("approval.by", "Anybody whom one of these names may approve."),
            Map.entry("approval.people", "How many different people have to approve."),
            Map.entry("approval.stages", "Instead of 'by' and 'people': several, each filled by different people."),
            Map.entry("approval.decideWithin", "How long they may take, at most 31 days: an ISO 8601 duration."),
            Map.entry("approval.reason", "Whether the requester has to give a reason, or the form that it must have."),
            Map.entry("approval.ticket", "Whether the requester has to name a ticket, or the form that it must have."),
            Map.entry(
                    "approval.channels",
                    "The channels by which votes may come, and which alone are told. Left out: any."),
            Map.entry(
                    "approval.assurance",
                    "How voters may have been authenticated, such as mfa: a vote carries one of these words. Left out: any."),
            Map.entry("approval.autoApproval", "Whether an auto-approve rule may answer in people's place."),
            Map.entry("approval.any", "Instead of 'by' and 'people': several ways to fill it, of which one is enough."),
            Map.entry("approval.escalate", "What happens when it stays open for a while. Never an approval."),
            Map.entry(
                    "approval.atDecideBy",
                    "What happens when nobody decided in time: deny, expire, or escalate and wait once more."),
            Map.entry(
                    "approval.remindAfter",
                    "How long after being told those who have not voted are reminded; then after twice that time, and so on."
                            + " Left out: never."),
            Map.entry("approval.tell", "Who is told of a request, among those who may decide."),
            Map.entry("approval.denials", "How many people's denials end the request."),
            Map.entry(
                    "approval.coolDown", "How long after a denial the same call is not asked again, at most 31 days."),
            Map.entry("approval.authors", "never: the owners of the rules that ask may not vote."),
            Map.entry(
                    "approval.recheck",
                    "use: those who approved must still be the ones to ask when the grant is used. vote: when they vote."),
            Map.entry("approval.breakGlass", "What is allowed in an emergency. Left out: nothing."),
            Map.entry("tell.atMost", "How many people are told when a stage opens. The others may vote all the same."),
            Map.entry("tell.first", "Whom to tell before others, such as those on call."),
            Map.entry("breakGlass.by", "Who may run without waiting for approval. They have to say why."),
            Map.entry("breakGlass.alarm", "Who is told at once, on all channels."),
            Map.entry("breakGlass.within", "How long the grant lasts, at most 4 hours."),
            Map.entry("breakGlass.review", "Who has to review it afterwards: another person than the one who did it."),
            Map.entry("breakGlass.reviewWithin", "How long they may take until the debt is overdue, at most 31 days."),
            Map.entry("way.by", "Anybody whom one of these names may approve."),
            Map.entry("way.people", "How many different people have to approve."),
            Map.entry("escalation.after", "How long after the stage opened: an ISO 8601 duration."),
            Map.entry("escalation.by", "Who may approve from then on too."),
            Map.entry(
                    "escalation.instead",
                    "true: in the place of those who could approve so far. Votes already cast count."),
            Map.entry("escalation.channels", "Channels that are told then as well."),
            Map.entry("stage.any", "Instead of 'by' and 'people': several ways to fill it, of which one is enough."),
            Map.entry(
                    "stage.step",
                    "Its place in the sequence: it opens when the stages of the steps before are filled."),
            Map.entry("stage.escalate", "What happens when it stays open for a while. Never an approval."),
            Map.entry("stage.by", "Anybody whom one of these names may approve in this stage."),
            Map.entry("stage.people", "How many different people have to approve in this stage."),
            Map.entry("demand.pattern", "A regular expression of RE2 that must fit the whole text."),
            Map.entry("demand.hint", "What to write, for people. They never see the pattern."),
            Map.entry("selector.role", "Everybody who has this role."),
            Map.entry("selector.group", "Every member of this group."),
            Map.entry("selector.person", "The person with this id."),
            Map.entry("selector.attribute", "Whoever this attribute of the request holds, such as resource.owner."),
            Map.entry("selector.approvers", "Those whom the document's 'approvers' have under this name."),
            Map.entry("grant.within", "How long it lasts, at most 366 days: an ISO 8601 duration."),
            Map.entry("grant.uses", "How many uses may begin."),
            Map.entry(
                    "grant.scope",
                    "exact: this call alone. resource: any such call on this resource. action: any such call."),
            Map.entry(
                    "grant.useWithin",
                    "How long the approval may stay unused, at most 366 days. Left out: as 'within'."),
            Map.entry("grant.from", "When 'within' begins: with the approval, or with the first use."),
            Map.entry("condition.all", "All of these conditions hold."),
            Map.entry("condition.any", "At least one of these conditions holds."),
            Map.entry("condition.not", "This condition does not hold. What is unknown stays unknown."),
            Map.entry("condition.condition", "The condition that the document's 'conditions' have under this name."),
            Map.entry("condition.subject", "The subject's roles."),
            Map.entry("condition.time", "The moment of the evaluation."),
            Map.entry("path", "What the request, or a resolver, says of this attribute."),
            Map.entry("path.subject.id", "The id of who acts."),
            Map.entry("path.subject.type", "The type of who acts."),
            Map.entry("path.action.name", "The name of the action."),
            Map.entry("path.resource.id", "The id of what is acted on."),
            Map.entry("path.resource.type", "The type of what is acted on."),
            Map.entry(
                    "comparison.ifAbsent",
                    "What the comparisons beside it are if the attribute is missing. Left out: unknown, which never"
                            + " loosens."),
            Map.entry("operand.attribute", "Another attribute, with whose value this one is compared."),
            Map.entry(
                    "time.inside", "Within this window of the day, which may go over midnight. At its end it is over."),
            Map.entry("time.outside", "Not within this window of the day."),
            Map.entry("time.days", "The days on which the window begins. Alone: the whole days."),
            Map.entry("time.on", "Only on the days of this calendar."),
            Map.entry("time.except", "Not on the days of this calendar."),
            Map.entry("time.zone", "Whose hours and days count, such as Europe/Berlin. Left out: UTC."));

    private SchemaTexts() {}

    static String of(String name) {
        String text = TEXTS.get(name);
        if (text == null) {
            throw new IllegalStateException("the schema does not say what '" + name + "' means: add it to SchemaTexts");
        }
        return text;
    }

    /** The fields that the reader knows, each with its meaning and what it takes. */
    static Map<String, Object> fields(String owner, List<String> known, Map<String, Object> shapes) {
        if (!shapes.keySet().equals(Set.copyOf(known))) {
            throw new IllegalStateException("of " + owner + " the reader knows " + known + ", but the schema "
                    + shapes.keySet() + ": say there what each takes");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : known) {
            @SuppressWarnings("unchecked")
            Map<String, Object> shape = (Map<String, Object>) shapes.get(name);
            properties.put(name, described(of(owner + "." + name), shape));
        }
        return properties;
    }
}
