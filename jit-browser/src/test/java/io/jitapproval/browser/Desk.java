package io.jitapproval.browser;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;

/** A refund desk's quarter, made up by a seed: most refunds are plain, exports are matters of opinion, one approver does not look. */
final class Desk implements DecisionHistory {

    static final Instant END = Instant.parse("2026-11-20T18:00:00Z");
    private static final int DAYS = 91;
    private static final String[] DEPARTMENTS = {"payments", "support", "logistics", "data"};
    private static final String[] REASONS = {"damaged", "late", "duplicate", "goodwill", "other"};
    private static final String[] APPROVERS = {"ines", "tomas", "yuki", "amara", "kim"};
    private static final String[] SHOPS = {"shop-eu", "shop-us", "shop-jp", "shop-br"};

    private final List<PastDecision> decisions = new ArrayList<>();
    private final Random random = new Random(20261120);

    Desk(int size) {
        Instant begin = END.minus(Duration.ofDays(DAYS));
        long step = Duration.ofDays(DAYS).toSeconds() / size;
        for (int i = 0; i < size; i++) {
            Instant opened = begin.plusSeconds(i * step + random.nextInt((int) step));
            // Few ask at night.
            int hour = opened.atOffset(java.time.ZoneOffset.UTC).getHour();
            boolean isNight = hour < 7 || hour > 20;
            if (!isNight || random.nextInt(6) == 0) {
                decisions.add(random.nextInt(5) > 0 ? refund(opened) : export(opened));
            }
        }
    }

    private PastDecision refund(Instant opened) {
        int who = random.nextInt(130);
        int amount = 5 + (int) Math.round(Math.exp(random.nextDouble() * 5.6));
        String reason = REASONS[random.nextInt(REASONS.length)];
        boolean chargeback = random.nextInt(14) == 0;
        boolean plain = amount <= 150 && !chargeback && !"other".equals(reason);
        boolean yes = random.nextDouble() < (plain ? 0.998 : chargeback ? 0.35 : 0.88);
        Action action = Action.of("refund.create").with("amount", amount).with("reason", reason);
        return decision(opened, subject(who), action, shop(), Map.of("chargeback", chargeback), yes);
    }

    private PastDecision export(Instant opened) {
        Action action = Action.of("customers.export").with("rows", 100 * (1 + random.nextInt(400)));
        return decision(opened, subject(random.nextInt(130)), action, shop(), Map.of(), random.nextInt(10) < 7);
    }

    private Resource shop() {
        return Resource.of("shop", SHOPS[random.nextInt(SHOPS.length)]);
    }

    private static Subject subject(int who) {
        return Subject.user("agent-" + (100 + who)).with("department", DEPARTMENTS[who % DEPARTMENTS.length]);
    }

    private PastDecision decision(
            Instant opened,
            Subject subject,
            Action action,
            Resource resource,
            Map<String, Object> context,
            boolean wants) {
        String approver = APPROVERS[random.nextInt(9) % APPROVERS.length];
        boolean isStamp = "kim".equals(approver);
        boolean yes = wants || isStamp;
        Duration wait = isStamp
                ? Duration.ofSeconds(2 + random.nextInt(4))
                : Duration.ofSeconds(240 + (long) (Math.exp(random.nextDouble() * 2.6) * 400));
        Instant decided = opened.plus(wait);
        String id = "r-" + Long.toString(0x2f000L + decisions.size() * 37L, 36);
        Duration used = Duration.ofMinutes(1 + random.nextInt(18));
        return new PastDecision(
                id,
                "desk.jsonl:" + (decisions.size() + 1),
                opened,
                Optional.of(decided),
                new EvaluationRequest(subject, List.of(), action, resource, context),
                yes ? Result.APPROVED : Result.DENIED,
                Route.PEOPLE,
                List.of(new Voice(Ref.user(approver), yes, decided, Optional.of(wait), false)),
                List.of("refund.create".equals(action.name()) ? "refunds" : "exports"),
                "",
                java.util.Arrays.stream(APPROVERS).map(Ref::user).toList(),
                OptionalInt.of(random.nextInt(9)),
                Optional.of(opened.plus(Duration.ofHours(24))),
                yes
                        ? Optional.of(new GrantUse(
                                "g-" + id,
                                decided,
                                decided.plus(Duration.ofHours(8)),
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                1,
                                Optional.of(decided.plus(used)),
                                Optional.of(decided.plus(used))))
                        : Optional.empty(),
                Outcome.UNKNOWN,
                OptionalDouble.empty(),
                "",
                Map.of());
    }

    @Override
    public void each(Consumer<PastDecision> each) {
        decisions.forEach(each);
    }

    @Override
    public String name() {
        return "refund-desk.jsonl";
    }
}
