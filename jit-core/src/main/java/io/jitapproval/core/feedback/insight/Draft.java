package io.jitapproval.core.feedback.insight;

import io.jitapproval.core.feedback.insight.Insight.Audience;
import io.jitapproval.core.feedback.insight.Insight.Change;
import io.jitapproval.core.feedback.insight.Insight.Kind;
import io.jitapproval.core.feedback.insight.Insight.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A finding that is being written. */
final class Draft {

    private final Kind kind;
    private final String subject;
    private final String title;
    private final Map<String, Number> evidence = new LinkedHashMap<>();
    private String why = "";
    private String bound = "";
    private List<Insight.Trace> traces = List.of();
    private Optional<Change> change = Optional.empty();
    private Severity severity = Severity.LOW;
    private Audience audience = Audience.OWNERS;

    Draft(Kind kind, String subject, String title) {
        this.kind = kind;
        this.subject = subject;
        this.title = title;
    }

    Draft why(String text) {
        this.why = text;
        return this;
    }

    Draft number(String name, Number value) {
        evidence.put(name, value);
        return this;
    }

    Draft bound(String text) {
        this.bound = text;
        return this;
    }

    Draft traces(Traces cited) {
        this.traces = List.copyOf(cited.list());
        return this;
    }

    Draft trace(Insight.Trace cited) {
        this.traces = List.of(cited);
        return this;
    }

    Draft change(String rule, String field, String value) {
        this.change = Optional.of(new Change(rule, field, value));
        return this;
    }

    Draft severity(Severity how) {
        this.severity = how;
        return this;
    }

    Draft audience(Audience who) {
        this.audience = who;
        return this;
    }

    Insight asOf(Instant asOf) {
        return new Insight(
                kind,
                Insight.idOf(kind, subject),
                subject,
                title,
                why,
                evidence,
                bound,
                traces,
                change,
                severity,
                audience,
                asOf);
    }
}
