package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Label("design §3: numbers")
class DecimalLawsTest {

    @Label("design §3: numbers compare as exact decimals, whatever their class")
    @Property(tries = 500)
    void numbers(@ForAll long a, @ForAll long b, @ForAll BigDecimal c, @ForAll double d) {
        int expected = Long.compare(a, b);
        for (Object value : List.of(a, BigInteger.valueOf(a), BigDecimal.valueOf(a), new AtomicLong(a))) {
            assertThat(Decimal.of(BigDecimal.valueOf(b)).compare(value)).isEqualTo(expected);
            assertThat(Values.order(value, b)).isEqualTo(expected);
        }
        assertThat(Decimal.of(c).compare(a)).isEqualTo(BigDecimal.valueOf(a).compareTo(c));
        assertThat(Decimal.of(c).compare(d)).isEqualTo(BigDecimal.valueOf(d).compareTo(c));
        assertThat(Decimal.of(BigDecimal.valueOf(b)).compare(d))
                .isEqualTo(BigDecimal.valueOf(d).compareTo(BigDecimal.valueOf(b)));
    }
}
