package io.jitapproval.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A request with values that no sane caller has.
 *
 * @param parts the properties of subject, action and resource, and the context
 */
record DrawnRequest(List<Map<String, Object>> parts) {

    private static final int PARTS = 4;

    static DrawnRequest of(FuzzedDataProvider data) {
        Draw draw = new Draw(data, true);
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("a", value(data, draw, 3));
            if (data.consumeBoolean()) {
                part.put("b", value(data, draw, 3));
            }
            if (i == 1) {
                part.put("hidden", "secret");
            }
            parts.add(part);
        }
        return new DrawnRequest(parts);
    }

    EvaluationRequest request() {
        return new EvaluationRequest(
                new Subject("user", "ana", parts.get(0)),
                List.of(),
                new Action("act", parts.get(1)),
                new Resource("order", "42", parts.get(2)),
                parts.get(3));
    }

    /** Every request that knows one thing less. */
    List<DrawnRequest> poorer() {
        List<DrawnRequest> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (String key : parts.get(i).keySet()) {
                List<Map<String, Object>> less = new ArrayList<>(parts);
                Map<String, Object> part = new LinkedHashMap<>(parts.get(i));
                part.remove(key);
                less.set(i, part);
                all.add(new DrawnRequest(less));
            }
        }
        return all;
    }

    @SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // callers have them
    private static Object value(FuzzedDataProvider data, Draw draw, int depth) {
        return switch (data.consumeInt(0, depth == 0 ? 19 : 25)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> data.consumeDouble();
            case 3 -> data.consumeInt();
            case 4 -> data.consumeLong();
            case 5 -> new BigDecimal("1e999999999");
            case 6 -> new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE);
            case 7 -> BigInteger.ONE.shiftLeft(data.consumeInt(0, 4000));
            case 8 -> data.consumeBoolean();
            case 9 -> Instant.MAX;
            case 10 -> Instant.MIN;
            case 11 -> OffsetDateTime.MAX;
            case 12 -> LocalDate.MIN;
            case 13 -> Duration.ofSeconds(data.consumeLong());
            case 14 -> DayOfWeek.MONDAY;
            case 15 -> new UUID(1, 2);
            case 16 -> new Date(Long.MAX_VALUE);
            case 17 -> data.consumeFloat();
            case 18, 19 -> draw.text();
            case 20 -> Optional.of("a");
            case 21 -> new byte[] {1};
            case 22 -> new LinkedHashSet<>(Arrays.asList(null, value(data, draw, depth - 1)));
            case 23 -> new ArrayDeque<>(List.of(value(data, draw, depth - 1)));
            case 24 -> {
                Map<Object, Object> map = new HashMap<>();
                map.put(1, "a");
                map.put("b", value(data, draw, depth - 1));
                map.put("c", null);
                yield map;
            }
            default ->
                Arrays.asList(value(data, draw, depth - 1), value(data, draw, depth - 1), null)
                        .subList(0, data.consumeInt(0, 3));
        };
    }
}
