package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Reference.list;
import static io.jitapproval.core.policy.Reference.map;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.policy.Reference.Flaw;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
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
    private final Map<String, Object> answers;
    private final Map<String, Object> named;
    private final Map<String, Object> calendars;

    private ReferenceConditions(Situation situation, Set<Flaw> flaws) {
        this.request = situation.request();
        this.now = situation.now();
        this.flaws = flaws;
        this.answers = situation.question().answers();
        this.named = map(situation.definitions().getOrDefault("conditions", Map.of()));
        this.calendars = map(situation.definitions().getOrDefault("calendars", Map.of()));
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
                    case "condition" -> condition(map(named.get(value)));
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
        Object operand = constant instanceof Map<?, ?> other && other.containsKey("attribute")
                ? attribute((String) other.get("attribute"))
                : constant;
        if (value == BROKEN || operand == BROKEN) {
            return null;
        }
        if (operator.equals("exists")) {
            return operand.equals(value != null);
        }
        if (value == null || operand == null) {
            return ifAbsent;
        }
        return new ReferenceOperators(now, flaws).test(operator, value, operand);
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
        Map<String, Object> roots =
                Map.of("subject", subject, "action", action, "resource", resource, "context", request.context());
        List<String> keys = List.of(path.split("\\.", -1));
        int special = keys.size();
        for (int i = keys.size() - 1; i > 1; i--) {
            special = keys.get(i).matches("\\*|0|[1-9][0-9]*") ? i : special;
        }
        Object head = walk(roots, keys.subList(0, special));
        if (head == null) {
            head = answers.get(String.join(".", keys.subList(0, special)));
        }
        if (head == Situation.FAILS) {
            return flaws.contains(Flaw.FAILED_LOOKUP_IS_MISSING) ? null : BROKEN;
        }
        return head == BROKEN ? BROKEN : walk(head, keys.subList(special, keys.size()));
    }

    private Object walk(Object at, List<String> keys) {
        if (keys.isEmpty() || at == null) {
            return at;
        }
        String key = keys.get(0);
        List<String> rest = keys.subList(1, keys.size());
        if (key.equals("*")) {
            return at instanceof Collection<?> all ? project(all, rest) : BROKEN;
        }
        if (at instanceof Map<?, ?> map) {
            return walk(map.get(key), rest);
        }
        if (at instanceof List<?> list && key.matches("0|[1-9][0-9]*")) {
            return Integer.parseInt(key) < list.size() ? walk(list.get(Integer.parseInt(key)), rest) : null;
        }
        return BROKEN;
    }

    private Object project(Collection<?> all, List<String> rest) {
        List<Object> projected = new ArrayList<>();
        for (Object each : all) {
            Object held = walk(each, rest);
            if (flaws.contains(Flaw.PROJECTION_SKIPS_MISSING) && (held == null || held == BROKEN)) {
                continue;
            }
            if (held == null || held == BROKEN) {
                return BROKEN;
            }
            if (rest.contains("*") && held instanceof Collection<?> some) {
                projected.addAll(some);
            } else {
                projected.add(held);
            }
        }
        return projected;
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
            return !time.isBefore(from) && before && isDay(window, local, local);
        }
        return !time.isBefore(from) ? isDay(window, local, local) : before && isDay(window, local.minusDays(1), local);
    }

    private boolean isDay(Map<String, Object> window, ZonedDateTime begin, ZonedDateTime moment) {
        ZonedDateTime day = flaws.contains(Flaw.CALENDAR_OF_THE_MOMENT) ? moment : begin;
        return (!window.containsKey("days")
                        || list(window.get("days"))
                                .contains(begin.getDayOfWeek().name().substring(0, 3)))
                && (!window.containsKey("on") || isIn(day, window.get("on")))
                && (!window.containsKey("except") || !isIn(day, window.get("except")));
    }

    private boolean isIn(ZonedDateTime day, Object calendar) {
        String date = day.toLocalDate().toString();
        return list(calendars.get(calendar)).stream()
                .map(String.class::cast)
                .anyMatch(each -> each.startsWith("--") ? date.endsWith(each.substring(1)) : date.equals(each));
    }

    static Boolean not(Boolean a) {
        return a == null ? null : !a;
    }

    static Boolean and(List<Boolean> parts) {
        if (parts.contains(false)) {
            return false;
        }
        return parts.contains(null) ? null : Boolean.TRUE;
    }

    static Boolean or(List<Boolean> parts) {
        return not(and(parts.stream().map(ReferenceConditions::not).toList()));
    }
}
