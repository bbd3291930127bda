package io.jitapproval.core.analysis;

import io.jitapproval.Decision;
import io.jitapproval.core.analysis.PolicyDiff.Change;
import io.jitapproval.core.analysis.PolicyDiff.Side;
import io.jitapproval.core.analysis.PolicyDiff.Step;
import tools.jackson.core.JsonGenerator;

/** Writes a difference for programs. */
final class DiffJson {

    private DiffJson() {}

    static String write(PolicyDiff diff) {
        return ExampleJson.render(json -> {
            json.writeStartObject();
            json.writeStringProperty("before", diff.before());
            json.writeStringProperty("after", diff.after());
            json.writeBooleanProperty("moved", diff.moved());
            side(json, "easier", diff.easier(), false);
            side(json, "harder", diff.harder(), false);
            json.writeName("changes");
            json.writeStartArray();
            diff.changes().forEach(change -> change(json, change));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void change(JsonGenerator json, Change change) {
        json.writeStartObject();
        json.writeStringProperty("kind", change.kind().word());
        json.writeStringProperty("rule", change.rule());
        json.writeName("fields");
        ExampleJson.value(json, change.fields());
        side(json, "easier", change.easier(), true);
        side(json, "harder", change.harder(), true);
        json.writeEndObject();
    }

    private static void side(JsonGenerator json, String name, Side side, boolean whole) {
        json.writeName(name);
        json.writeStartObject();
        json.writeStringProperty("state", side.state().word());
        if (!side.why().isEmpty()) {
            json.writeStringProperty("why", side.why());
        }
        if (whole && side.step().isPresent()) {
            step(json, side.step().get());
        }
        json.writeEndObject();
    }

    private static void step(JsonGenerator json, Step step) {
        json.writeName("request");
        ExampleJson.write(json, step.example());
        if (!step.example().provided().isEmpty()) {
            json.writeName("provided");
            ExampleJson.value(json, step.example().provided());
        }
        if (!step.example().failing().isEmpty()) {
            json.writeName("failing");
            ExampleJson.value(json, step.example().failing());
        }
        answer(json, "before", step.before());
        answer(json, "after", step.after());
    }

    private static void answer(JsonGenerator json, String name, Decision decision) {
        json.writeName(name);
        json.writeStartObject();
        json.writeStringProperty("code", decision.reason().code());
        json.writeStringProperty("reason", decision.reason().word());
        json.writeName("rules");
        ExampleJson.value(json, decision.rules());
        json.writeStringProperty("text", DiffText.answer(decision));
        json.writeEndObject();
    }
}
