package io.jitapproval.core.feedback.insight;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * All that a history says.
 *
 * @param history      what it is called
 * @param from         from when on it was looked at
 * @param asOf         until when
 * @param decisions    how many decisions lie between
 * @param insights     the findings, those that matter most first
 * @param silences     what was not judged, and why
 * @param rubberStamps whose approvals are no evidence
 * @param load         who answers how much, and how long requests wait
 */
public record Findings(
        String history,
        Instant from,
        Instant asOf,
        long decisions,
        List<Insight> insights,
        List<Silence> silences,
        RubberStamps rubberStamps,
        Load load) {

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param history      as above
     * @param from         as above
     * @param asOf         as above
     * @param decisions    as above
     * @param insights     as above
     * @param silences     as above
     * @param rubberStamps as above
     * @param load         as above
     */
    public Findings {
        requireNonNull(history, "history");
        requireNonNull(from, "from");
        requireNonNull(asOf, "asOf");
        insights = List.copyOf(insights);
        silences = List.copyOf(silences);
        requireNonNull(rubberStamps, "rubberStamps");
        requireNonNull(load, "load");
    }

    /**
     * The findings of one kind.
     *
     * @param kind the kind
     * @return those findings, in order; may be empty
     */
    public List<Insight> of(Insight.Kind kind) {
        return insights.stream().filter(insight -> insight.kind() == kind).toList();
    }
}
