package io.jitapproval.core.cases;

import java.io.StringWriter;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** A report as JSON. */
final class ReportJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private ReportJson() {}

    static String of(Report report) {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator json = FACTORY.createGenerator(new Indented(), text)) {
            json.writeStartObject();
            json.writeBooleanProperty("good", report.isGood());
            json.writeNumberProperty("cases", report.cases());
            json.writeNumberProperty("failed", report.failed());
            json.writeArrayPropertyStart("files");
            report.files().forEach(file -> file(json, file));
            json.writeEndArray();
            json.writeArrayPropertyStart("coverage");
            report.coverage().forEach(coverage -> coverage(json, coverage));
            json.writeEndArray();
            json.writeNumberProperty("leastPercent", report.least());
            texts(json, "shortfalls", report.shortfalls());
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void file(JsonGenerator json, FileResult file) {
        json.writeStartObject();
        json.writeStringProperty("file", file.origin());
        json.writeArrayPropertyStart("cases");
        for (CaseResult each : file.cases()) {
            json.writeStartObject();
            json.writeStringProperty("name", each.name());
            json.writeNumberProperty("line", each.place().line());
            json.writeNumberProperty("column", each.place().column());
            json.writeNumberProperty("seconds", BigDecimal.valueOf(each.time().toMillis(), 3));
            json.writeBooleanProperty("passed", each.passed());
            texts(json, "differences", each.differences());
            json.writeStringProperty("explanation", each.explanation());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void coverage(JsonGenerator json, Coverage coverage) {
        json.writeStartObject();
        texts(json, "documents", coverage.documents());
        json.writeStringProperty("policy", coverage.policy());
        json.writeNumberProperty("exercised", coverage.exercised());
        json.writeNumberProperty("percent", coverage.percent());
        json.writeArrayPropertyStart("rules");
        for (RuleCoverage rule : coverage.rules()) {
            json.writeStartObject();
            json.writeStringProperty("rule", rule.rule());
            json.writeStringProperty("effect", rule.effect().word());
            json.writeBooleanProperty("shadow", rule.shadow());
            json.writeStringProperty("document", rule.document());
            json.writeNumberProperty("line", rule.place().line());
            json.writeBooleanProperty("exercised", rule.exercised());
            json.writeNumberProperty("decided", rule.decided());
            json.writeNumberProperty("matched", rule.matched());
            json.writeNumberProperty("unknown", rule.unknown());
            json.writeNumberProperty("notMatched", rule.notMatched());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Iterable<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /** One line for each value, whatever the platform's line end is. */
    private static final class Indented extends ObjectWriteContext.Base {

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            Separators colons = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
            return new DefaultPrettyPrinter(colons).withArrayIndenter(lines).withObjectIndenter(lines);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
