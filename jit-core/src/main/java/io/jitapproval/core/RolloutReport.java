package io.jitapproval.core;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Rollout;
import io.jitapproval.core.policy.JsonLayout;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What it would cost to enforce an action that is only {@linkplain Rollout observed}, beside what those that are enforced do cost: out
 * of the record, so that a team can turn a rule on knowing how often it will be asked.
 *
 * <p>Immutable and thread-safe.
 */
public final class RolloutReport {

    private static final int SCALE = 1;
    private static final long SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final List<Action> actions;

    private RolloutReport(List<Action> actions) {
        this.actions = actions;
    }

    /**
     * One action, as it was observed or as it was enforced; an action that was both has two of these.
     *
     * @param action      the action's name
     * @param enforced    whether it was enforced
     * @param from        the time of its first record
     * @param to          the time of its last record
     * @param calls       how many calls there were; for an enforced action those that ran or were refused
     * @param allowed     how many of them policy allowed outright, or would have
     * @param byRule      how many a rule approved in people's place, or would have
     * @param asked       how many people were asked about, or would have been
     * @param denied      how many were refused, or would have been
     * @param failed      how many could not be told, because the evaluation failed; of an enforced action they are among the refused
     * @param requesters  how many different subjects called
     * @param asks        how many requests people got, or would have got: equal calls of one day count once, as they join one request
     * @param busiestHour the hour with the most calls, by its beginning
     * @param mostAnHour  how many calls that hour had
     */
    public record Action(
            String action,
            boolean enforced,
            Instant from,
            Instant to,
            long calls,
            long allowed,
            long byRule,
            long asked,
            long denied,
            long failed,
            int requesters,
            long asks,
            Instant busiestHour,
            long mostAnHour) {

        /**
         * How much of something there is a day. Less than a day counts as one.
         *
         * @param number how much there is in all
         * @return how much a day, with one decimal
         */
        public BigDecimal perDay(long number) {
            long seconds = Math.max(SECONDS_A_DAY, Duration.between(from, to).toSeconds());
            return BigDecimal.valueOf(number)
                    .multiply(BigDecimal.valueOf(SECONDS_A_DAY))
                    .divide(BigDecimal.valueOf(seconds), SCALE, RoundingMode.HALF_UP);
        }
    }

    /** What is counted of one action. */
    private static final class Count {

        private final Map<String, Long> by = new LinkedHashMap<>();
        private final Set<Ref> requesters = new HashSet<>();
        private final Set<String> distinct = new HashSet<>();
        private final Map<Instant, Long> hours = new TreeMap<>();
        private Instant from = Instant.MAX;
        private Instant to = Instant.MIN;

        void seen(AuditRecord record) {
            from = record.time().isBefore(from) ? record.time() : from;
            to = record.time().isAfter(to) ? record.time() : to;
            requesters.add(record.subject());
        }

        void called(AuditRecord record) {
            hours.merge(record.time().truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
        }

        void add(String what) {
            by.merge(what, 1L, Long::sum);
        }

        private long of(String what) {
            return by.getOrDefault(what, 0L);
        }

        Action action(String name, boolean enforced) {
            Map.Entry<Instant, Long> busiest = hours.entrySet().stream()
                    .max(Map.Entry.<Instant, Long>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .orElse(Map.entry(from.truncatedTo(ChronoUnit.HOURS), 0L));
            return new Action(
                    name,
                    enforced,
                    from,
                    to,
                    hours.values().stream().mapToLong(Long::longValue).sum(),
                    of("allow"),
                    of("approve-by-rule"),
                    of("ask"),
                    of("deny"),
                    of("fail"),
                    requesters.size(),
                    distinct.size(),
                    busiest.getKey(),
                    busiest.getValue());
        }
    }

    /**
     * Reads the record.
     *
     * @param records the records, in any order, of any actions
     * @return the report: observed actions before enforced ones, by name
     */
    public static RolloutReport of(Collection<AuditRecord> records) {
        Set<String> notAsked = new HashSet<>();
        for (AuditRecord record : records) {
            if (record.kind() == Kind.DECIDED
                    && (record.reason() == Reason.AUTO_APPROVED || record.reason() == Reason.BREAK_GLASS)) {
                record.requestId().ifPresent(notAsked::add);
            }
        }
        Map<String, Count> observed = new TreeMap<>();
        Map<String, Count> enforced = new TreeMap<>();
        for (AuditRecord record : records) {
            if (record.kind() == Kind.OBSERVED) {
                observed(observed.computeIfAbsent(record.action(), name -> new Count()), record);
            } else if (record.reason() != Reason.OBSERVED) {
                enforced(enforced, record, notAsked);
            }
        }
        List<Action> actions = new ArrayList<>();
        observed.forEach((name, count) -> actions.add(count.action(name, false)));
        enforced.forEach((name, count) -> actions.add(count.action(name, true)));
        return new RolloutReport(List.copyOf(actions));
    }

    private static void observed(Count count, AuditRecord record) {
        count.seen(record);
        count.called(record);
        String would = String.valueOf(record.details().get("would"));
        count.add(would);
        if (would.equals("ask")) {
            count.distinct.add(
                    record.details().get("call") + "/" + record.time().truncatedTo(ChronoUnit.DAYS));
        }
    }

    private static void enforced(Map<String, Count> counts, AuditRecord record, Set<String> notAsked) {
        String request = record.requestId().orElse("");
        String what = switch (record.kind()) {
            case USE_BEGUN -> record.reason() == Reason.POLICY_ALLOWED ? "allow" : "run";
            case DENIED -> "deny";
            case COALESCED -> "ask";
            case REQUESTED -> notAsked.contains(request) ? "not-asked" : "ask";
            case DECIDED -> record.reason() == Reason.AUTO_APPROVED ? "approve-by-rule" : "";
            default -> "";
        };
        if (what.isEmpty()) {
            return;
        }
        Count count = counts.computeIfAbsent(record.action(), name -> new Count());
        count.seen(record);
        count.add(what);
        if (record.kind() == Kind.USE_BEGUN || record.kind() == Kind.DENIED) {
            count.called(record);
        }
        if (what.equals("ask")) {
            count.distinct.add(request);
        }
    }

    /** {@return the actions: observed ones before enforced ones, by name} */
    public List<Action> actions() {
        return actions;
    }

    /** {@return the report as JSON: a list of actions, each with its totals and what they are a day} */
    public String toJson() {
        List<Object> list = new ArrayList<>();
        for (Action action : actions) {
            Map<String, Object> totals = new LinkedHashMap<>();
            Map<String, Object> aDay = new LinkedHashMap<>();
            totals(action).forEach((name, number) -> {
                totals.put(name, number);
                aDay.put(name, action.perDay(number));
            });
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("action", action.action());
            one.put("mode", action.enforced() ? Rollout.ENFORCE.word() : Rollout.OBSERVE.word());
            one.put("from", action.from().toString());
            one.put("to", action.to().toString());
            one.put("totals", totals);
            one.put("perDay", aDay);
            one.put("requesters", BigDecimal.valueOf(action.requesters()));
            one.put("busiestHour", action.busiestHour().toString());
            one.put("mostAnHour", BigDecimal.valueOf(action.mostAnHour()));
            list.add(one);
        }
        return JsonLayout.line(list);
    }

    private static Map<String, Long> totals(Action action) {
        Map<String, Long> totals = new LinkedHashMap<>();
        totals.put("calls", action.calls());
        totals.put("allowed", action.allowed());
        totals.put("approvedByRule", action.byRule());
        totals.put("asked", action.asked());
        totals.put("denied", action.denied());
        totals.put("failed", action.failed());
        totals.put("requests", action.asks());
        return totals;
    }

    /** {@return the report as a table for people, figures a day} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-32s %-8s %9s %9s %9s %9s %9s %9s %10s  %s%n",
                "action, a day",
                "mode",
                "calls",
                "allowed",
                "by rule",
                "asked",
                "denied",
                "requests",
                "requesters",
                "busiest hour"));
        for (Action action : actions) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-32s %-8s %9s %9s %9s %9s %9s %9s %10d  %s: %d%n",
                    action.action(),
                    action.enforced() ? "enforced" : "observed",
                    action.perDay(action.calls()),
                    action.perDay(action.allowed()),
                    action.perDay(action.byRule()),
                    action.perDay(action.asked()),
                    action.perDay(action.denied()),
                    action.perDay(action.asks()),
                    action.requesters(),
                    action.busiestHour(),
                    action.mostAnHour()));
        }
        return text.toString();
    }
}
