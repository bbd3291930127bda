package io.jitapproval.core.analysis;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Requests of any kind, among them those that no analysis would choose. */
final class Probes {

    static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final String LONG = "a".repeat(70_000);

    private final Random random;

    Probes(Random random) {
        this.random = random;
    }

    Example next() {
        Map<String, Object> roles = chance(6) ? Map.of() : Map.of("roles", chance(5) ? value() : list());
        Subject subject = new Subject("user", one(List.of("ana", "A", "B", "x")), roles);
        Map<String, Object> arguments = new LinkedHashMap<>();
        put(arguments, "amount", chance(5) ? value() : number());
        put(arguments, "note", value());
        Map<String, Object> owner = new LinkedHashMap<>();
        put(owner, "owner", chance(3) ? value() : one(List.of("ana", "A", "B", "x")));
        Map<String, Object> context = new LinkedHashMap<>();
        put(context, "since", chance(4) ? value() : time());
        Set<String> failing = chance(8) ? Set.of(one(Drafts.PATHS)) : Set.of();
        put(
                context,
                "ip",
                chance(4)
                        ? value()
                        : one(List.of("10.0.0.1", "10.1.2.3", "::1", "2001:db8::7", "9.9.9.9", "::ffff:10.0.0.9")));
        Instant now = chance(2)
                ? AT.plusSeconds(random.nextInt(366 * 86_400))
                : AT.plusSeconds(60L * 30 * random.nextInt(366 * 48));
        put(
                context,
                "born",
                chance(4)
                        ? value()
                        : now.minusSeconds(random.nextInt(5_000_000) - 100).toString());
        put(owner, "tags", chance(5) ? value() : list());
        return new Example(
                new EvaluationRequest(
                        subject,
                        List.of(),
                        new Action(one(List.of("pay.refund", "pay.payout", "pay.release", "db.read")), arguments),
                        new Resource(
                                one(List.of("order", "orders", "ord", "none")), one(List.of("42", "421", "x")), owner),
                        context),
                now,
                Map.of(),
                failing);
    }

    private void put(Map<String, Object> map, String name, Object value) {
        if (!chance(6)) {
            map.put(name, value);
        }
    }

    private Object number() {
        return one(List.of(
                0, 1, 1.5d, 2, 2L, new BigDecimal("2.25"), new BigDecimal("2.500"), new BigDecimal("2.7"), 3, 1e9));
    }

    private Object time() {
        Instant time = Instant.parse("2026-12-24T00:00:00Z").plusSeconds(3600L * (random.nextInt(400) - 100));
        return chance(3) ? time : time.toString();
    }

    private Object list() {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(chance(6) ? value() : one(List.of("A", "B", "C", "D", "a@bank", "b@bank", "abc")));
        }
        return list;
    }

    private Object value() {
        return switch (random.nextInt(9)) {
            case 0 -> chance(2);
            case 1 -> number();
            case 2 -> time();
            case 3 -> list();
            case 4 -> Map.of("k", 1);
            case 5 -> one(List.of(Double.NaN, Duration.ofMinutes(5), LocalDate.of(2026, 12, 24)));
            case 6 -> one(List.of("", "PT15M", "2026-12-24", "12:00", LONG));
            default -> one(List.of("ana", "A", "B", "C", "x", "anna", "an", "xxy", "ab", "a@bank"));
        };
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T one(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
