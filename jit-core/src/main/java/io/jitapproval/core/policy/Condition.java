package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition of a rule, in Kleene's logic of three values. The same code decides and, given a trace, explains. */
sealed interface Condition permits Comparison, Condition.All, Condition.Any, Condition.Not, Condition.Named {

    /** Whether it holds; looks no further than it has to. */
    Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace);

    /** All of them, as one condition. */
    static Condition all(List<Condition> parts) {
        return parts.size() == 1 ? parts.get(0) : new All(parts.toArray(new Condition[0]));
    }

    /** Every part holds. */
    final class All implements Condition {
        private final Condition[] parts;

        All(Condition[] parts) {
            this.parts = parts;
        }

        List<Condition> parts() {
            return List.of(parts);
        }

        @Override
        public Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace) {
            Match all = Match.MATCHED;
            for (Condition part : parts) {
                Match match = part.test(request, now, lookup, trace);
                if (match == Match.NOT_MATCHED) {
                    return match;
                }
                all = match == Match.UNKNOWN ? match : all;
            }
            return all;
        }
    }

    /** At least one part holds. */
    final class Any implements Condition {
        private final Condition[] parts;

        Any(Condition[] parts) {
            this.parts = parts;
        }

        List<Condition> parts() {
            return List.of(parts);
        }

        @Override
        public Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace) {
            Match any = Match.NOT_MATCHED;
            for (Condition part : parts) {
                Match match = part.test(request, now, lookup, trace);
                if (match == Match.MATCHED) {
                    return match;
                }
                any = match == Match.UNKNOWN ? match : any;
            }
            return any;
        }
    }

    /** The part does not hold. */
    final class Not implements Condition {
        private final Condition part;

        Not(Condition part) {
            this.part = part;
        }

        Condition part() {
            return part;
        }

        @Override
        public Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace) {
            return Values.not(part.test(request, now, lookup, trace));
        }
    }

    /** One that the document gives a name. */
    final class Named implements Condition {
        private final String name;
        private final Condition part;

        Named(String name, Condition part) {
            this.name = name;
            this.part = part;
        }

        String name() {
            return name;
        }

        Condition part() {
            return part;
        }

        @Override
        public Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace) {
            return part.test(request, now, lookup, trace);
        }
    }
}
