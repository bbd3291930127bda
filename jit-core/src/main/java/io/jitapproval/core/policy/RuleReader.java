package io.jitapproval.core.policy;

import io.jitapproval.Effect;
import io.jitapproval.Obligation;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.RuleSpec.About;
import io.jitapproval.core.policy.RuleSpec.Mode;
import io.jitapproval.core.policy.RuleSpec.Origin;
import io.jitapproval.core.policy.RuleSpec.Risk;
import io.jitapproval.core.policy.RuleSpec.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one rule after the other. */
final class RuleReader {

    static final List<String> RULE = FieldOrder.RULE.names();
    static final List<String> OBLIGATION = List.of("id", "with");
    static final List<String> EFFECTS =
            Arrays.stream(Effect.values()).map(Effect::word).toList();
    static final List<String> MODES = List.of("enforce", "shadow");
    static final List<String> RISKS =
            Arrays.stream(Risk.values()).map(Risk::word).toList();

    /** Of a share. */
    private static final int MOST_DECIMALS = 4;

    private final PolicyReader.Shared shared;
    private final Problems problems;
    private final ApprovalReader approvals;
    private final ConditionReader conditions;

    RuleReader(PolicyReader.Shared shared, Problems problems, ApprovalReader approvals, ConditionReader conditions) {
        this.shared = shared;
        this.problems = problems;
        this.approvals = approvals;
        this.conditions = conditions;
    }

    /** The rule; empty, with a problem, if it has no id or effect. */
    Optional<RuleSpec> read(Node node) {
        Fields fields = Fields.of(node, problems, "a rule", RULE);
        if (fields == null) {
            return Optional.empty();
        }
        String id = id(fields);
        Effect effect = effect(fields);
        List<String> actions = actions(fields);
        List<ResourcePattern> resources = resources(fields);
        Node when = fields.get("when");
        Condition condition = when == null ? null : conditions.read(when, "'when'");
        About about = about(fields);
        Mode mode = "shadow".equals(fields.word("mode", MODES)) ? Mode.SHADOW : Mode.ENFORCE;
        Validity validity = validity(fields);
        List<Obligation> obligations = obligations(fields.get("obligations"));
        Optional<Requirement> requirement = effect == null ? Optional.empty() : requirement(fields, effect);
        return id == null || effect == null
                ? Optional.empty()
                : Optional.of(new RuleSpec(
                        id,
                        actions,
                        resources,
                        condition,
                        effect,
                        requirement,
                        obligations,
                        validity,
                        mode,
                        audit(fields, effect),
                        about,
                        new Origin(shared.origin(), node.place())));
    }

    private BigDecimal audit(Fields fields, Effect effect) {
        Node node = fields.get("audit");
        if (node == null) {
            return BigDecimal.ZERO;
        }
        if (effect != Effect.AUTO_APPROVE) {
            problems.add(
                    Code.NOT_HERE,
                    fields.key("audit"),
                    "'audit' stands in a rule whose effect is '" + effect.word()
                            + "': only auto-approve answers in people's place");
        }
        if (!(node instanceof Node.Num number)) {
            problems.wrongType(node, "'audit'", "a number from 0 to 1, such as 0.1");
            return BigDecimal.ZERO;
        }
        BigDecimal share = number.value().stripTrailingZeros();
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || share.scale() > MOST_DECIMALS) {
            problems.add(
                    Code.NUMBER,
                    node,
                    "'audit' must be a share from 0 to 1 with at most " + MOST_DECIMALS + " decimals, but was "
                            + node.show());
        }
        return share;
    }

    private About about(Fields fields) {
        String because = fields.text("because");
        String risk = fields.has("risk") ? fields.word("risk", RISKS) : null;
        return new About(
                because == null ? "" : because,
                fields.text("owner"),
                fields.text("ticket"),
                Arrays.stream(Risk.values())
                        .filter(each -> each.word().equals(risk))
                        .findFirst()
                        .orElse(null));
    }

    private @Nullable Validity validity(Fields fields) {
        Instant notBefore = moment(fields, "notBefore");
        Instant expires = moment(fields, "expires");
        if (notBefore != null && expires != null && !expires.isAfter(notBefore)) {
            problems.add(
                    Code.MOMENT,
                    fields.key("expires"),
                    "'expires' " + expires + " is not after 'notBefore' " + notBefore + ": the rule would never exist");
        }
        return notBefore == null && expires == null ? null : new Validity(notBefore, expires);
    }

    private @Nullable Instant moment(Fields fields, String name) {
        String text = fields.text(name);
        Node node = fields.get(name);
        if (text == null || node == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            problems.add(
                    Code.MOMENT,
                    node,
                    "'" + name + "' " + Words.quote(text)
                            + " is not a time with its offset: write one such as \"2026-12-31T18:00:00Z\" or"
                            + " \"2026-12-31T18:00:00+01:00\"");
            return null;
        }
    }

    private List<Obligation> obligations(@Nullable Node node) {
        List<Obligation> obligations = new ArrayList<>();
        if (node != null && !(node instanceof Node.Arr)) {
            problems.wrongType(node, "'obligations'", "a list such as [{\"id\": \"mask-columns\"}]");
        }
        for (Node item : node instanceof Node.Arr array ? array.items() : List.<Node>of()) {
            Fields fields = Fields.of(item, problems, "an obligation", OBLIGATION);
            if (fields == null || fields.required("id", "\"id\": \"mask-columns\"") == null) {
                continue;
            }
            String id = fields.text("id");
            Node with = fields.get("with");
            Map<String, Object> data = new LinkedHashMap<>();
            if (with instanceof Node.Obj object) {
                data = data(object);
            } else if (with != null) {
                problems.wrongType(with, "'with'", "an object");
            }
            if (id != null) {
                obligations.add(new Obligation(id, data));
            }
        }
        return obligations;
    }

    private Map<String, Object> data(Node.Obj object) {
        Map<String, Object> data = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> {
            if (Fields.text(new Node.Str(field.key(), name), "with", problems) != null) {
                value(field.value()).ifPresent(value -> data.put(name, value));
            }
        });
        return data;
    }

    private Optional<Object> value(Node node) {
        if (node instanceof Node.Obj object) {
            return Optional.of(data(object));
        }
        if (node instanceof Node.Arr array) {
            return Optional.of(array.items().stream()
                    .map(this::value)
                    .flatMap(Optional::stream)
                    .toList());
        }
        if (node instanceof Node.Str text) {
            return Optional.of(text.value());
        }
        if (node instanceof Node.Num number) {
            return Optional.of(number.value());
        }
        if (node instanceof Node.Bool bool) {
            return Optional.of(bool.value());
        }
        problems.wrongType(node, "the data of an obligation", "text, a number, true or false, a list or an object");
        return Optional.empty();
    }

    private @Nullable String id(Fields fields) {
        if (fields.required("id", "\"id\": \"refund-large\", a name of its own") == null) {
            return null;
        }
        String id = fields.text("id");
        Node node = fields.get("id");
        if (id == null || node == null) {
            return null;
        }
        String first = shared.claim(id, node.place());
        if (first != null) {
            problems.add(
                    Code.DUPLICATE_ID, node, "the rule in " + first + " has the id " + Words.quote(id) + " already");
        }
        return id;
    }

    private @Nullable Effect effect(Fields fields) {
        Node node = fields.required("effect", "\"effect\": " + Words.list(EFFECTS));
        String word = node == null ? null : fields.text("effect");
        if (node == null || word == null) {
            return null;
        }
        for (Effect effect : Effect.values()) {
            if (effect.word().equals(word)) {
                return effect;
            }
        }
        problems.add(Code.EFFECT, node, "unknown effect " + Words.quote(word) + Words.hint(word, EFFECTS));
        return null;
    }

    private List<String> actions(Fields fields) {
        fields.required("actions", "\"actions\": [\"payment.refund\"], or [\"payment.*\"] for all that begin so");
        List<String> actions = new ArrayList<>();
        for (Node.Str text : fields.texts("actions")) {
            int star = text.value().indexOf('*');
            if (star >= 0 && star < text.value().length() - 1) {
                problems.add(
                        Code.ACTION,
                        text,
                        "the action " + text.show() + " has its * elsewhere than at its end, where alone it can stand");
            }
            actions.add(text.value());
        }
        return actions;
    }

    private List<ResourcePattern> resources(Fields fields) {
        List<ResourcePattern> resources = new ArrayList<>();
        for (Node.Str text : fields.texts("resources")) {
            String pattern = text.value();
            int star = pattern.indexOf('*');
            if (star >= 0 && star < pattern.length() - 1) {
                problems.add(
                        Code.RESOURCE,
                        text,
                        "the resource " + text.show()
                                + " has its * elsewhere than at its end, where alone it can stand");
            } else if (star < 0 && pattern.indexOf('/') < 0) {
                problems.add(
                        Code.RESOURCE,
                        text,
                        "the resource " + text.show()
                                + " reads neither type/id nor ends in *: for all of a type write '"
                                + Words.clean(pattern, 40) + "/*'");
            }
            resources.add(new ResourcePattern(star < 0 ? pattern : pattern.substring(0, star), star >= 0));
        }
        return resources;
    }

    private Optional<Requirement> requirement(Fields fields, Effect effect) {
        boolean asks = effect == Effect.REQUIRE_APPROVAL;
        if (!asks && fields.has("approval")) {
            problems.add(
                    Code.NOT_HERE,
                    fields.key("approval"),
                    "'approval' stands in a rule whose effect is '" + effect.word()
                            + "': only require-approval asks people");
        }
        if (!asks && effect != Effect.AUTO_APPROVE && fields.has("grant")) {
            problems.add(
                    Code.NOT_HERE,
                    fields.key("grant"),
                    "'grant' stands in a rule whose effect is '" + effect.word()
                            + "': only require-approval and auto-approve give grants");
        }
        if (effect == Effect.AUTO_APPROVE) {
            return GrantReader.automatic(fields.get("grant"), problems);
        }
        if (!asks) {
            return Optional.empty();
        }
        Node approval = fields.required("approval", "\"approval\": {\"by\": {\"role\": \"FINANCE_MANAGER\"}}");
        return approval == null ? Optional.empty() : approvals.asked(approval, fields.get("grant"));
    }
}
