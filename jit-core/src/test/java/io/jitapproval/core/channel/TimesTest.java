package io.jitapproval.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "10m, PT10M",
        "10 m, ",
        "10min, PT10M",
        "PT10M, PT10M",
        "pt10m, PT10M",
        "90s, PT90S",
        "2h, PT2H",
        "1h30m, PT90M",
        "1h 30m, PT90M",
        "1d, P1D",
        " 5M , PT5M",
        "10, ",
        "m, ",
        "0m, ",
        "-5m, ",
        "PT-5M, ",
        "PT0S, ",
        "tomorrow, ",
        "1m1h, ",
        "9999999m, ",
        "999999999999999999999h, ",
        "PT999999999999999999H, "
    })
    @DisplayName("durations as people type them; anything else is none")
    void parse(String text, Duration expected) {
        assertThat(Times.parse(text)).isEqualTo(java.util.Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    @DisplayName("nothing typed is no duration")
    void nothing(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }
}
