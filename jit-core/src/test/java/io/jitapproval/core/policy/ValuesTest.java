package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Explanation.Match;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("design §3: values compare exactly or not at all")
class ValuesTest {

    @Test
    @DisplayName("design §3: a double is the decimal that it is written as; NaN is no number")
    void doubles() {
        assertThat(Decimal.of(new BigDecimal("0.1")).compare(0.1d)).isZero();
        assertThat(Decimal.of(new BigDecimal("0.1")).compare(0.1f)).isZero();
        assertThat(Decimal.of(BigDecimal.TEN).compare(10.000000000000002d)).isEqualTo(1);
        assertThat(Decimal.of(BigDecimal.ZERO).compare(-0.0d)).isZero();
        assertThat(Decimal.of(new BigDecimal(Long.MAX_VALUE)).compare((double) Long.MAX_VALUE))
                .isEqualTo(1);
        for (Object none : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN, "1", true)) {
            assertThat(Decimal.of(BigDecimal.ONE).compare(none)).isEqualTo(Decimal.INCOMPARABLE);
        }
        assertThat(Decimal.of(BigDecimal.ONE).compare(new BigDecimal("1E+999999999")))
                .isEqualTo(1);
        assertThat(Values.order(BigDecimal.ONE, new BigDecimal("1E-999999999"))).isEqualTo(1);
    }

    @Test
    @DisplayName("design §3: times compare with times, also as ISO text; nothing compares across kinds")
    void times() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(Values.order("2026-01-01T13:00:00+01:00", noon)).isZero();
        assertThat(Values.order(noon.atZone(ZoneOffset.UTC), noon)).isZero();
        assertThat(Values.order(noon.minusMillis(1), noon)).isEqualTo(-1);
        assertThat(Values.order("PT20M", Duration.ofMinutes(15))).isEqualTo(1);
        assertThat(Values.order("2026-01-02", LocalDate.of(2026, 1, 1))).isEqualTo(1);
        assertThat(Values.order(noon, LocalDate.of(2026, 1, 1))).isEqualTo(Decimal.INCOMPARABLE);
        assertThat(Values.order("soon", noon)).isEqualTo(Decimal.INCOMPARABLE);
        assertThat(Values.order(5, noon)).isEqualTo(Decimal.INCOMPARABLE);
        assertThat(Values.equal(Match.MATCHED, "MATCHED")).isEqualTo(Match.MATCHED);
        assertThat(Values.equal(true, "true")).isEqualTo(Match.UNKNOWN);
        assertThat(Values.equal(1, true)).isEqualTo(Match.UNKNOWN);
    }

    @Test
    @DisplayName("design §3: a list with an element that cannot be compared is unknown, unless another decides")
    void lists() {
        List<Object> mixed = Arrays.asList("A", 1, null);
        assertThat(Values.contains(mixed, "A")).isEqualTo(Match.MATCHED);
        assertThat(Values.contains(mixed, "B")).isEqualTo(Match.UNKNOWN);
        assertThat(Values.contains(Set.of("A"), "B")).isEqualTo(Match.NOT_MATCHED);
        assertThat(Values.contains("ABC", "A")).isEqualTo(Match.UNKNOWN);
        assertThat(Values.containsAll(List.of("A", "B"), new Constants(List.of("B", "A"))))
                .isEqualTo(Match.MATCHED);
        assertThat(Values.containsAny(List.of(), new Constants(List.of("A")))).isEqualTo(Match.NOT_MATCHED);
        assertThat(Values.in(2, new Constants(List.of(Decimal.of(BigDecimal.valueOf(2)), "x"))))
                .isEqualTo(Match.MATCHED);
        assertThat(Values.in("y", new Constants(List.of("x", "z")))).isEqualTo(Match.NOT_MATCHED);
    }

    @Test
    @DisplayName(
            "design §3: a window is half open, by the wall clock of its zone, and belongs to the day on which it begins")
    void windows() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Window day = new Window(7 * 60, 22 * 60, berlin, Set.of());
        assertThat(day.contains(at("2026-03-28T07:00", berlin))).isTrue();
        assertThat(day.contains(at("2026-03-28T06:59", berlin))).isFalse();
        assertThat(day.contains(at("2026-03-29T21:59", berlin))).isTrue();
        assertThat(day.contains(at("2026-03-29T22:00", berlin))).isFalse();
        Window fridayNight = new Window(22 * 60, 6 * 60, berlin, EnumSet.of(DayOfWeek.FRIDAY));
        assertThat(fridayNight.contains(at("2026-03-27T23:00", berlin))).isTrue();
        assertThat(fridayNight.contains(at("2026-03-28T05:59", berlin))).isTrue();
        assertThat(fridayNight.contains(at("2026-03-28T06:00", berlin))).isFalse();
        assertThat(fridayNight.contains(at("2026-03-27T05:00", berlin))).isFalse();
        assertThat(fridayNight.contains(at("2026-03-28T23:00", berlin))).isFalse();
        assertThat(fridayNight.show(at("2026-03-27T23:05", berlin))).isEqualTo("FRI 23:05 Europe/Berlin");
        assertThat(fridayNight).hasToString("22:00-06:00 on FRI");
    }

    private static Instant at(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }
}
