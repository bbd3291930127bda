package io.jitapproval.core.policy;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.Situation.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Generates requests whose values mostly are of the kind that conditions expect, and sometimes missing or of another. */
final class Questions {

    static final List<String> INSTANTS = List.of("2026-01-01T00:00:00Z", "2026-06-01T02:00:00+02:00");

    private static final List<String> NAMES = List.of("pay.refund", "pay.payout", "db.read");
    private static final List<String> ADDRESSES = List.of(
            "10.1.2.3",
            "10.1.2.4",
            "192.168.1.127",
            "192.168.1.200",
            "::ffff:10.1.2.3",
            "::ffff:a01:203",
            "2001:db8::1",
            "2001:DB8:0:0::FFFF",
            "1:2:3:4:5:6:7:8",
            "::",
            "010.1.2.3",
            "10.1.2",
            "fe80::1%eth0",
            "localhost");
    private static final List<String> TEXTS = List.of(
            "ana", "A", "B", "ORD-17", "ord-17", "ana@bank.example", "bob@other.example", "refund 42", "😀", "a*a", "");
    /** What a resolver may be asked for: whole attributes. */
    private static final List<String> FETCHED =
            List.of("subject.roles", "subject.level", "subject.email", "context.risk", "context.ip", "resource.lines");

    private final Choices choices;
    private Instant now = Instant.EPOCH;

    Questions(Choices choices) {
        this.choices = choices;
    }

    Question question() {
        now = Instant.parse("2026-03-27T00:00:00Z")
                .plusSeconds(choices.chance(2) ? 3600L * choices.below(333) : 60L * choices.below(20_000));
        Subject subject = new Subject("user", choices.one(List.of("ana", "A")), properties("roles", "level", "email"));
        Action action = new Action(choices.one(NAMES), properties("amount", "note", "tags"));
        Map<String, Object> properties = properties("lines");
        properties.put("meta", properties("owner"));
        if (choices.chance(6)) {
            properties.put("meta", any());
        }
        Resource resource = new Resource(
                choices.one(List.of("order", "invoice")), choices.one(List.of("42", "421", "x")), properties);
        Map<String, Object> context = properties("risk", "since", "seen", "ip");
        return new Question(new EvaluationRequest(subject, List.of(), action, resource, context), now, answers());
    }

    /** What resolvers answer; some fail. */
    private Map<String, Object> answers() {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (String path : FETCHED) {
            if (choices.chance(3)) {
                Object answer = choices.chance(6) ? any() : value(path.substring(path.indexOf('.') + 1));
                answers.put(path, choices.chance(3) ? Situation.FAILS : answer);
            }
        }
        return answers;
    }

    private Map<String, Object> properties(String... names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names) {
            if (!choices.chance(8)) {
                properties.put(name, choices.chance(10) ? any() : value(name));
            }
        }
        return properties;
    }

    private Object value(String name) {
        return switch (name) {
            case "roles", "tags" ->
                choices.one(
                        List.of(List.of("A"), List.of("A", "B"), Set.of("B"), List.of(), List.of("ORD-17", "A", "C")));
            case "level", "amount", "risk", "price" -> number();
            case "since" -> choices.chance(2) ? choices.one(INSTANTS) : Instant.parse(INSTANTS.get(0));
            case "seen" -> seen();
            case "ip" -> choices.one(ADDRESSES);
            case "lines" -> lines();
            default -> choices.one(TEXTS);
        };
    }

    private Object number() {
        return choices.one(List.of(1, 2, 3L, new BigDecimal("2.50"), 2.0d, new BigDecimal("2.00"), 2.5d));
    }

    private Object seen() {
        Instant time = now.plusSeconds(choices.one(List.of(0, -3_600, -86_400, -86_401, -700_000, 30, 60, 61, 7_200)));
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        return choices.one(List.of(time, time.toString(), time.atOffset(ZoneOffset.ofHours(2)), day, day.toString()));
    }

    private List<Object> lines() {
        List<Object> lines = new ArrayList<>();
        int many = choices.below(4);
        for (int i = 0; i < many; i++) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("sku", choices.one(List.of("A", "B", "ORD-17")));
            line.put("price", number());
            line.put("tags", value("tags"));
            if (choices.chance(8)) {
                line.remove(choices.one(List.of("sku", "price", "tags")));
            }
            lines.add(choices.chance(20) ? any() : line);
        }
        return lines;
    }

    /** Of any kind. */
    private Object any() {
        return switch (choices.below(9)) {
            case 0 -> number();
            case 1 -> choices.chance(2);
            case 2 -> choices.one(List.of(List.of("A", 1), List.of(2, "B", true), List.of(1)));
            case 3 -> choices.chance(2) ? Instant.parse("2026-02-01T00:00:00Z") : (Object) "2026-02-01T00:00:00Z";
            case 4 -> choices.chance(2) ? Duration.ofMinutes(20) : (Object) "PT5M";
            case 5 -> new LinkedHashMap<>(Map.of("owner", "ana", "0", "A"));
            case 6 -> choices.one(ADDRESSES);
            case 7 -> Set.of("A", "B");
            default -> choices.one(TEXTS);
        };
    }
}
