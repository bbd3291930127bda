package io.jitapproval.core.policy;

import io.jitapproval.core.AttributeCondition;
import io.jitapproval.core.PolicyCondition;
import io.jitapproval.core.SubjectCondition;
import io.jitapproval.core.TimeCondition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The conditions of a document, said in Java. Operators are found by their names, so that a new one needs nothing here. */
final class ReplayedConditions {

    /** Names that Java does not allow. */
    private static final Map<String, String> IN_JAVA = Map.of("equals", "equalTo", "notEquals", "notEqualTo");

    private final Replay replay;

    ReplayedConditions(Replay replay) {
        this.replay = replay;
    }

    PolicyCondition condition(Map<String, Object> document) {
        List<PolicyCondition> entries = new ArrayList<>();
        replay.each("condition", document, (key, value) -> entries.add(entry(key, value)));
        return PolicyCondition.together(entries.toArray(PolicyCondition[]::new));
    }

    private PolicyCondition entry(String key, Object value) {
        return switch (key) {
            case "all" -> PolicyCondition.all(conditions(value));
            case "any" -> PolicyCondition.any(conditions(value));
            case "not" -> PolicyCondition.not(condition(Replay.map(value)));
            case "condition" -> PolicyCondition.named((String) value);
            case "subject" -> subject(Replay.map(value));
            case "time" -> time(Replay.map(value));
            default -> {
                AttributeCondition[] at = {PolicyCondition.attribute(key)};
                replay.each("comparison", Replay.map(value), (word, operand) -> at[0] = compare(at[0], word, operand));
                yield at[0];
            }
        };
    }

    private PolicyCondition[] conditions(Object list) {
        return ((List<?>) list)
                .stream().map(each -> condition(Replay.map(each))).toArray(PolicyCondition[]::new);
    }

    private PolicyCondition subject(Map<String, Object> document) {
        SubjectCondition[] at = {PolicyCondition.subject()};
        replay.each("subject", document, (word, operand) -> at[0] = (SubjectCondition) call(at[0], word, operand));
        return at[0];
    }

    private PolicyCondition time(Map<String, Object> document) {
        TimeCondition[] window = {PolicyCondition.time()};
        replay.each("time", document, (word, value) -> {
            if (WindowReader.WORDS.contains(word)) {
                window[0] = (TimeCondition) call(window[0], word, value instanceof List<?> days ? days(days) : value);
            }
        });
        AttributeCondition[] at = {window[0]};
        replay.each("time", document, (word, operand) -> {
            if (!WindowReader.WORDS.contains(word)) {
                at[0] = compare(at[0], word, operand);
            }
        });
        return at[0];
    }

    private static DayOfWeek[] days(List<?> days) {
        return days.stream()
                .map(day -> DayOfWeek.of(WindowReader.DAYS.indexOf(day) + 1))
                .toArray(DayOfWeek[]::new);
    }

    private AttributeCondition compare(AttributeCondition condition, String word, Object operand) {
        return (AttributeCondition) call(condition, word, operand);
    }

    /** The method of the operator's name that takes such an operand. */
    private Object call(PolicyCondition condition, String word, Object operand) {
        for (Method method : condition.getClass().getMethods()) {
            if (method.getName().equals(IN_JAVA.getOrDefault(word, word)) && method.getParameterCount() == 1) {
                Object argument = argument(method.getParameterTypes()[0], operand);
                if (argument != null) {
                    try {
                        return method.invoke(condition, argument);
                    } catch (InvocationTargetException e) {
                        throw (RuntimeException) e.getCause();
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        throw Replay.missing(word);
    }

    /** The operand as the parameter wants it; null if it does not fit. */
    private Object argument(Class<?> type, Object operand) {
        if (type == UnaryOperator.class) {
            UnaryOperator<AttributeCondition> operators = element -> {
                AttributeCondition[] at = {element};
                replay.each("element", Replay.map(operand), (each, value) -> at[0] = compare(at[0], each, value));
                return at[0];
            };
            return operators;
        }
        Object value = operand instanceof Map<?, ?> other
                ? PolicyCondition.attribute((String) other.get("attribute"))
                : operand;
        if (type == Object[].class) {
            return value instanceof List<?> list ? list.toArray() : new Object[] {value};
        }
        if (type == int.class) {
            return ((Number) value).intValue();
        }
        return type.isInstance(value) || type == boolean.class ? value : null;
    }
}
