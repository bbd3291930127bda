package io.jitapproval.core.feedback.synthetic;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.DecisionHistory;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests for access to resources as a large firm has them: eight attributes with many values, skewed as in life (Zipf), nested as in an
 * organisation, about six in a hundred denied. What people think of a request is a sum of effects with heavy tails, of single values and
 * of pairs, so that denials have reasons that can be learnt, and some have none. The same settings give the same history.
 *
 * <p>Thread-safe: each run makes its own state.
 */
public final class SyntheticHistory implements DecisionHistory {

    private static final int DEPARTMENTS = 449;
    private static final int UNITS = 177;
    private static final int DIVISIONS = 128;
    private static final int MANAGERS = 4243;
    private static final int TITLES = 343;
    private static final int FAMILIES = 67;
    private static final int ROLES = 2358;
    private static final int RESOURCES = 7518;
    private static final int DECIDERS = 60;
    private static final int CALIBRATION = 20_000;
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration SPAN = Duration.ofDays(182);

    /**
     * What is to be in a history.
     *
     * @param seed      what it grows from
     * @param decisions how many decisions
     * @param denied    the share of them that is denied, about
     * @param noise     the share that is denied for no reason at all
     * @param random    whether all of them are decided by the throw of a die
     * @param drift     from which share of the decisions on people think the opposite of half of the departments; 1 for never
     * @param flood     how many harmless requests one subject, {@code user/flooder}, throws in besides, all approved
     * @param stamping  how many of the sixty deciders, {@code decider-0} onwards, approve all they see within seconds
     */
    public record Settings(
            long seed, int decisions, double denied, double noise, boolean random, double drift, int flood, int stamping) {

        /**
         * Checks the numbers.
         *
         * @param seed      as above
         * @param decisions as above
         * @param denied    as above
         * @param noise     as above
         * @param random    as above
         * @param drift     as above
         * @param flood     as above
         * @param stamping  as above
         * @throws IllegalArgumentException if a number is out of its range
         */
        public Settings {
            if (decisions < 0 || flood < 0 || stamping < 0 || stamping > DECIDERS) {
                throw new IllegalArgumentException("a history has no negative numbers, and at most 60 who stamp");
            }
            if (!(denied > 0 && denied < 1) || noise < 0 || noise >= denied || !(drift >= 0 && drift <= 1)) {
                throw new IllegalArgumentException("shares lie between 0 and 1, and there is less noise than denials");
            }
        }

        /**
         * The ordinary case.
         *
         * @param seed      what it grows from
         * @param decisions how many decisions
         * @return settings with six in a hundred denied, and none of what goes wrong
         */
        public static Settings of(long seed, int decisions) {
            return new Settings(seed, decisions, 0.058, 0.004, false, 1, 0, 0);
        }
    }

    private final Settings settings;
    private final Firm firm;
    private final double bias;

    /**
     * A history.
     *
     * @param settings what is to be in it
     */
    public SyntheticHistory(Settings settings) {
        this.settings = settings;
        this.firm = new Firm(settings.seed());
        this.bias = calibrated();
    }

    @Override
    public String name() {
        return "synthetic-" + settings.seed();
    }

    /** Where the sum of effects has to begin so that as many are denied as are wanted. */
    private double calibrated() {
        double[] sums = new double[CALIBRATION];
        SplittableRandom random = new SplittableRandom(settings.seed() + 1);
        for (int i = 0; i < sums.length; i++) {
            sums[i] = firm.doubts(firm.request(random));
        }
        double low = -60;
        double high = 60;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            double mean = 0;
            for (double sum : sums) {
                mean += 1 / (1 + Math.exp(-(sum + middle)));
            }
            if (mean / sums.length > settings.denied() - settings.noise()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (low + high) / 2;
    }

    @Override
    public void each(Consumer<PastDecision> each) {
        SplittableRandom random = new SplittableRandom(settings.seed() + 2);
        int all = settings.decisions() + settings.flood();
        long step = all == 0 ? 0 : SPAN.toMillis() / all;
        int thrown = 0;
        for (int i = 0; i < all; i++) {
            Instant opened = BEGIN.plusMillis(i * step);
            boolean flood = thrown < (long) settings.flood() * (i + 1) / Math.max(1, all);
            if (flood) {
                thrown++;
                each.accept(decision(i, opened, "flooder", firm.harmless(thrown), false, random));
            } else {
                int[] request = firm.request(random);
                boolean denied = denied(request, (double) i / all, random);
                each.accept(decision(i, opened, "user-" + random.nextInt(MANAGERS * 3), request, denied, random));
            }
        }
    }

    private boolean denied(int[] request, double when, SplittableRandom random) {
        double draw = random.nextDouble();
        if (settings.random()) {
            return draw < settings.denied();
        }
        double doubts = firm.doubts(request) + bias;
        if (when >= settings.drift() && request[Firm.DEPARTMENT] % 2 == 0) {
            doubts = -doubts;
        }
        return draw < settings.noise() || draw < 1 / (1 + Math.exp(-doubts));
    }

    private PastDecision decision(
            int number, Instant opened, String subject, int[] request, boolean denied, SplittableRandom random) {
        int decider = Math.floorMod(request[Firm.MANAGER] + random.nextInt(3), DECIDERS);
        boolean stamps = decider < settings.stamping();
        boolean approves = stamps || !denied;
        long seconds = stamps ? 2 + random.nextInt(4) : 60 + (long) (-900 * Math.log(1 - random.nextDouble()));
        Instant decided = opened.plusSeconds(seconds);
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("manager", "m" + request[Firm.MANAGER]);
        about.put("division", "v" + request[Firm.DIVISION]);
        about.put("unit", "n" + request[Firm.UNIT]);
        about.put("department", "d" + request[Firm.DEPARTMENT]);
        about.put("title", "t" + request[Firm.TITLE]);
        about.put("role", "r" + request[Firm.ROLE]);
        about.put("family", "f" + request[Firm.FAMILY]);
        Ref person = new Ref("user", "decider-" + decider);
        return new PastDecision(
                "s" + number,
                name() + ":" + (number + 1),
                opened,
                Optional.of(decided),
                new EvaluationRequest(
                        new Subject("user", subject, about),
                        List.of(),
                        new Action("access.request", Map.of()),
                        new Resource("system", "s" + request[Firm.RESOURCE], Map.of()),
                        Map.of()),
                approves ? Result.APPROVED : Result.DENIED,
                Route.PEOPLE,
                List.of(new Voice(person, approves, decided, Optional.of(Duration.ofSeconds(seconds)), !approves)),
                List.of("access"),
                "",
                List.of(person),
                OptionalInt.empty(),
                Optional.of(opened.plus(Duration.ofHours(8))),
                Optional.empty(),
                Outcome.UNKNOWN,
                OptionalDouble.empty(),
                "",
                Map.of());
    }

    /** Who works where, and what people think of it. */
    private static final class Firm {

        static final int RESOURCE = 0;
        static final int MANAGER = 1;
        static final int DIVISION = 2;
        static final int UNIT = 3;
        static final int DEPARTMENT = 4;
        static final int TITLE = 5;
        static final int ROLE = 6;
        static final int FAMILY = 7;
        private static final int PAIR = 100;

        private final long seed;
        private final double[] managers = zipf(MANAGERS, 0.8);
        private final double[] resources = zipf(RESOURCES, 0.9);
        private final double[] local = zipf(RESOURCES, 1.4);
        private final double[] roles = zipf(ROLES, 0.9);
        private final double[] departments = zipf(DEPARTMENTS, 0.9);
        private final double[] titles = zipf(TITLES, 0.9);
        private final int[] unitOf = new int[DEPARTMENTS];
        private final int[] departmentOf = new int[MANAGERS];
        private final int[] familyOf = new int[TITLES];
        private final int[] titleOf = new int[ROLES];
        private final int[] roleOf = new int[MANAGERS];
        private final int[] shelfOf = new int[DEPARTMENTS];

        Firm(long seed) {
            this.seed = seed;
            SplittableRandom random = new SplittableRandom(seed);
            fill(unitOf, zipf(UNITS, 1.1), random);
            fill(departmentOf, departments, random);
            fill(familyOf, zipf(FAMILIES, 1), random);
            fill(titleOf, titles, random);
            fill(roleOf, zipf(ROLES, 0.8), random);
            for (int i = 0; i < shelfOf.length; i++) {
                shelfOf[i] = random.nextInt(RESOURCES);
            }
        }

        private static void fill(int[] of, double[] sums, SplittableRandom random) {
            for (int i = 0; i < of.length; i++) {
                of[i] = draw(sums, random);
            }
        }

        /** Sums of 1/k^s, up to 1. */
        private static double[] zipf(int size, double exponent) {
            double[] sums = new double[size];
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.pow(i + 1.0, -exponent);
                sums[i] = sum;
            }
            for (int i = 0; i < size; i++) {
                sums[i] /= sum;
            }
            return sums;
        }

        private static int draw(double[] sums, SplittableRandom random) {
            int at = java.util.Arrays.binarySearch(sums, random.nextDouble());
            return Math.min(at >= 0 ? at : -at - 1, sums.length - 1);
        }

        int[] request(SplittableRandom random) {
            int manager = draw(managers, random);
            int department = random.nextInt(100) < 97 ? departmentOf[manager] : draw(departments, random);
            int role = random.nextInt(100) < 75 ? roleOf[manager] : draw(roles, random);
            int title = random.nextInt(100) < 97 ? titleOf[role] : draw(titles, random);
            int resource = random.nextInt(100) < 15
                    ? draw(resources, random)
                    : (draw(local, random) + shelfOf[department]) % RESOURCES;
            return all(resource, manager, department, role, title);
        }

        private int[] all(int resource, int manager, int department, int role, int title) {
            int unit = unitOf[department];
            return new int[] {
                resource, manager, unit * DIVISIONS / UNITS, unit, department, title, role, familyOf[title]
            };
        }

        /** The same few requests again and again. */
        int[] harmless(int number) {
            int manager = number % 3;
            int role = roleOf[manager];
            return all(number % 5, manager, departmentOf[manager], role, titleOf[role]);
        }

        /** On the scale of log odds of a denial. */
        double doubts(int[] request) {
            return 3 * effect(MANAGER, request[MANAGER])
                    + 2 * effect(RESOURCE, request[RESOURCE])
                    + 1.5 * effect(DEPARTMENT, request[DEPARTMENT])
                    + 1.5 * effect(ROLE, request[ROLE])
                    + 0.8 * effect(TITLE, request[TITLE])
                    + effect(PAIR + DEPARTMENT, (long) request[RESOURCE] * DEPARTMENTS + request[DEPARTMENT])
                    + 0.5 * effect(PAIR + MANAGER, (long) request[RESOURCE] * MANAGERS + request[MANAGER]);
        }

        /** Student's t with four degrees of freedom, always the same for the same value. */
        private double effect(int kind, long value) {
            SplittableRandom random = new SplittableRandom(seed * 31 + kind * 1_000_003L + value * 0x9E3779B97F4A7C15L);
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                double g = random.nextGaussian();
                sum += g * g;
            }
            return random.nextGaussian() / Math.sqrt(sum / 4);
        }
    }
}
