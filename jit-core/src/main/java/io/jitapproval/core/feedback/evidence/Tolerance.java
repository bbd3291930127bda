package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.stats.Binomial;
import java.util.ArrayList;
import java.util.List;

/**
 * Which attributes have new values so often that requests with one can be checked by themselves. All other values that were never seen go
 * to people.
 */
final class Tolerance {

    private static final int LEAST_NOVEL = 100;
    private static final double CONFIDENCE = 0.95;
    /** A part of what is let through may be so much worse than all of it, and no more. */
    private static final double WORSE = 2;

    private final Encoding encoding;
    private final Learner.Sample sample;
    private final double maxWrong;

    Tolerance(Encoding encoding, Learner.Sample sample, double maxWrong) {
        this.encoding = encoding;
        this.sample = sample;
        this.maxWrong = maxWrong;
    }

    /** The columns, a bit each: found without looking at an answer. */
    int columns(int action) {
        int tolerated = 0;
        for (int c = 0; c < encoding.columns.size(); c++) {
            int bit = 1 << c;
            long novel = java.util.stream.IntStream.range(sample.first(), sample.novel().length)
                    .filter(i -> sample.action()[i] == action && sample.novel()[i] == bit)
                    .count();
            tolerated |= novel >= LEAST_NOVEL ? bit : 0;
        }
        return tolerated;
    }

    List<String> names(int tolerated) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < encoding.columns.size(); c++) {
            if ((tolerated & 1 << c) != 0) {
                names.add(encoding.columns.get(c).name());
            }
        }
        return names;
    }

    /** The scores as the model gives them; what is not tolerated is out of reach of any threshold. */
    double[] scores(int tolerated) {
        double[] scores = new double[sample.score().length];
        for (int i = 0; i < scores.length; i++) {
            int novel = sample.novel()[i];
            scores[i] = (novel & ~tolerated) != 0
                    ? Double.NEGATIVE_INFINITY
                    : EvidenceModel.rounded(sample.score()[i] - (novel == 0 ? 0 : EvidenceModel.FOR_NOVEL));
        }
        return scores;
    }

    /** What is let through of requests with a value that was never seen. */
    Certificate.Stratum novel(int[] members, double[] scores, double threshold) {
        int covered = 0;
        int wrong = 0;
        for (int i : members) {
            if (sample.novel()[i] != 0 && scores[i] >= threshold) {
                covered++;
                wrong += sample.yes()[i] ? 0 : 1;
            }
        }
        double bound = covered == 0 ? 1 : Binomial.upper(wrong, covered, CONFIDENCE);
        return new Certificate.Stratum("values that were never seen", covered, wrong, bound);
    }

    /** The largest bound of that part. */
    double most() {
        return WORSE * maxWrong;
    }
}
