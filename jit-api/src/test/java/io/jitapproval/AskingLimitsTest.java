package io.jitapproval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.AskingLimits.Bucket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How often people may be asked")
class AskingLimitsTest {

    private static final Bucket ONE = new Bucket(1, Duration.ofMinutes(1));

    @Test
    @DisplayName("a bucket can be made before anything else of the limits was used")
    void bucketFirst() throws Exception {
        URL classes = AskingLimits.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader fresh = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> bucket = Class.forName(Bucket.class.getName(), true, fresh);
            assertThat(bucket.getField("ENDLESS").get(null)).hasToString(Bucket.ENDLESS.toString());
        }
    }

    @Test
    @DisplayName("approvers have a bound of their own, by default the default's, and by none none")
    void perApprover() {
        assertThat(new AskingLimits(ONE, ONE, 1).perApprover()).isEqualTo(AskingLimits.DEFAULT.perApprover());
        assertThat(AskingLimits.DEFAULT.perApprover()).isEqualTo(new Bucket(20, Duration.ofMinutes(3)));
        assertThat(AskingLimits.NONE.perApprover().isEndless()).isTrue();
        assertThat(new AskingLimits(Bucket.ENDLESS, Bucket.ENDLESS, 1, ONE).perApprover())
                .isEqualTo(ONE);
    }

    @Test
    @DisplayName("are refused by name")
    void refused() {
        assertThatThrownBy(() -> new AskingLimits(ONE, ONE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pendingPerRequester must be at least 1, but was 0");
        assertThatThrownBy(() -> new Bucket(0, Duration.ofMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size must be at least 1, but was 0");
        assertThatThrownBy(() -> new AskingLimits(ONE, ONE, 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("perApprover");
    }
}
