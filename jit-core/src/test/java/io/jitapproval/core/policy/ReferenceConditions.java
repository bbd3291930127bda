package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Reference.list;
import static io.jitapproval.core.policy.Reference.map;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.Reference.Flaw;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of the {@link Reference}: true, false, or null for unknown. */
final class ReferenceConditions {

    /** Stands for what can neither be had nor be said to be missing. */
    private static final Object BROKEN = new Object();

    private final EvaluationRequest request;
    private final Instant now;
    private final Set<Flaw> flaws;

    private ReferenceConditions(Situation situation, Set<Flaw> flaws) {
        this.request = situation.request();
        this.now = situation.now();
        this.flaws = flaws;
    }

    static Boolean test(Map<String, Object> condition, Situation situation, Set<Flaw> flaws) {
        return new ReferenceConditions(situation, flaws).condition(condition);
    }

    private Boolean condition(Map<String, Object> condition) {
        List<Boolean> parts = new ArrayList<>();
        condition.forEach((key, value) -> parts.add(
                switch (key) {
                    case "all" -> and(conditions(value));
                    case "any" -> or(conditions(value));
                    case "not" -> not(condition(map(value)));
                    case "time" -> window(map(value));
                    case "subject" -> role(map(value));
                    default -> comparison(key, map(value));
                }));
        return and(parts);
    }

    private List<Boolean> conditions(Object value) {
        return list(value).stream().map(each -> condition(map(each))).toList();
    }

    private Boolean role(Map<String, Object> operators) {
        return operators.containsKey("hasRole")
                ? comparison("subject.roles", Map.of("contains", operators.get("hasRole")))
                : comparison("subject.roles", Map.of("containsAny", operators.get("hasAnyRole")));
    }

    private Boolean comparison(String path, Map<String, Object> operators) {
        List<Boolean> parts = new ArrayList<>();
        operators.forEach((operator, operand) -> {
            if (!operator.equals("ifAbsent")) {
                parts.add(operator(attribute(path), operator, operand, (Boolean) operators.get("ifAbsent")));
            }
        });
        return and(parts);
    }

    private Boolean operator(Object value, String operator, Object constant, Boolean ifAbsent) {
        Object operand = constant instanceof Map<?, ?> other ? attribute((String) other.get("attribute")) : constant;
        if (value == BROKEN || operand == BROKEN) {
            return null;
        }
        if (operator.equals("exists")) {
            return operand.equals(value != null);
        }
        if (value == null || operand == null) {
            return ifAbsent;
        }
        Integer order = order(value, operand);
        return switch (operator) {
            case "equals" -> equal(value, operand);
            case "notEquals" -> not(equal(value, operand));
            case "lessThan" -> order == null ? null : order < 0;
            case "atMost" -> order == null ? null : order <= 0;
            case "moreThan" -> order == null ? null : order > 0;
            case "atLeast" -> order == null ? null : order >= 0;
            case "in" -> has(operand, value);
            case "notIn" -> not(has(operand, value));
            case "contains" -> has(value, operand);
            case "containsAny" -> hasEach(value, operand) == null ? null : or(hasEach(value, operand));
            case "containsAll" -> hasEach(value, operand) == null ? null : and(hasEach(value, operand));
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static Boolean has(Object collection, Object element) {
        return collection instanceof Collection<?> some
                ? or(some.stream().map(each -> equal(each, element)).toList())
                : null;
    }

    private static List<Boolean> hasEach(Object collection, Object wanted) {
        return collection instanceof Collection<?> && wanted instanceof Collection<?> some
                ? some.stream().map(each -> has(collection, each)).toList()
                : null;
    }

    private static Boolean equal(Object a, Object b) {
        if (a instanceof String && b instanceof String) {
            return a.equals(b);
        }
        if (a instanceof Boolean && b instanceof Boolean) {
            return a.equals(b);
        }
        Integer order = order(a, b);
        return order == null ? null : order == 0;
    }

    private static Integer order(Object a, Object b) {
        if (a instanceof Number && b instanceof Number) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        }
        if (instant(a) != null && instant(b) != null) {
            return instant(a).compareTo(instant(b));
        }
        return duration(a) != null && duration(b) != null ? duration(a).compareTo(duration(b)) : null;
    }

    private static Instant instant(Object value) {
        try {
            return value instanceof String text ? OffsetDateTime.parse(text).toInstant() : (Instant) value;
        } catch (DateTimeParseException | ClassCastException e) {
            return null;
        }
    }

    private static Duration duration(Object value) {
        try {
            return value instanceof String text ? Duration.parse(text) : (Duration) value;
        } catch (DateTimeParseException | ClassCastException e) {
            return null;
        }
    }

    private Object attribute(String path) {
        Map<String, Object> subject = new HashMap<>(request.subject().properties());
        subject.put("id", request.subject().id());
        subject.put("type", request.subject().type());
        Map<String, Object> action = new HashMap<>(request.action().properties());
        action.put("name", request.action().name());
        Map<String, Object> resource = new HashMap<>(request.resource().properties());
        resource.put("id", request.resource().id());
        resource.put("type", request.resource().type());
        Object at = Map.of("subject", subject, "action", action, "resource", resource, "context", request.context());
        for (String key : path.split("\\.", -1)) {
            if (at == null) {
                return null;
            }
            if (!(at instanceof Map<?, ?> some)) {
                return BROKEN;
            }
            at = some.get(key);
        }
        return at;
    }

    private Boolean window(Map<String, Object> window) {
        ZonedDateTime local = now.atZone(ZoneId.of((String) window.getOrDefault("zone", "UTC")));
        if (window.containsKey("outside")) {
            return !inside((String) window.get("outside"), window, local);
        }
        return inside((String) window.getOrDefault("inside", "00:00-24:00"), window, local);
    }

    private boolean inside(String hours, Map<String, Object> window, ZonedDateTime local) {
        LocalTime from = LocalTime.parse(hours.substring(0, 5));
        LocalTime to = hours.endsWith("24:00") ? LocalTime.MAX : LocalTime.parse(hours.substring(6));
        LocalTime time = local.toLocalTime();
        boolean before = time.isBefore(to) || (flaws.contains(Flaw.WINDOW_END_INCLUDED) && time.equals(to));
        if (from.isBefore(to)) {
            return !time.isBefore(from) && before && isDay(window, local);
        }
        return !time.isBefore(from) ? isDay(window, local) : before && isDay(window, local.minusDays(1));
    }

    private static boolean isDay(Map<String, Object> window, ZonedDateTime day) {
        return !window.containsKey("days")
                || list(window.get("days")).contains(day.getDayOfWeek().name().substring(0, 3));
    }

    private static Boolean not(Boolean a) {
        return a == null ? null : !a;
    }

    private static Boolean and(List<Boolean> parts) {
        if (parts.contains(false)) {
            return false;
        }
        return parts.contains(null) ? null : Boolean.TRUE;
    }

    private static Boolean or(List<Boolean> parts) {
        return not(and(parts.stream().map(ReferenceConditions::not).toList()));
    }
}
