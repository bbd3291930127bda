package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Shapes.list;
import static io.jitapproval.core.policy.Shapes.object;
import static io.jitapproval.core.policy.Shapes.preset;
import static io.jitapproval.core.policy.Shapes.ref;
import static io.jitapproval.core.policy.Shapes.shape;
import static io.jitapproval.core.policy.Shapes.with;

import io.jitapproval.Course;
import io.jitapproval.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of the schema that says who is asked, who is told, and what is allowed in an emergency. */
final class StageSchema {

    private StageSchema() {}

    static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        Map<String, Object> stage = new LinkedHashMap<>(parts());
        stage.put("step", shape("type", "integer", "minimum", 1, "maximum", Stage.MOST, "default", 1));
        definitions.put(
                "stage",
                with(object(SchemaTexts.fields("stage", StagesReader.STAGE, stage)), "allOf", List.of(byOrAny())));
        definitions.put(
                "way",
                object(
                        SchemaTexts.fields("way", StagesReader.WAY, shape("by", ref("selectors"), "people", people(1))),
                        "by"));
        Map<String, Object> escalation = new LinkedHashMap<>();
        escalation.put("after", ref("duration"));
        escalation.put("by", ref("selectors"));
        escalation.put("instead", shape("type", "boolean", "default", false));
        escalation.put("channels", list(ref("text")));
        definitions.put(
                "escalation",
                with(
                        object(SchemaTexts.fields("escalation", StagesReader.ESCALATION, escalation), "after"),
                        "if",
                        shape("required", List.of("by")),
                        "else",
                        shape("required", List.of("channels"), "properties", shape("instead", false))));
        definitions.put(
                "tell",
                object(SchemaTexts.fields(
                        "tell",
                        ApprovalReader.TELL,
                        shape("atMost", people(Course.DEFAULT_TELL_AT_MOST), "first", ref("selectors")))));
        Map<String, Object> glass = new LinkedHashMap<>();
        glass.put("by", ref("selectors"));
        glass.put("alarm", ref("selectors"));
        glass.put("within", preset(ref("duration"), ApprovalReader.EMERGENCY.toString()));
        glass.put("review", ref("selectors"));
        glass.put("reviewWithin", preset(ref("duration"), ApprovalReader.REVIEW.toString()));
        definitions.put(
                "breakGlass",
                object(SchemaTexts.fields("breakGlass", ApprovalReader.BREAK_GLASS, glass), "by", "alarm", "review"));
        return definitions;
    }

    /** What an approval of one stage and a stage have alike. */
    static Map<String, Object> parts() {
        Map<String, Object> any = list(ref("way"));
        any.put("maxItems", Stage.MOST);
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("by", ref("selectors"));
        parts.put("people", people(1));
        parts.put("any", any);
        parts.put("escalate", shape("type", "array", "items", ref("escalation")));
        return parts;
    }

    static Map<String, Object> people(int preset) {
        return shape("type", "integer", "minimum", 1, "maximum", StagesReader.MOST_PEOPLE, "default", preset);
    }

    static Map<String, Object> byOrAny() {
        return shape(
                "if",
                shape("required", List.of("any")),
                "then",
                shape("properties", shape("by", false, "people", false)),
                "else",
                shape("required", List.of("by")));
    }
}
