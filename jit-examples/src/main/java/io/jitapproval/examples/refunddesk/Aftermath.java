package io.jitapproval.examples.refunddesk;

import io.jitapproval.Debt;
import io.jitapproval.JitGuard;
import io.jitapproval.examples.refunddesk.Findings.Case;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of requests after they were answered: kept calls run, and emergencies are reviewed. */
final class Aftermath {

    private final JitGuard guard;
    private final Answering answering;
    private final Findings findings;
    private final List<Aside> asides = new ArrayList<>();
    private final Map<String, Case> waiting = new LinkedHashMap<>();
    private final Map<String, Result> emergencies = new LinkedHashMap<>();

    Aftermath(JitGuard guard, Answering answering, Recorder recorder) {
        this.guard = guard;
        this.answering = answering;
        this.findings = new Findings(guard, recorder, this::asides);
    }

    Findings findings() {
        return findings;
    }

    private List<Aside> asides() {
        asides.addAll(answering.asides());
        return asides;
    }

    /** A call was handed over, and is fetched by its id later. */
    void kept(Case about, String id) {
        waiting.put(id, about);
    }

    /** A request was answered. */
    void watch(Result result) {
        if (result.has(Step.ALARM)) {
            emergencies.put(result.requestId().orElseThrow(), result);
        } else if (result.way() == Result.Way.REPLAY && !result.decision().equals(Result.PENDING)) {
            waiting.values().removeIf(about -> about.asked().equals(result.asked()));
        }
    }

    /** What has changed since the last call: results of requests that were told of before. */
    List<Result> news() {
        List<Result> news = new ArrayList<>();
        for (Iterator<Map.Entry<String, Case>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Case> each = all.next();
            Result now = findings.kept(each.getValue(), each.getKey());
            if (!now.decision().equals(Result.PENDING)) {
                news.add(now);
                all.remove();
            }
        }
        emergencies.replaceAll((id, was) -> {
            Result now = findings.again(was);
            if (now.course().size() > was.course().size()) {
                news.add(now);
            }
            return now;
        });
        return news;
    }

    /** The emergencies that still wait for their review. */
    List<Debt> debts() {
        return guard.debts().open();
    }
}
