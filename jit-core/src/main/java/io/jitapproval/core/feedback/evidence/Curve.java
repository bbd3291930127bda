package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.stats.Binomial;
import java.util.ArrayList;
import java.util.List;

/** The curve of risk over coverage. */
final class Curve {

    private static final int POINTS = 50;

    private Curve() {}

    static List<Suggestion.Point> of(Certifier.Ranked ranked, double level) {
        List<Suggestion.Point> points = new ArrayList<>();
        int size = ranked.score().length;
        int before = 0;
        for (int i = 1; i <= POINTS; i++) {
            int rank = (int) ((long) i * size / POINTS);
            if (rank < 1) {
                continue;
            }
            double threshold = ranked.score()[rank - 1];
            int covered = ranked.covered(threshold);
            if (covered == before) {
                continue;
            }
            before = covered;
            int wrong = ranked.wrongAt(covered);
            points.add(new Suggestion.Point(
                    (double) covered / size,
                    (double) wrong / covered,
                    Binomial.upper(wrong, covered, level),
                    threshold));
        }
        return points;
    }
}
