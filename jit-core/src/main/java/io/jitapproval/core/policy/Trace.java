package io.jitapproval.core.policy;

import io.jitapproval.Explanation.ComparisonTrace;
import io.jitapproval.Explanation.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down the comparisons of one rule for people, with the values that they saw. */
final class Trace {

    private final Set<String> hidden;
    private final List<ComparisonTrace> comparisons = new ArrayList<>();

    /** Values of these arguments of the action read {@code hidden}. */
    Trace(Set<String> hidden) {
        this.hidden = hidden;
    }

    List<ComparisonTrace> comparisons() {
        return comparisons;
    }

    void add(String attribute, String text, Match match) {
        comparisons.add(new ComparisonTrace(attribute, text, match));
    }

    void add(
            Attribute attribute,
            Object value,
            Operator operator,
            @Nullable Attribute other,
            Object operand,
            Match match,
            @Nullable Match ifAbsent,
            Instant now) {
        String text;
        try {
            text = text(attribute, value, operator, other, operand, match, ifAbsent, now);
        } catch (RuntimeException e) {
            // A collection or map of the application that throws when read: that must not change the answer.
            text = attribute + " cannot be read: " + e.getClass().getSimpleName();
        }
        add(attribute.path(), text, match);
    }

    private String text(
            Attribute attribute,
            Object value,
            Operator operator,
            @Nullable Attribute other,
            Object operand,
            Match match,
            @Nullable Match ifAbsent,
            Instant now) {
        if (operator.isAboutAbsence() && isKnown(value)) {
            return attribute + (value instanceof Absent ? " is missing" : " " + show(attribute, value) + " is there");
        }
        if (value instanceof Absent absent) {
            String end = operator.isAboutAbsence() ? "" : " " + operand(attribute, other, operand);
            String asked = "whether it " + operator.holds() + end;
            return attribute + " " + absent.why() + absentEnd(asked, match, ifAbsent);
        }
        if (operand instanceof Absent absent && other != null) {
            String asked = "whether " + attribute + " " + show(attribute, value) + " " + operator.holds() + " it";
            return other + " " + absent.why() + absentEnd(asked, match, ifAbsent);
        }
        if (match == Match.UNKNOWN) {
            return attribute + " " + show(attribute, value) + aside(attribute, value, operator, now)
                    + " cannot be compared: whether it " + operator.holds()
                    + " " + operand(attribute, other, operand) + " is unknown";
        }
        String shown = operand instanceof Window window
                ? window.show(now)
                : show(attribute, value) + aside(attribute, value, operator, now);
        String verb = match == Match.MATCHED ? operator.holds() : operator.fails();
        return attribute + " " + shown + " " + verb + " " + operand(attribute, other, operand);
    }

    /** Hidden with its value. */
    private String aside(Attribute attribute, Object value, Operator operator, Instant now) {
        return switch (operator.aside()) {
            case NOTHING -> "";
            case AGE -> attribute.isHidden(hidden) ? "" : Ages.show(value, now);
            case SIZE ->
                attribute.isHidden(hidden) || Values.size(value) < 0 ? "" : " (size " + Values.size(value) + ")";
        };
    }

    private static boolean isKnown(Object value) {
        return !(value instanceof Absent absent) || absent.isMissing();
    }

    private static String absentEnd(String asked, Match match, @Nullable Match ifAbsent) {
        return match == Match.UNKNOWN || ifAbsent == null
                ? ": " + asked + " is unknown"
                : ": by ifAbsent, " + asked + " is " + (match == Match.MATCHED);
    }

    private String show(Attribute attribute, Object value) {
        return attribute.isHidden(hidden) ? Render.HIDDEN : Render.value(value);
    }

    /** A constant beside a hidden value would tell it where it holds. */
    private String operand(Attribute attribute, @Nullable Attribute other, Object operand) {
        if (other == null && attribute.isHidden(hidden)) {
            return Render.HIDDEN;
        }
        if (other == null) {
            return operand instanceof Window ? operand.toString() : Render.value(operand);
        }
        return operand instanceof Absent ? other.path() : other + " " + show(other, operand);
    }
}
