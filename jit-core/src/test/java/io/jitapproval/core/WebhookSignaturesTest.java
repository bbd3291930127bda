package io.jitapproval.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.channel.WebhookKeys;
import java.security.SignatureException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("verifying Standard Webhooks 1.0, with the vector that its libraries publish")
class WebhookSignaturesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_b2xkZXIgc2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXM=";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String WRONG = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    /** What tells genuine webhooks from others. */
    @FunctionalInterface
    private interface Verifier {
        void verify(String id, String timestamp, String signature, byte[] body) throws SignatureException;
    }

    private static Verifier at(long seconds, String... secrets) {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(seconds));
        return WebhookSignatures.of(clock, secrets)::verify;
    }

    private static final Verifier NOW = at(1614265330, SECRET);

    @Test
    @DisplayName("the published signature is genuine, alone, among others, and by any of our secrets")
    void genuine() {
        assertThatCode(() -> {
                    NOW.verify(ID, TIMESTAMP, SIGNATURE, BODY);
                    NOW.verify(ID, TIMESTAMP, WRONG + " v2,Ceo5qEr0 " + SIGNATURE + " " + WRONG, BODY);
                    at(1614265330, OTHER, SECRET).verify(ID, TIMESTAMP, SIGNATURE, BODY);
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none,                          1614265330,  v1,   a header is missing",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  none,        v1,   a header is missing",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265330,  none, a header is missing",
                "'',                            1614265330,  v1,   webhook-id is empty",
                "msg.p5jXN8AQM9LWM0D4loKWxJek,  1614265330,  v1,   a dot in it",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265330.0,v1,   no number of seconds",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  -1614265330, v1,   no number of seconds",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  '',          v1,   no number of seconds",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265331,  v1,   is one of ours",
                "msg_another,                   1614265330,  v1,   is one of ours",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265330,  v2,   is one of ours",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265330,  raw,  is one of ours",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265330,  junk, is one of ours",
                "msg_p5jXN8AQM9LWM0D4loKWxJek,  1614265330,  void, is one of ours",
            })
    @DisplayName("nothing else is")
    void forged(String id, String timestamp, String kind, String message) {
        String hash = SIGNATURE.substring(3);
        String signature = kind == null
                ? null
                : switch (kind) {
                    case "v1" -> SIGNATURE;
                    case "v2" -> "v2," + hash + " v1a," + hash;
                    case "raw" -> hash;
                    case "junk" -> "v1,not_base64! v1 v1, " + WRONG;
                    default -> "";
                };
        assertThatThrownBy(() -> NOW.verify(id, timestamp, signature, BODY))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("one changed byte, and another secret")
    void changed() {
        byte[] changed = BODY.clone();
        changed[2] ^= 1;
        assertThatThrownBy(() -> NOW.verify(ID, TIMESTAMP, SIGNATURE, changed)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> at(1614265330, OTHER).verify(ID, TIMESTAMP, SIGNATURE, BODY))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    @DisplayName("R18: five minutes on both sides and not a second more; a verifier of the signature alone fails this")
    void tolerance() {
        checkTolerance(WebhookSignaturesTest::at);
        WebhookKeys keys = WebhookKeys.of(List.of(SECRET));
        Clocked timeless = (seconds, secrets) -> (id, timestamp, signature, body) -> {
            if (!keys.signed(id, timestamp, body, signature)) {
                throw new SignatureException("forged");
            }
        };
        assertThatThrownBy(() -> checkTolerance(timeless)).isInstanceOf(AssertionError.class);
    }

    @FunctionalInterface
    private interface Clocked {
        Verifier at(long seconds, String... secrets);
    }

    private static void checkTolerance(Clocked verifier) {
        for (long away : List.of(-300L, 0L, 300L)) {
            assertThatCode(() -> verifier.at(1614265330 + away, SECRET).verify(ID, TIMESTAMP, SIGNATURE, BODY))
                    .doesNotThrowAnyException();
        }
        for (long away : List.of(-301L, 301L)) {
            assertThatThrownBy(() -> verifier.at(1614265330 + away, SECRET).verify(ID, TIMESTAMP, SIGNATURE, BODY))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("301 s away");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_"
            })
    @DisplayName("R52: a secret that is none is refused by number, and never quoted")
    void badSecrets(String bad) {
        assertThatThrownBy(() -> WebhookSignatures.of(InstantSource.system(), SECRET, bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret no. 2")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("MfKQ", "LaLa"));
        assertThatThrownBy(() -> WebhookSignatures.of(InstantSource.system()))
                .hasMessageContaining("there is no secret");
    }

    @Test
    @DisplayName("24 to 64 bytes, padded or not")
    void sizes() {
        assertThatCode(() -> at(0, secret(24))).doesNotThrowAnyException();
        assertThatCode(() -> at(0, secret(25), secret(25).replace("=", ""))).doesNotThrowAnyException();
        assertThatCode(() -> at(0, secret(64))).doesNotThrowAnyException();
        assertThatThrownBy(() -> at(0, secret(23))).hasMessageContaining("has 23 bytes");
        assertThatThrownBy(() -> at(0, secret(65))).hasMessageContaining("has 65 bytes");
    }

    private static String secret(int bytes) {
        return "whsec_" + java.util.Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
