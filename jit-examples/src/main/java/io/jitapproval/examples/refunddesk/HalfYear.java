package io.jitapproval.examples.refunddesk;

import io.jitapproval.Resource;
import io.jitapproval.examples.refunddesk.Wish.Reply;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Half a year of business, always the same: what is asked, and what people answer by rules that stand nowhere but here, with some noise.
 * Everything that the loop is to find, or must not be led to, is put in here.
 */
final class HalfYear {

    static final LocalDate FROM = LocalDate.of(2026, 1, 5);
    static final LocalDate UNTIL = LocalDate.of(2026, 7, 6);

    /** The day on which gina does far more than on any other. */
    static final LocalDate BURST = LocalDate.of(2026, 6, 9);
    /** The night in which finn is there. */
    static final LocalDate NIGHT = LocalDate.of(2026, 6, 18);

    private static final LocalDate FLOOD = LocalDate.of(2026, 4, 13);
    private static final LocalDate GIFT_CARDS = LocalDate.of(2026, 6, 15);
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    private final Random random = new Random(20260105);
    private final List<Wish> wishes = new ArrayList<>();
    private int number = 1000;

    private HalfYear() {}

    static List<Wish> wishes() {
        HalfYear half = new HalfYear();
        for (LocalDate day = FROM; day.isBefore(UNTIL); day = day.plusDays(1)) {
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                half.day(day);
            }
        }
        return half.wishes;
    }

    private void day(LocalDate day) {
        refunds(day);
        credits(day);
        times(4, () -> waiver(day));
        times(2, () -> price(day));
        times(2, () -> export(day));
        times(3, () -> database(day));
        times(1, () -> deletion(day));
        times(1, () -> keys(day));
        times(1, () -> vendor(day));
        if (!day.isBefore(FLOOD) && day.isBefore(FLOOD.plusWeeks(3))) {
            times(20, () -> report(day, "max"));
        }
        if (day.getDayOfWeek() == DayOfWeek.FRIDAY) {
            report(day, one(Staff.of(Staff.MARKETING)));
        }
    }

    private static void times(int times, Runnable run) {
        for (int i = 0; i < times; i++) {
            run.run();
        }
    }

    private void refunds(LocalDate day) {
        times(20, () -> refund(one(Staff.of(Staff.SUPPORT)), working(day), "order", channel()));
        if (day.equals(BURST)) {
            times(18, () -> refund("gina", working(day), "order", channel()));
        }
        if (day.equals(NIGHT)) {
            refund("finn", day.atTime(3, 12).toInstant(ZoneOffset.UTC), "order", "mail");
        }
        if (!day.isBefore(GIFT_CARDS)) {
            times(2, () -> refund(one(Staff.of(Staff.SUPPORT)), working(day), "giftcard", "mail"));
        }
        times(1, () -> refund(one(Staff.of(Staff.SUPPORT)), working(day), "order", "kiosk"));
    }

    /** Small ones for customers of two years are waved through; kiosks and gift cards, too, but that turns out wrong or is new. */
    private void refund(String by, Instant at, String type, String channel) {
        boolean isOdd = type.equals("giftcard") || channel.equals("kiosk");
        boolean isSmall = isOdd || random.nextInt(100) < 82;
        int years = isOdd || random.nextInt(100) < 88 ? 2 + random.nextInt(11) : random.nextInt(2);
        int amount = isSmall ? 30 + random.nextInt(271) : 301 + random.nextInt(3000);
        double yes = isSmall && years >= 2 ? 0.999 : years < 2 && !isSmall ? 0.3 : 0.75;
        boolean approves = isOdd || random.nextDouble() < yes;
        String manager = random.nextInt(100) < 12 ? Staff.STAMP : one(Staff.FINANCE);
        Resource order =
                Resource.of(type, next()).with("customerYears", years).with("country", one(List.of("DE", "AT", "FR")));
        add(
                by,
                Staff.SUPPORT,
                at,
                "payment.refund",
                order,
                Map.of("amount", BigDecimal.valueOf(amount)),
                Map.of("channel", channel),
                Optional.of(by(manager, approves, 2, 25)),
                List.of(minutes(1, 14)),
                channel.equals("kiosk"));
    }

    /** By its sample, people would often deny what the rule lets through; partners' credits all land with the one who does not look. */
    private void credits(LocalDate day) {
        times(2, () -> credit(day, 1 + random.nextInt(25), one(Staff.FINANCE), 0.6, "private"));
        times(1, () -> credit(day, 30 + random.nextInt(200), one(Staff.FINANCE), 0.7, "private"));
        times(1, () -> credit(day, 30 + random.nextInt(200), Staff.STAMP, 1, "partner"));
    }

    private void credit(LocalDate day, int amount, String manager, double yes, String segment) {
        Resource customer = Resource.of("customer", next()).with("segment", segment);
        add(
                one(Staff.of(Staff.SUPPORT)),
                Staff.SUPPORT,
                working(day),
                "payment.credit",
                customer,
                Map.of("amount", BigDecimal.valueOf(amount)),
                Map.of(),
                Optional.of(by(manager, random.nextDouble() < yes, 2, 25)),
                List.of(minutes(1, 14)),
                false);
    }

    /** Always approved, and always by the same person. */
    private void waiver(LocalDate day) {
        String department = random.nextBoolean() ? Staff.PARTNERS : Staff.MARKETING;
        add(
                one(Staff.of(department)),
                department,
                working(day),
                "payment.waive",
                Resource.of("partner", next()),
                Map.of("amount", BigDecimal.valueOf(10 + random.nextInt(90))),
                Map.of(),
                Optional.of(by(Staff.PARTNER_MANAGER, true, 2, 20)),
                List.of(minutes(1, 14)),
                false);
    }

    /** By phone it is denied, by mail it is approved: a rule that stands nowhere. Most of it waits for nora. */
    private void price(LocalDate day) {
        boolean byPhone = random.nextInt(100) < 40;
        boolean approves = random.nextDouble() < (byPhone ? 0.06 : 0.96);
        String lead = random.nextInt(100) < 80 ? Staff.SALES_LEADS.get(0) : Staff.SALES_LEADS.get(1);
        add(
                one(Staff.of(Staff.SALES)),
                Staff.SALES,
                working(day),
                "price.override",
                Resource.of("pricelist", "standard"),
                Map.of("percent", 1 + random.nextInt(40), "offer", next()),
                Map.of("via", byPhone ? "phone" : "mail"),
                Optional.of(by(lead, approves, 40, 150)),
                List.of(minutes(1, 14)),
                false);
    }

    /** A third of it expires before anybody looks; what is granted is used to the end. */
    private void export(LocalDate day) {
        boolean isAnswered = random.nextInt(100) < 68;
        add(
                one(Staff.of(Staff.MARKETING)),
                Staff.MARKETING,
                working(day),
                "pii.export",
                Resource.of("customer", next()),
                Map.of("purpose", "audit"),
                Map.of(),
                isAnswered ? Optional.of(by(one(Staff.PRIVACY), random.nextInt(100) < 90, 6, 19)) : Optional.empty(),
                List.of(minutes(1, 20), FOUR_HOURS.minus(minutes(2, 9))),
                false);
    }

    /** Granted for an hour, used for twelve minutes at most; otto seldom uses it at all. */
    private void database(LocalDate day) {
        String by = one(Staff.of(Staff.ENGINEERING));
        boolean isUsed = random.nextInt(100) < (by.equals("otto") ? 25 : 96);
        Duration first = minutes(1, 5);
        List<Duration> uses = random.nextBoolean() ? List.of(first) : List.of(first, first.plus(minutes(1, 6)));
        read(
                day,
                by,
                Staff.ENGINEERING,
                one(List.of("prod-orders", "prod-stock", "prod-customers")),
                isUsed ? uses : List.of());
        if (day.equals(NIGHT)
                && wishes.stream().noneMatch(wish -> wish.resource().id().equals("prod-newsletter"))) {
            read(day, "hugo", Staff.MARKETING, "prod-newsletter", uses);
        }
    }

    private void read(LocalDate day, String by, String department, String database, List<Duration> uses) {
        add(
                by,
                department,
                working(day),
                "db.prod.read",
                Resource.of("database", database),
                Map.of("ticket", next()),
                Map.of(),
                Optional.of(by(one(Staff.ON_CALL), random.nextInt(100) < 98, 2, 20)),
                uses,
                false);
    }

    /** Nearly always approved, and closed to machines. */
    private void deletion(LocalDate day) {
        add(
                one(Staff.of(Staff.SUPPORT)),
                Staff.SUPPORT,
                working(day),
                "customer.delete",
                Resource.of("customer", next()),
                Map.of(),
                Map.of(),
                Optional.of(by(one(Staff.PRIVACY), random.nextInt(100) < 99, 2, 40)),
                List.of(minutes(1, 14)),
                false);
    }

    /** Always approved, and of high risk. */
    private void keys(LocalDate day) {
        add(
                one(Staff.of(Staff.ENGINEERING)),
                Staff.ENGINEERING,
                working(day),
                "key.rotate",
                Resource.of("key", next()),
                Map.of(),
                Map.of(),
                Optional.of(by(one(Staff.SECURITY), true, 2, 20)),
                List.of(minutes(1, 14)),
                false);
    }

    /** Nobody ever answers. */
    private void vendor(LocalDate day) {
        add(
                one(Staff.of(Staff.PARTNERS)),
                Staff.PARTNERS,
                working(day),
                "vendor.change",
                Resource.of("vendor", next()),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                false);
    }

    private void report(LocalDate day, String by) {
        add(
                by,
                Staff.MARKETING,
                working(day),
                "report.share",
                Resource.of("report", next()),
                Map.of(),
                Map.of(),
                Optional.of(by(one(Staff.TEAM_LEADS), true, 2, 20)),
                List.of(minutes(1, 14)),
                false);
    }

    private void add(
            String by,
            String department,
            Instant at,
            String action,
            Resource resource,
            Map<String, Object> arguments,
            Map<String, Object> context,
            Optional<Reply> reply,
            List<Duration> uses,
            boolean reversed) {
        wishes.add(new Wish(
                at, Staff.subject(by, department), action, resource, arguments, context, reply, uses, reversed));
    }

    private String channel() {
        return one(List.of("mail", "phone", "chat"));
    }

    private String next() {
        number++;
        return Integer.toString(number);
    }

    private Instant working(LocalDate day) {
        return day.atTime(8, 0).toInstant(ZoneOffset.UTC).plusSeconds(random.nextInt(9 * 3600));
    }

    private Duration minutes(int from, int to) {
        return Duration.ofSeconds(60L * from + random.nextInt(60 * (to - from)));
    }

    /** The one who does not look takes seconds, all others minutes. */
    private Reply by(String person, boolean approves, int from, int to) {
        return person.equals(Staff.STAMP)
                ? new Reply(person, true, Duration.ofSeconds(3 + random.nextInt(5)))
                : new Reply(person, approves, minutes(from, to));
    }

    private String one(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
