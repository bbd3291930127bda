package io.jitapproval.examples.refunddesk;

import io.jitapproval.Bundle;
import io.jitapproval.Debt;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Grant;
import io.jitapproval.examples.refunddesk.Result.Answered;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line for each request, on the output, once all of them are over; where the files are, on the error output. */
final class JsonReport implements Report {

    private final PrintStream out;
    private final PrintStream err;

    JsonReport(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void begin(Inputs inputs, String answering) {}

    @Override
    public void result(Result result) {}

    @Override
    public void later(Result result) {}

    private void print(Result result) {
        EvaluationRequest request = result.asked().request();
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("line", result.asked().line());
        line.put("subject", request.subject().ref());
        line.put("action", request.action().name());
        line.put("resource", request.resource().ref());
        line.put("decision", result.decision());
        line.put("reason", result.reason().word());
        line.put("code", result.reason().code());
        line.put("rules", result.rules());
        line.put("because", result.because());
        line.put("requestId", result.requestId().orElse(null));
        line.put("asked", result.people());
        line.put("votes", result.votes().stream().map(JsonReport::vote).toList());
        line.put("course", result.course().stream().map(JsonReport::step).toList());
        line.put("approvedBy", result.approvedBy());
        line.put("grantId", result.grant().map(Grant::id).orElse(null));
        line.put("earlierGrant", result.earlier());
        line.put("use", result.use() == 0 ? null : result.use());
        line.put("uses", result.grant().map(grant -> grant.terms().uses()).orElse(null));
        line.put("expiresAt", result.grant().flatMap(Grant::expiresAt).orElse(null));
        line.put("outcome", result.outcome());
        line.put("entry", result.entry().orElse(null));
        line.put("ranWith", result.ranWith().isEmpty() ? null : result.ranWith());
        line.put("bundle", result.bundle().map(JsonReport::bundle).orElse(null));
        line.put("detail", result.detail());
        line.put("notCoveredBy", result.uncovered());
        line.put("way", result.way().word());
        out.println(Json.line(line));
    }

    private static Map<String, @Nullable Object> step(Step step) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", step.at());
        fields.put("stage", step.stage());
        fields.put("what", step.what());
        fields.put("by", step.by());
        fields.put("text", step.text());
        return fields;
    }

    private static Map<String, @Nullable Object> bundle(Bundle bundle) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", bundle.id());
        fields.put("title", bundle.title());
        fields.put("status", bundle.status().word());
        return fields;
    }

    private static Map<String, @Nullable Object> vote(Answered vote) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("by", vote.by());
        fields.put("standsFor", vote.standsFor().isEmpty() ? null : vote.standsFor());
        fields.put("verdict", vote.verdict());
        fields.put("result", vote.result().word());
        fields.put("why", vote.why());
        fields.put("terms", vote.terms());
        fields.put("at", vote.at());
        return fields;
    }

    @Override
    public void end(List<Result> results, List<Debt> debts, Output output, int records) {
        results.forEach(this::print);
        out.flush();
        err.println(results.size() + " requests; record " + output.audit() + ", ledger " + output.ledger());
    }
}
