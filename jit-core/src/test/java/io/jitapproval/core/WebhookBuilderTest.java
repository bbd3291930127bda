package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.spi.ApprovalChannel;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a webhook that is configured badly does not start")
class WebhookBuilderTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static WebhookBuilder to(String uri) {
        return Channels.webhook(URI.create(uri)).secrets(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://hook.example/c4n4ry            | http would show requests to whoever listens",
                "http://127.0.0.1/c4n4ry               | http would show requests to whoever listens",
                "ftp://hook.example/c4n4ry             | the scheme is ftp",
                "/c4n4ry                               | the scheme is null",
                "https://u:c4n4ry@hook.example/        | the URI carries a user",
                "https://c4n4ry@hook.example/          | the URI carries a user",
                "https:///c4n4ry                       | the URI names no host",
                "https://a_b!/c4n4ry                   | the URI names no host",
                "https:c4n4ry                          | the URI names no host",
                "https://hook.example:0/c4n4ry         | the URI's port is 0",
                "https://hook.example:65536/c4n4ry     | the URI's port is 65536",
                "https://hook.example/#c4n4ry          | the URI has a fragment",
                "https://[fe80::1%25eth0]/c4n4ry       | has a zone",
            })
    @DisplayName("each fault of the URI is named, and path, query and user never quoted")
    void uris(String uri, String message) {
        assertThatThrownBy(() -> to(uri).build())
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageStartingWith("webhook.uri JIT-C020 ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c4n4ry"));
    }

    @Test
    @DisplayName("all faults are told at once")
    void all() {
        assertThatThrownBy(() -> Channels.webhook(URI.create("http://hook.example"))
                        .name("two words")
                        .source(URI.create(""))
                        .secrets("whsec_c4n4ry")
                        .allowTarget("10.0.0.1/8")
                        .build())
                .isInstanceOfSatisfying(
                        JitConfigurationException.class,
                        e -> assertThat(e.problems())
                                .extracting(ConfigurationProblem::where)
                                .containsExactlyInAnyOrder(
                                        "webhook.allowTarget", "webhook.secrets", "webhook.name", "webhook.source"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c4n4ry"));
        assertThatThrownBy(() ->
                        Channels.webhook(URI.create("https://hook.example")).build())
                .hasMessageContaining("there is no secret");
    }

    @Test
    @DisplayName("R52: built, it tells its name and where it goes, and neither secret, path nor query")
    void built() {
        ApprovalChannel channel =
                to("https://hook.example:8443/T0/c4n4ry?token=c4n4ry").build();
        assertThat(channel.name()).isEqualTo("webhook");
        assertThat(channel).hasToString("webhook webhook to https://hook.example:8443");
        assertThat(to("https://hook.example").name("finance").build().name()).isEqualTo("finance");
    }

    @Test
    @DisplayName("http goes where it is listed, by name or by network")
    void http() {
        assertThatCode(() -> to("http://127.0.0.1:8080/x")
                        .allowTarget("127.0.0.1/32")
                        .build())
                .doesNotThrowAnyException();
        assertThatCode(() -> to("http://[::1]:8080/x").allowTarget("::1").build())
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        to("http://collector:8080/x").allowTarget("collector").build())
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("things are set once, and time-outs are bounded")
    void settings() {
        WebhookBuilder builder = to("https://hook.example").connectTimeout(Duration.ofMillis(1));
        assertThatThrownBy(() -> builder.secrets(SECRET)).hasMessage("secrets was already set");
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(1)))
                .hasMessage("connectTimeout was already set");
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(1)}) {
            assertThatThrownBy(() -> builder.requestTimeout(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("requestTimeout must be from 1 ms to PT5M");
        }
    }
}
