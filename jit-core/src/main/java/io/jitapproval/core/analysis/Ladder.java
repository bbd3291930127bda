package io.jitapproval.core.analysis;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Points on an ordered scale, enough to stand for every value: each constant, and so many between, below and above them that
 * as many attributes can stand there in any order.
 */
final class Ladder {

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

    private Ladder() {}

    /** The constants and the points around them, whole numbers where there is room. */
    static List<BigDecimal> numbers(Collection<BigDecimal> constants, int between) {
        TreeSet<BigDecimal> sorted = new TreeSet<>(constants);
        Set<BigDecimal> points = new LinkedHashSet<>(sorted);
        if (sorted.isEmpty()) {
            sorted.add(BigDecimal.ZERO);
            points.add(BigDecimal.ZERO);
        }
        BigDecimal below = null;
        for (BigDecimal each : sorted) {
            if (below != null) {
                points.addAll(inside(below, each, between));
            }
            below = each;
        }
        for (int i = 1; i <= between; i++) {
            points.add(sorted.last().add(BigDecimal.valueOf(i)));
            points.add(sorted.first().subtract(BigDecimal.valueOf(i)));
        }
        return List.copyOf(points);
    }

    private static List<BigDecimal> inside(BigDecimal from, BigDecimal to, int many) {
        BigDecimal gap = to.subtract(from);
        List<BigDecimal> points = new ArrayList<>();
        for (int i = 1; i <= many; i++) {
            // Twice as many digits as there are points: no two of them are rounded to one.
            int scale = Math.max(gap.scale(), 0) + gap.stripTrailingZeros().precision() + many + 2;
            BigDecimal exact = from.add(gap.multiply(BigDecimal.valueOf(i))
                    .divide(BigDecimal.valueOf(many + 1L), scale, RoundingMode.DOWN));
            BigDecimal whole = exact.setScale(0, RoundingMode.HALF_UP);
            boolean fits = whole.compareTo(from) > 0 && whole.compareTo(to) < 0 && !points.contains(whole);
            points.add(fits ? whole : exact.stripTrailingZeros());
        }
        return points;
    }

    /** The same on another scale; each point in every spelling that counts as the same and reads differently. */
    static List<Object> others(Collection<?> constants, int between) {
        List<Object> points = new ArrayList<>();
        points.addAll(on(constants, Instant.class, Ladder::nanos, Ladder::instant, between));
        points.addAll(on(
                constants,
                Duration.class,
                each -> BigInteger.valueOf(each.getSeconds()).multiply(NANOS).add(BigInteger.valueOf(each.getNano())),
                nanos -> Duration.ofSeconds(
                        nanos.divide(NANOS).longValue(), nanos.mod(NANOS).longValue()),
                between));
        points.addAll(on(
                constants,
                LocalDate.class,
                each -> BigInteger.valueOf(each.toEpochDay()),
                days -> LocalDate.ofEpochDay(days.longValue()),
                between));
        points.addAll(on(
                constants,
                LocalDateTime.class,
                each -> nanos(each.toInstant(ZoneOffset.UTC)),
                nanos -> LocalDateTime.ofInstant(instant(nanos), ZoneOffset.UTC),
                between));
        points.addAll(on(
                constants,
                LocalTime.class,
                each -> BigInteger.valueOf(each.toNanoOfDay()),
                nanos -> LocalTime.ofNanoOfDay(
                        Math.floorMod(nanos.longValue(), Duration.ofDays(1).toNanos())),
                between));
        return points;
    }

    private static <T> List<T> on(
            Collection<?> constants,
            Class<T> type,
            Function<T, BigInteger> number,
            Function<BigInteger, T> back,
            int between) {
        List<BigDecimal> known = constants.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(each -> new BigDecimal(number.apply(each)))
                .toList();
        if (known.isEmpty()) {
            return List.of();
        }
        Set<T> points = new LinkedHashSet<>();
        BigDecimal second = new BigDecimal(type == LocalDate.class ? BigInteger.ONE : NANOS);
        for (BigDecimal point : numbers(known, between)) {
            points.add(back.apply(point.setScale(0, RoundingMode.FLOOR).toBigInteger()));
        }
        for (int i = 1; i <= between; i++) {
            for (BigDecimal each : known) {
                BigDecimal step = second.multiply(BigDecimal.valueOf(i));
                points.add(back.apply(each.add(step).toBigInteger()));
                points.add(back.apply(each.subtract(step).toBigInteger()));
            }
        }
        return List.copyOf(points);
    }

    private static BigInteger nanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond()).multiply(NANOS).add(BigInteger.valueOf(instant.getNano()));
    }

    private static Instant instant(BigInteger nanos) {
        BigInteger[] parts = nanos.divideAndRemainder(NANOS);
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    }

    /** The texts that say this value: as we write it, and otherwise. */
    static List<String> spellings(Object value) {
        if (value instanceof Instant instant) {
            return List.of(
                    instant.toString(), instant.atOffset(ZoneOffset.ofHours(1)).toString());
        }
        if (value instanceof Duration duration) {
            String text = duration.toString();
            return List.of(text, "P0D" + text.substring(1));
        }
        if (value instanceof LocalTime || value instanceof LocalDateTime) {
            String text = value.toString();
            boolean seconds = text.chars().filter(c -> c == ':').count() == 2;
            return seconds ? List.of(text, text + (text.indexOf('.') < 0 ? ".0" : "0")) : List.of(text, text + ":00");
        }
        return List.of(value.toString());
    }
}
