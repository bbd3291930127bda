package io.jitapproval.examples.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.Channels;
import io.jitapproval.core.TimeSources;
import io.jitapproval.core.WebhookSignatures;
import io.jitapproval.spi.ApprovalChannel;
import java.net.URI;
import java.security.SignatureException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/channels.md: both ends of a webhook")
class WebhookSamplesTest {

    /** Stands for a servlet's. */
    private record Request(Map<String, String> headers) {
        String getHeader(String name) {
            return headers.get(name);
        }
    }

    @Test
    @DisplayName("the sender")
    void sender() {
        String current = "whsec_b2xkZXIgc2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXM=";
        String previous = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        ApprovalChannel channel =
                // As the page shows it.
                Channels.webhook(URI.create("https://hooks.example/approvals"))
                        .secrets(current, previous) // whsec_…; all of them sign
                        .name("hooks") // by default "webhook"; two webhooks need two names
                        .source(URI.create("https://refunds.example"))
                        .build(); // every fault of configuration is told here, all at once (JIT-C020)
        assertThat(channel.name()).isEqualTo("hooks");
    }

    @Test
    @DisplayName("the receiver, to whom somebody plays a recorded webhook")
    void receiver() {
        Request request = new Request(Map.of(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        byte[] rawBody = "{\"test\": 2432232314}".getBytes(UTF_8);
        assertThatThrownBy(() -> receive(request, rawBody, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("away from our time");
    }

    private static void receive(Request request, byte[] rawBody, String secret) throws SignatureException {
        WebhookSignatures signatures = WebhookSignatures.of(TimeSources.system(), secret);

        signatures.verify( // throws SignatureException
                request.getHeader("webhook-id"),
                request.getHeader("webhook-timestamp"),
                request.getHeader("webhook-signature"),
                rawBody); // the bytes as they came, before anything parsed them
    }
}
