package io.jitapproval.core;

import io.jitapproval.ApproverSelector;
import io.jitapproval.BreakGlass;
import io.jitapproval.Course;
import io.jitapproval.Demand;
import io.jitapproval.Escalation;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.VoteTerms;
import io.jitapproval.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A requirement as JSON, in the words of policy documents; what a rule did not say stands there with its default. */
final class RequirementJson {

    private RequirementJson() {}

    static Map<String, Object> of(Requirement requirement) {
        VoteTerms votes = requirement.votes();
        Course course = requirement.course();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stages", list(requirement.stages(), RequirementJson::stage));
        json.put("decideWithin", requirement.decideWithin().toString());
        json.put("atDecideBy", course.atDecideBy().word());
        course.remindAfter().ifPresent(after -> json.put("remindAfter", after.toString()));
        Map<String, Object> tell = new LinkedHashMap<>();
        tell.put("atMost", course.tellAtMost());
        if (!course.tellFirst().isEmpty()) {
            tell.put("first", selectors(course.tellFirst()));
        }
        json.put("tell", tell);
        json.put("denials", votes.denials());
        json.put("coolDown", course.coolDown().toString());
        json.put("useWithin", requirement.useWithin().toString());
        json.put("reason", demand(requirement.reason()));
        json.put("ticket", demand(requirement.ticket()));
        votes.channels().ifPresent(channels -> json.put("channels", List.copyOf(channels)));
        votes.assurance().ifPresent(assurance -> json.put("assurance", List.copyOf(assurance)));
        json.put("authors", votes.noAuthors() ? "never" : "allowed");
        json.put("recheck", votes.recheck() ? "use" : "vote");
        json.put("autoApproval", requirement.closedToMachines() ? "never" : "allowed");
        requirement.breakGlass().ifPresent(glass -> json.put("breakGlass", breakGlass(glass)));
        json.put("grant", grant(requirement.grant()));
        return json;
    }

    private static Map<String, Object> grant(GrantTerms terms) {
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("scope", terms.scope().word());
        grant.put("within", terms.within().toString());
        grant.put("uses", terms.uses());
        grant.put("from", terms.clock().word());
        return grant;
    }

    private static Map<String, Object> stage(Stage stage) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (stage.ways().size() == 1) {
            json.putAll(way(stage.ways().iterator().next()));
        } else {
            json.put("any", list(stage.ways(), RequirementJson::way));
        }
        json.put("step", stage.rank());
        if (!stage.escalations().isEmpty()) {
            json.put("escalate", list(stage.escalations(), RequirementJson::escalation));
        }
        return json;
    }

    private static Map<String, Object> way(Way way) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("by", selectors(way.by()));
        json.put("people", way.people());
        return json;
    }

    private static Map<String, Object> escalation(Escalation escalation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("after", escalation.after().toString());
        if (!escalation.by().isEmpty()) {
            json.put("by", selectors(escalation.by()));
            json.put("instead", escalation.replaces());
        }
        if (!escalation.channels().isEmpty()) {
            json.put("channels", List.copyOf(escalation.channels()));
        }
        return json;
    }

    private static Map<String, Object> breakGlass(BreakGlass glass) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("by", list(glass.by(), RequirementJson::way));
        json.put("alarm", selectors(glass.alarm()));
        json.put("within", glass.within().toString());
        json.put("review", list(glass.review(), RequirementJson::way));
        json.put("reviewWithin", glass.reviewWithin().toString());
        return json;
    }

    private static List<Object> selectors(Collection<ApproverSelector> selectors) {
        return list(selectors, by -> Map.of(by.kind().word(), by.name()));
    }

    private static Object demand(Demand demand) {
        if (demand.forms().isEmpty()) {
            return demand.required() ? "required" : "optional";
        }
        return list(demand.forms(), form -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("pattern", form.pattern());
            json.put("hint", form.hint());
            return json;
        });
    }

    private static <T> List<Object> list(Collection<T> items, Function<T, Object> each) {
        List<Object> list = new ArrayList<>();
        items.forEach(item -> list.add(each.apply(item)));
        return list;
    }
}
