package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Shapes.anyOf;
import static io.jitapproval.core.policy.Shapes.list;
import static io.jitapproval.core.policy.Shapes.named;
import static io.jitapproval.core.policy.Shapes.object;
import static io.jitapproval.core.policy.Shapes.preset;
import static io.jitapproval.core.policy.Shapes.ref;
import static io.jitapproval.core.policy.Shapes.shape;
import static io.jitapproval.core.policy.Shapes.text;
import static io.jitapproval.core.policy.Shapes.with;
import static io.jitapproval.core.policy.Shapes.words;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Course;
import io.jitapproval.Effect;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.LinearPattern;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema of policy documents, made from what the reader knows: its fields, words, bounds and operators. What it cannot
 * say, such as that an id stands once, {@link PolicySchemaTest} lists.
 */
final class PolicySchema {

    private static final String ASKS = Effect.REQUIRE_APPROVAL.word();

    private PolicySchema() {}

    static String json() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        return JsonMapper.builder()
                        .defaultPrettyPrinter(printer)
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(schema())
                + "\n";
    }

    static Map<String, Object> schema() {
        Map<String, Object> schema = shape(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "$id",
                "urn:jit-approval:policy:1",
                "title",
                "JIT Approval policy",
                "description",
                "Which actions may run, which may not, and which need people's approval first.");
        schema.putAll(document());
        schema.put("definitions", definitions());
        return schema;
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("default", byDefault());
        definitions.put("rule", rule());
        definitions.put("approval", approval());
        definitions.putAll(StageSchema.definitions());
        definitions.put("grant", grant());
        definitions.put("demand", anyOf(words(ApprovalReader.DEMANDED), demand()));
        definitions.put("selector", selector(true));
        definitions.put("selectors", anyOf(ref("selector"), list(ref("selector"))));
        definitions.put("namedSelector", selector(false));
        definitions.put("namedSelectors", anyOf(ref("namedSelector"), list(ref("namedSelector"))));
        definitions.put("obligation", obligation());
        definitions.put("data", data());
        definitions.putAll(ConditionSchema.definitions());
        definitions.put("text", text(Shapes.TEXT));
        definitions.put("moment", with(text(Shapes.MOMENT), "examples", List.of("2026-12-31T18:00:00+01:00")));
        return definitions;
    }

    private static Map<String, Object> document() {
        Map<String, Object> shapes = new LinkedHashMap<>();
        shapes.put("$schema", shape("type", "string"));
        shapes.put("default", ref("default"));
        shapes.put("rules", shape("type", "array", "items", ref("rule")));
        shapes.put("approvers", named(ref("namedSelectors")));
        shapes.put("conditions", named(ref("namedCondition")));
        shapes.put("calendars", named(list(text(Shapes.DAY_OF_CALENDAR))));
        shapes.put(
                "attributes",
                shape(
                        "type",
                        "object",
                        "propertyNames",
                        ref("path"),
                        "additionalProperties",
                        words(DefinitionsReader.TYPES)));
        return object(SchemaTexts.fields("document", DocumentReader.DOCUMENT, shapes), "rules");
    }

    private static Map<String, Object> byDefault() {
        Map<String, Object> shapes = new LinkedHashMap<>();
        shapes.put(ASKS, ref("approval"));
        shapes.put("grant", ref("grant"));
        return anyOf(
                words(List.of(Effect.DENY.word())),
                object(SchemaTexts.fields("default", DocumentReader.DEFAULT, shapes), ASKS));
    }

    private static Map<String, Object> rule() {
        Map<String, Object> shapes = new LinkedHashMap<>();
        for (String name : List.of("id", "because", "owner", "ticket")) {
            shapes.put(name, ref("text"));
        }
        shapes.put("actions", list(text(Shapes.ACTION)));
        shapes.put("resources", list(text(Shapes.RESOURCE)));
        shapes.put("when", ref("condition"));
        shapes.put("effect", words(RuleReader.EFFECTS));
        shapes.put("approval", ref("approval"));
        shapes.put("grant", ref("grant"));
        shapes.put(
                "audit", shape("type", "number", "minimum", 0, "maximum", 1, "multipleOf", new BigDecimal("0.0001")));
        shapes.put("notBefore", ref("moment"));
        shapes.put("expires", ref("moment"));
        shapes.put("mode", preset(words(RuleReader.MODES), RuleReader.MODES.get(0)));
        shapes.put("risk", words(RuleReader.RISKS));
        shapes.put("obligations", shape("type", "array", "items", ref("obligation")));
        Map<String, Object> rule =
                object(SchemaTexts.fields("rule", RuleReader.RULE, shapes), "id", "actions", "effect");
        rule.put(
                "allOf",
                List.of(
                        shape(
                                "if",
                                effect(ASKS),
                                "then",
                                shape("required", List.of("approval")),
                                "else",
                                shape("properties", shape("approval", false))),
                        shape(
                                "if",
                                effect(Effect.DENY.word(), Effect.ALLOW.word()),
                                "then",
                                shape("properties", shape("grant", false, "audit", false))),
                        shape("if", effect(ASKS), "then", shape("properties", shape("audit", false)))));
        return rule;
    }

    private static Map<String, Object> effect(String... effects) {
        return shape("required", List.of("effect"), "properties", shape("effect", words(List.of(effects))));
    }

    private static Map<String, Object> approval() {
        Map<String, Object> shapes = new LinkedHashMap<>(StageSchema.parts());
        shapes.put("stages", list(ref("stage")));
        shapes.put("decideWithin", preset(ref("duration"), Requirement.DEFAULT_DECIDE_WITHIN.toString()));
        shapes.put(
                "atDecideBy",
                preset(words(ApprovalReader.ENDS), Course.DEFAULT.atDecideBy().word()));
        shapes.put("remindAfter", ref("duration"));
        shapes.put("tell", ref("tell"));
        shapes.put("denials", StageSchema.people(1));
        shapes.put("coolDown", preset(ref("durationOrZero"), Course.DEFAULT_COOL_DOWN.toString()));
        shapes.put("reason", preset(ref("demand"), ApprovalReader.DEMANDED.get(0)));
        shapes.put("ticket", preset(ref("demand"), ApprovalReader.DEMANDED.get(0)));
        shapes.put("channels", list(ref("text")));
        shapes.put("assurance", list(ref("text")));
        shapes.put("authors", preset(words(ApprovalReader.AUTHORS), ApprovalReader.AUTHORS.get(0)));
        shapes.put("recheck", preset(words(ApprovalReader.RECHECKS), ApprovalReader.RECHECKS.get(0)));
        shapes.put("autoApproval", preset(words(ApprovalReader.AUTOMATIC), ApprovalReader.AUTOMATIC.get(0)));
        shapes.put("breakGlass", ref("breakGlass"));
        Map<String, Object> none = new LinkedHashMap<>();
        StageSchema.parts().keySet().forEach(name -> none.put(name, false));
        return with(
                object(SchemaTexts.fields("approval", ApprovalReader.APPROVAL, shapes)),
                "if",
                shape("required", List.of("stages")),
                "then",
                shape("properties", none),
                "else",
                StageSchema.byOrAny());
    }

    private static Map<String, Object> demand() {
        Map<String, Object> pattern = shape("allOf", List.of(ref("text"), shape("maxLength", LinearPattern.LONGEST)));
        return object(
                SchemaTexts.fields("demand", ApprovalReader.DEMAND, shape("pattern", pattern, "hint", ref("text"))),
                "pattern",
                "hint");
    }

    private static Map<String, Object> selector(boolean mayName) {
        Map<String, Object> shapes = new LinkedHashMap<>();
        for (String kind : ApproversReader.KINDS) {
            boolean path = kind.equals(ApproverSelector.Kind.ATTRIBUTE.word());
            shapes.put(kind, ref(path ? "path" : "text"));
        }
        Map<String, Object> properties = SchemaTexts.fields("selector", ApproversReader.KINDS, shapes);
        if (!mayName) {
            properties.remove(ApproversReader.NAMED);
        }
        return with(object(properties), "minProperties", 1, "maxProperties", 1);
    }

    private static Map<String, Object> grant() {
        GrantTerms terms = GrantTerms.DEFAULT;
        Map<String, Object> shapes = new LinkedHashMap<>();
        shapes.put("within", preset(ref("duration"), terms.within().toString()));
        shapes.put(
                "uses", shape("type", "integer", "minimum", 1, "maximum", Integer.MAX_VALUE, "default", terms.uses()));
        shapes.put("scope", preset(words(GrantReader.SCOPES), terms.scope().word()));
        shapes.put("useWithin", ref("duration"));
        shapes.put("from", preset(words(GrantReader.CLOCKS), terms.clock().word()));
        return object(SchemaTexts.fields("grant", GrantReader.GRANT, shapes));
    }

    private static Map<String, Object> obligation() {
        Map<String, Object> shapes = shape("id", ref("text"), "with", named(ref("data")));
        return object(SchemaTexts.fields("obligation", RuleReader.OBLIGATION, shapes), "id");
    }

    private static Map<String, Object> data() {
        Map<String, Object> data = named(ref("data"));
        data.put("type", List.of("string", "number", "boolean", "array", "object"));
        data.put("items", ref("data"));
        return data;
    }
}
