package io.jitapproval.core.policy;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Demand;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.core.ApprovalBuilder;
import io.jitapproval.core.Approvers;
import io.jitapproval.core.BreakGlassBuilder;
import io.jitapproval.core.GrantBuilder;
import io.jitapproval.core.PolicyBuilder;
import io.jitapproval.core.PolicyDocument;
import io.jitapproval.core.RuleBuilder;
import io.jitapproval.core.StageBuilder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Says a document again in Java: for each field and each operator the call that mirrors it. */
final class Replay {

    /** What was said, as {@code owner.field}. */
    final Set<String> said = new TreeSet<>();

    private final String forgotten;

    private Replay(String forgotten) {
        this.forgotten = forgotten;
    }

    static Replay whole() {
        return new Replay("");
    }

    /** The broken twin: leaves out one field or operator, wherever it stands. */
    static Replay without(String name) {
        return new Replay(name);
    }

    PolicyDocument document(Map<String, Object> document) {
        PolicyBuilder policy = start(document.get("default"));
        each("document", document, (name, value) -> {
            switch (name) {
                case "$schema" -> policy.schema((String) value);
                case "default" -> {}
                case "attributes" -> named(value, (path, type) -> policy.attribute(path, (String) type));
                case "calendars" -> named(value, (calendar, days) -> policy.calendar(calendar, days(days)));
                case "approvers" -> named(value, (group, people) -> policy.approvers(group, approvers(people)));
                case "conditions" ->
                    named(
                            value,
                            (condition, says) ->
                                    policy.condition(condition, new ReplayedConditions(this).condition(map(says))));
                case "rules" -> ((List<?>) value).forEach(rule -> rule(policy, map(rule)));
                default -> throw missing(name);
            }
        });
        return policy.build();
    }

    private PolicyBuilder start(Object byDefault) {
        if (forgotten.equals("document.default")) {
            return PolicyDocument.withoutDefault();
        }
        if (!(byDefault instanceof Map)) {
            return PolicyDocument.denyByDefault();
        }
        Map<String, Object> asks = new LinkedHashMap<>();
        each("default", map(byDefault), asks::put);
        return asks.containsKey("grant")
                ? PolicyDocument.askByDefault(
                        approval -> approval(approval, asks.getOrDefault("require-approval", Map.of())),
                        grant -> grant(grant, asks.get("grant")))
                : PolicyDocument.askByDefault(
                        approval -> approval(approval, asks.getOrDefault("require-approval", Map.of())));
    }

    private void rule(PolicyBuilder policy, Map<String, Object> document) {
        said.add("rule.id");
        policy.rule(
                forgotten.equals("rule.id") ? "forgotten" : (String) document.get("id"),
                rule -> each("rule", document, (name, value) -> {
                    switch (name) {
                        case "id", "approval" -> {}
                        case "actions" -> rule.actions(texts(value));
                        case "resources" -> rule.resources(texts(value));
                        case "when" -> rule.when(new ReplayedConditions(this).condition(map(value)));
                        case "effect" -> effect(rule, (String) value, document.get("approval"));
                        case "because" -> rule.because((String) value);
                        case "owner" -> rule.owner((String) value);
                        case "ticket" -> rule.ticket((String) value);
                        case "risk" -> rule.risk((String) value);
                        case "mode" -> mode(rule, (String) value);
                        case "notBefore" ->
                            rule.notBefore(OffsetDateTime.parse((String) value).toInstant());
                        case "expires" ->
                            rule.expires(OffsetDateTime.parse((String) value).toInstant());
                        case "obligations" -> ((List<?>) value).forEach(each -> obligation(rule, map(each)));
                        case "grant" -> rule.grant(grant -> grant(grant, value));
                        case "audit" -> rule.audit(((Number) value).doubleValue());
                        default -> throw missing(name);
                    }
                }));
    }

    private void effect(RuleBuilder rule, String effect, Object approval) {
        switch (effect) {
            case "allow" -> rule.allow();
            case "deny" -> rule.deny();
            case "auto-approve" -> rule.autoApprove();
            case "require-approval" ->
                rule.requireApproval(asked -> {
                    said.add("rule.approval");
                    if (!forgotten.equals("rule.approval")) {
                        approval(asked, approval);
                    }
                });
            default -> throw missing(effect);
        }
    }

    private static void mode(RuleBuilder rule, String mode) {
        switch (mode) {
            case "shadow" -> rule.shadow();
            case "enforce" -> rule.enforce();
            default -> throw missing(mode);
        }
    }

    private void obligation(RuleBuilder rule, Map<String, Object> document) {
        Map<String, Object> obligation = new LinkedHashMap<>();
        each("obligation", document, obligation::put);
        String id = (String) obligation.getOrDefault("id", "forgotten");
        if (obligation.containsKey("with")) {
            rule.obligation(id, map(obligation.get("with")));
        } else {
            rule.obligation(id);
        }
    }

    private void approval(ApprovalBuilder approval, Object document) {
        each("approval", map(document), (name, value) -> {
            switch (name) {
                case "by" -> approval.by(approvers(value));
                case "people" -> approval.people(((Number) value).intValue());
                case "any" -> each(value, way -> way(way, approval::way));
                case "stages" -> each(value, each -> approval.stage(stage -> stage(stage, each)));
                case "escalate" ->
                    each(
                            value,
                            each -> escalation(
                                    each, approval::escalate, approval::escalateInstead, approval::escalateBy));
                case "decideWithin" -> approval.decideWithin(Duration.parse((String) value));
                case "atDecideBy" -> approval.atDecideBy(AtDecideBy.valueOf(((String) value).toUpperCase(Locale.ROOT)));
                case "remindAfter" -> approval.remindAfter(Duration.parse((String) value));
                case "tell" -> tell(approval, map(value));
                case "denials" -> approval.denials(((Number) value).intValue());
                case "coolDown" -> approval.coolDown(Duration.parse((String) value));
                case "reason" -> demand(value, approval::reason, (pattern, hint) -> approval.reason(pattern, hint));
                case "ticket" -> demand(value, approval::ticket, (pattern, hint) -> approval.ticket(pattern, hint));
                case "channels" -> approval.channels(texts(value));
                case "assurance" -> approval.assurance(texts(value));
                case "authors" -> approval.authors(value.equals("allowed"));
                case "recheck" -> approval.recheck(value.equals("use"));
                case "autoApproval" -> approval.autoApproval(value.equals("allowed"));
                case "breakGlass" -> approval.breakGlass(glass -> breakGlass(glass, map(value)));
                default -> throw missing(name);
            }
        });
    }

    private void each(Object list, Consumer<Map<String, Object>> item) {
        ((List<?>) list).forEach(each -> item.accept(map(each)));
    }

    private void tell(ApprovalBuilder approval, Map<String, Object> document) {
        each("tell", document, (name, value) -> {
            switch (name) {
                case "atMost" -> approval.tellAtMost(((Number) value).intValue());
                case "first" -> approval.tellFirst(approvers(value));
                default -> throw missing(name);
            }
        });
    }

    private void breakGlass(BreakGlassBuilder glass, Map<String, Object> document) {
        each("breakGlass", document, (name, value) -> {
            switch (name) {
                case "by" -> glass.by(approvers(value));
                case "alarm" -> glass.alarm(approvers(value));
                case "within" -> glass.within(Duration.parse((String) value));
                case "review" -> glass.review(approvers(value));
                case "reviewWithin" -> glass.reviewWithin(Duration.parse((String) value));
                default -> throw missing(name);
            }
        });
    }

    private void stage(StageBuilder stage, Map<String, Object> document) {
        each("stage", document, (name, value) -> {
            switch (name) {
                case "by" -> stage.by(approvers(value));
                case "people" -> stage.people(((Number) value).intValue());
                case "any" -> each(value, way -> way(way, stage::way));
                case "step" -> stage.step(((Number) value).intValue());
                case "escalate" ->
                    each(value, each -> escalation(each, stage::escalate, stage::escalateInstead, stage::escalateBy));
                default -> throw missing(name);
            }
        });
    }

    private void way(Map<String, Object> document, BiConsumer<Approvers, Integer> say) {
        Map<String, Object> way = new LinkedHashMap<>();
        each("way", document, way::put);
        say.accept(
                way.containsKey("by") ? approvers(way.get("by")) : Approvers.person("forgotten"),
                ((Number) way.getOrDefault("people", 1)).intValue());
    }

    private interface WithPeople {
        void say(Duration after, Approvers by, String... channels);
    }

    private interface WithoutPeople {
        void say(Duration after, String... channels);
    }

    private void escalation(Map<String, Object> document, WithPeople also, WithPeople instead, WithoutPeople only) {
        Map<String, Object> escalation = new LinkedHashMap<>();
        each("escalation", document, escalation::put);
        Duration after = Duration.parse((String) escalation.getOrDefault("after", "PT59M"));
        String[] channels = escalation.containsKey("channels") ? texts(escalation.get("channels")) : new String[0];
        if (!escalation.containsKey("by")) {
            only.say(after, channels);
        } else if (Boolean.TRUE.equals(escalation.get("instead"))) {
            instead.say(after, approvers(escalation.get("by")), channels);
        } else {
            also.say(after, approvers(escalation.get("by")), channels);
        }
    }

    private void demand(Object value, Consumer<Demand> plain, BiConsumer<String, String> form) {
        if (value instanceof String word) {
            plain.accept(word.equals("required") ? Demand.REQUIRED : Demand.OPTIONAL);
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("pattern", "forgotten", "hint", "forgotten"));
        each("demand", map(value), fields::put);
        form.accept((String) fields.get("pattern"), (String) fields.get("hint"));
    }

    private Approvers approvers(Object value) {
        if (value instanceof List<?> list) {
            return Approvers.anyOf(list.stream().map(this::approvers).toArray(Approvers[]::new));
        }
        Map.Entry<String, Object> selector = map(value).entrySet().iterator().next();
        String name = (String) selector.getValue();
        said.add("selector." + selector.getKey());
        if (forgotten.equals("selector." + selector.getKey())) {
            return Approvers.person("forgotten");
        }
        return switch (selector.getKey()) {
            case "role" -> Approvers.role(name);
            case "group" -> Approvers.group(name);
            case "person" -> Approvers.person(name);
            case "attribute" -> Approvers.attribute(name);
            case "approvers" -> Approvers.named(name);
            default -> throw missing(selector.getKey());
        };
    }

    private void grant(GrantBuilder grant, Object document) {
        each("grant", map(document), (name, value) -> {
            switch (name) {
                case "within" -> grant.within(Duration.parse((String) value));
                case "useWithin" -> grant.useWithin(Duration.parse((String) value));
                case "uses" -> grant.uses(((Number) value).intValue());
                case "scope" -> grant.scope(GrantScope.valueOf(constant(value)));
                case "from" -> grant.from(GrantClock.valueOf(constant(value)));
                default -> throw missing(name);
            }
        });
    }

    private static String constant(Object word) {
        return ((String) word).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static TemporalAccessor[] days(Object days) {
        return Stream.of(texts(days))
                .map(day -> day.startsWith("--") ? (TemporalAccessor) MonthDay.parse(day) : LocalDate.parse(day))
                .toArray(TemporalAccessor[]::new);
    }

    private static void named(Object value, BiConsumer<String, Object> define) {
        map(value).forEach(define);
    }

    /** Each field but the one that is forgotten. */
    void each(String owner, Map<String, Object> fields, BiConsumer<String, Object> say) {
        fields.forEach((name, value) -> {
            said.add(owner + "." + name);
            if (!forgotten.equals(owner + "." + name)) {
                say.accept(name, value);
            }
        });
    }

    static AssertionError missing(String name) {
        return new AssertionError("the builder has nothing for '" + name + "', which the reader knows");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static String[] texts(Object list) {
        return ((List<?>) list).toArray(String[]::new);
    }
}
