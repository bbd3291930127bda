package io.jitapproval.core.policy;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.Explanation.Match;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attribute compared with a constant or with another attribute. */
final class Comparison implements Condition {

    private final Attribute attribute;
    private final Operator operator;
    private final Operator.Test test;
    /** A constant, or the {@link Attribute} to compare with. */
    private final Object operand;

    private final @Nullable Attribute operandAttribute;
    /** What a missing attribute counts as; null if that is unknown. */
    private final @Nullable Match ifAbsent;

    Comparison(Attribute attribute, Operator operator, Object operand, @Nullable Match ifAbsent) {
        this.attribute = attribute;
        this.operator = operator;
        this.test = operator.test();
        this.operand = operand;
        this.operandAttribute = operand instanceof Attribute other ? other : null;
        this.ifAbsent = ifAbsent;
    }

    Attribute attribute() {
        return attribute;
    }

    Operator operator() {
        return operator;
    }

    /** A constant in the form that the operator wants, or the {@link Attribute} to compare with. */
    Object operand() {
        return operand;
    }

    /** What a missing attribute counts as; null if that is unknown. */
    @Nullable
    Match ifAbsent() {
        return ifAbsent;
    }

    @Override
    public Match test(EvaluationRequest request, Instant now, AttributeLookup lookup, @Nullable Trace trace) {
        Object left;
        Object right = operand;
        Match match;
        try {
            left = attribute.value(request, now, lookup);
            if (operandAttribute != null) {
                right = operandAttribute.value(request, now, lookup);
            }
            match = match(left, right, now);
        } catch (RuntimeException e) {
            // A collection or map of the application that throws when read.
            left = Absent.broken("cannot be read: " + e.getClass().getSimpleName());
            match = Match.UNKNOWN;
        }
        if (trace != null) {
            trace.add(attribute, left, operator, operandAttribute, right, match, ifAbsent, now);
        }
        return match;
    }

    private Match match(Object left, Object right, Instant now) {
        if (left instanceof Absent || right instanceof Absent) {
            if (isBroken(left) || isBroken(right)) {
                return Match.UNKNOWN;
            }
            if (operator.isAboutAbsence()) {
                return test.test(left, right, now);
            }
            return ifAbsent == null ? Match.UNKNOWN : ifAbsent;
        }
        return test.test(left, right, now);
    }

    private static boolean isBroken(Object value) {
        return value instanceof Absent absent && !absent.isMissing();
    }
}
