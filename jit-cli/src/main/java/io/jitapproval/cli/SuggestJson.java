package io.jitapproval.cli;

import io.jitapproval.core.feedback.evidence.Certificate;
import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.Insight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Suggestions for programs. */
final class SuggestJson {

    private static final MathContext DIGITS = new MathContext(8);

    private SuggestJson() {}

    static Map<String, @Nullable Object> of(String history, Learnt learnt, Findings findings) {
        Map<String, @Nullable Object> root = certificate(history, learnt, learnt.suggestions());
        root.put("tightening", findings.insights().stream().map(SuggestJson::insight).toList());
        return root;
    }

    /** What is proved, and of what. */
    static Map<String, @Nullable Object> certificate(String history, Learnt learnt, List<Suggestion> suggestions) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("v", 1);
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("name", history);
        source.put("decisions", learnt.decisions());
        source.put("evidence", learnt.used());
        source.put("approved", learnt.approved());
        source.put("leftOut", learnt.leftOut());
        source.put("from", learnt.from().toString());
        source.put("to", learnt.to().toString());
        root.put("history", source);
        learnt.model().ifPresent(model -> {
            Map<String, @Nullable Object> about = new LinkedHashMap<>();
            about.put("name", model.modelName());
            about.put("sha256", model.sha256());
            about.put("counts", model.size());
            root.put("model", about);
        });
        root.put("suggestions", suggestions.stream().map(SuggestJson::suggestion).toList());
        return root;
    }

    private static Map<String, @Nullable Object> suggestion(Suggestion each) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("id", each.id());
        root.put("form", each.form().name().toLowerCase(Locale.ROOT));
        root.put("action", each.action());
        root.put("suggested", each.passed());
        root.put("title", each.title());
        root.put("certificate", certificate(each.certificate()));
        each.novel().ifPresent(part -> root.put("novel", stratum(part)));
        Suggestion.Support support = each.evidence();
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        evidence.put("decisions", support.decisions());
        evidence.put("approved", support.approved());
        evidence.put("subjects", support.subjects());
        evidence.put("deciders", support.deciders());
        evidence.put("days", support.days());
        evidence.put("from", support.from().toString());
        evidence.put("to", support.to().toString());
        evidence.put("perWeek", number(support.perWeek()));
        support.medianWait().ifPresent(wait -> evidence.put("medianWaitSeconds", number(wait)));
        root.put("evidence", evidence);
        root.put("why", each.why());
        root.put("against", each.against());
        root.put("notCovered", each.notCovered());
        root.put("refusals", each.refusals());
        root.put("rules", each.rules().size());
        root.put("proposedExpiry", each.expires().toString());
        List<Object> curve = new ArrayList<>();
        for (Suggestion.Point point : each.curve()) {
            curve.add(Map.of(
                    "coverage", number(point.coverage()),
                    "wrong", number(point.wrong()),
                    "bound", number(point.bound())));
        }
        root.put("curve", curve);
        return root;
    }

    private static Map<String, @Nullable Object> certificate(Certificate certificate) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("certify", certificate.how().name().toLowerCase(Locale.ROOT));
        root.put("maxWrong", number(certificate.maxWrong()));
        root.put("confidence", number(certificate.confidence()));
        root.put("thresholdsTried", certificate.thresholds());
        root.put("level", number(certificate.level()));
        root.put("learntFrom", certificate.learnt());
        root.put("checkedOn", certificate.checked());
        root.put("coverage", number(certificate.coverage()));
        root.put("covered", certificate.covered());
        root.put("wrong", certificate.wrong());
        root.put("bound", number(certificate.bound()));
        root.put("decisionsNeeded", BigDecimal.valueOf(certificate.needed()));
        certificate.worst().ifPresent(worst -> root.put("worst", stratum(worst)));
        root.put("notChecked", certificate.notes());
        return root;
    }

    private static Map<String, @Nullable Object> stratum(Certificate.Stratum stratum) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("name", stratum.name());
        root.put("covered", stratum.covered());
        root.put("wrong", stratum.wrong());
        root.put("bound", number(stratum.bound()));
        return root;
    }

    private static Map<String, @Nullable Object> insight(Insight insight) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("id", insight.id());
        root.put("kind", insight.kind().word());
        root.put("subject", insight.subject());
        root.put("title", insight.title());
        root.put("why", insight.why());
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        insight.evidence().forEach((name, value) -> evidence.put(name, number(value.doubleValue())));
        root.put("evidence", evidence);
        root.put("bound", insight.bound());
        root.put("traces", insight.traces().stream().map(trace -> trace.id()).toList());
        insight.change().ifPresent(change -> {
            Map<String, @Nullable Object> field = new LinkedHashMap<>();
            field.put("rule", change.rule());
            field.put("field", change.field());
            field.put("value", change.value());
            root.put("change", field);
        });
        return root;
    }

    private static @Nullable Object number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros()
                : null;
    }
}
