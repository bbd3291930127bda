package io.jitapproval.core.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.RetryLaterException;
import io.jitapproval.spi.UndeliverableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("a webhook posts what it is told, signed, once, and says how that ended")
class WebhookChannelTest {

    private final HandAlarms time = new HandAlarms();
    private final WebhookTargets here =
            new WebhookTargets(List.of("127.0.0.1/32"), host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
    }

    private WebhookChannel channel() {
        return channel(receiver.uri("hook.example"));
    }

    private WebhookChannel channel(URI uri) {
        return new WebhookChannel(Webhooks.settings(uri, here, time, Webhooks.defaultTls()));
    }

    private static String v1(String secret, String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    @Test
    @DisplayName("the reference vector of Standard Webhooks, in this very form")
    void vector() {
        WebhookKeys keys = WebhookKeys.of(List.of(Webhooks.SECRET));
        assertThat(keys.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    @DisplayName("one POST with the event, its id, the time of the attempt and a signature by every secret")
    void posts() throws Exception {
        channel().deliver(Webhooks.asked());

        Receiver.Posted posted = receiver.posted.get(0);
        assertThat(posted.line()).isEqualTo("POST /hooks/in?to=finance HTTP/1.1");
        assertThat(posted.header("host")).isEqualTo("hook.example:" + receiver.port());
        assertThat(posted.header("content-type")).isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(posted.header("webhook-id")).isEqualTo("01JD/asked");
        assertThat(posted.header("webhook-timestamp")).isEqualTo(Long.toString(Requests.NOW.getEpochSecond()));
        String signed = "01JD/asked." + Requests.NOW.getEpochSecond() + "." + posted.text();
        assertThat(posted.header("webhook-signature"))
                .isEqualTo(v1(Webhooks.SECRET, signed) + " " + v1(Webhooks.OLDER, signed));
        assertThat(posted.body()).isEqualTo(NoticeEvent.json(Webhooks.asked(), URI.create("/refunds")));
        assertThat(posted.text()).contains("\"id\":\"01JD/asked\"");
        assertThat(time.pending()).as("alarms left").isZero();
    }

    @Test
    @DisplayName("a retry has the same id and body and a new time and signature")
    void retries() throws Exception {
        WebhookChannel channel = channel();
        channel.deliver(Webhooks.asked());
        time.advance(Duration.ofMinutes(10));
        channel.deliver(Webhooks.asked());

        Receiver.Posted first = receiver.posted.get(0);
        Receiver.Posted second = receiver.posted.get(1);
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(Long.parseLong(second.header("webhook-timestamp")))
                .isEqualTo(Long.parseLong(first.header("webhook-timestamp")) + 600);
        assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    @DisplayName("2xx is success, also behind answers that only prepare it")
    void success(int status) {
        receiver.status(status);
        assertThatCode(() -> channel().deliver(Webhooks.asked())).doesNotThrowAnyException();
        receiver.answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 " + status
                + "\r\n\r\n");
        assertThatCode(() -> channel().deliver(Webhooks.ended())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 300, 400, 401, 404, 418, 429, 500, 502, 503, 504, 600})
    @DisplayName("everything else fails and says the status")
    void failure(int status) {
        receiver.status(status);
        assertThatThrownBy(() -> channel().deliver(Webhooks.asked()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answered " + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | 120                           | PT2M",
                "503 | 0                             | PT0S",
                "503 | Sat, 21 Nov 2026 07:02:31 GMT | PT1M",
                "503 | Sat, 21 Nov 2026 07:01:00 GMT | PT0S",
                "500 | 999999999999999999            | PT24H",
                "429 | Sun, 21 Nov 2027 07:02:31 GMT | PT24H",
            })
    @DisplayName("Retry-After in seconds or as a date says when, within a day")
    void retryAfter(int status, String header, Duration after) {
        receiver.status(status, "retry-AFTER:  " + header);
        assertThatThrownBy(() -> channel().deliver(Webhooks.asked()))
                .isInstanceOfSatisfying(
                        RetryLaterException.class, e -> assertThat(e.after()).isEqualTo(after));
    }

    @ParameterizedTest
    @CsvSource({"429,soon", "503,-5", "503,''", "429,99999999999999999999", "404,120", "302,120"})
    @DisplayName("Retry-After that says nothing, or where it means nothing, is passed over")
    void noRetryAfter(int status, String header) {
        receiver.status(status, "Retry-After: " + header);
        assertThatThrownBy(() -> channel().deliver(Webhooks.asked())).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("410 is for good: later notices are not even sent")
    void gone() {
        WebhookChannel channel = channel();
        receiver.status(410, "Retry-After: 5");
        for (ApprovalNotice notice : List.of(Webhooks.asked(), Webhooks.ended())) {
            assertThatThrownBy(() -> channel.deliver(notice))
                    .isInstanceOf(UndeliverableException.class)
                    .hasMessageContaining("answered 410");
        }
        assertThat(receiver.posted).hasSize(1);
    }

    /** What posts to a place. */
    @FunctionalInterface
    private interface Sender {
        void send(URI uri) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @DisplayName("SSRF: no redirect is followed; a sender that follows one fails this")
    void redirects(int status) throws IOException {
        checkRedirect(status, uri -> channel(uri).deliver(Webhooks.asked()));
        if (status <= 303) {
            assertThatThrownBy(() -> checkRedirect(status, WebhookChannelTest::trusting))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private void checkRedirect(int status, Sender sender) throws IOException {
        try (Receiver trap = new Receiver()) {
            receiver.status(status, "Location: " + trap.uri("127.0.0.1"));
            Throwable failure = catchThrowable(() -> sender.send(receiver.uri("127.0.0.1")));
            assertThat(failure)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("answered " + status + ": redirects are not followed");
            assertThat(trap.posted).isEmpty();
        }
    }

    /** The broken twin. */
    private static void trusting(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setDoOutput(true);
        connection.getOutputStream().write('x');
        assertThat(connection.getResponseCode()).isLessThan(300);
    }

    @Test
    @DisplayName("a receiver that is silent costs the request time-out and no more")
    void silent() throws Exception {
        receiver.answer(Receiver.SILENCE);
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> channel().deliver(Webhooks.asked())));
        receiver.arrived.acquire();
        time.advance(Webhooks.TIMEOUT);
        assertThat(ended.get(30, TimeUnit.SECONDS))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("no answer within PT15S");
        assertThat(time.pending()).isZero();
    }

    @Test
    @DisplayName("R05: an interrupt, which is how the guard ends a delivery, ends it at once and stays visible")
    void interrupted() throws Exception {
        receiver.answer(Receiver.SILENCE);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            Throwable failure = catchThrowable(() -> channel().deliver(Webhooks.asked()));
            ended.complete(Thread.currentThread().isInterrupted() ? failure : new AssertionError(failure));
        });
        thread.start();
        receiver.arrived.acquire();
        thread.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        thread.join();
    }

    @Test
    @DisplayName("nobody there is a failure")
    void nobody() throws IOException {
        URI uri;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            uri = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        assertThatThrownBy(() -> channel(uri).deliver(Webhooks.asked())).isInstanceOf(IOException.class);
        assertThat(time.pending()).isZero();
    }

    @Test
    @DisplayName("a later address of the host is tried when nobody listens at the first")
    void nextAddress() throws Exception {
        WebhookTargets two = new WebhookTargets(List.of("127.0.0.0/8"), host ->
                new InetAddress[] {InetAddress.getAllByName("127.0.0.9")[0], InetAddress.getLoopbackAddress()});
        Webhooks.of(receiver.uri("hook.example"), two).deliver(Webhooks.asked());
        assertThat(receiver.posted).hasSize(1);
    }

    @Test
    @DisplayName("answers that are none, or without end, are failures within bounds")
    void rubbish() {
        for (String answer : List.of(
                "\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n".repeat(5_000))) {
            receiver.answer(answer);
            assertThatThrownBy(() -> channel().deliver(Webhooks.asked())).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("a long body of an answer is not waited for")
    void longBody() {
        receiver.answer("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + "x".repeat(200_000));
        assertThatCode(() -> channel().deliver(Webhooks.asked())).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("https: the certificate must be trusted and name the host, although the connection goes to an address")
    void tls(@TempDir Path directory) throws Exception {
        SSLContext context = Certificates.of(directory, "hook.example");
        try (Receiver secured = new Receiver(context)) {
            new WebhookChannel(Webhooks.settings(secured.uri("hook.example"), here, time, context))
                    .deliver(Webhooks.asked());
            assertThat(secured.posted).hasSize(1);
            assertThat(secured.posted.get(0).header("host")).isEqualTo("hook.example:" + secured.port());

            for (WebhookSettings wrong : List.of(
                    Webhooks.settings(secured.uri("other.example"), here, time, context),
                    Webhooks.settings(secured.uri("127.0.0.1"), here, time, context),
                    Webhooks.settings(secured.uri("hook.example"), here, time, Webhooks.defaultTls()))) {
                assertThatThrownBy(() -> new WebhookChannel(wrong).deliver(Webhooks.asked()))
                        .isInstanceOf(SSLException.class);
            }
            assertThat(secured.posted).hasSize(1);
        }
    }

    @Test
    @DisplayName("R52: secrets, path and query stand in no message, cause or text")
    void secrets() {
        checkSecrets(channel());
        assertThatThrownBy(() -> checkSecrets(channel(URI.create("http://finance-hooks-in:1/"))))
                .as("the check sees what stands in a message")
                .isInstanceOf(AssertionError.class);
    }

    private void checkSecrets(WebhookChannel channel) {
        List<Object> told = new ArrayList<>(List.of(channel, channel.name()));
        for (int status : new int[] {302, 404, 429, 500, 410, 410}) {
            receiver.status(status, "Retry-After: 5");
            told.add(catchThrowable(() -> channel.deliver(Webhooks.asked())));
        }
        told.add(catchThrowable(() -> Webhooks.of(receiver.uri("127.0.0.1"), new WebhookTargets(List.of()))
                .deliver(Webhooks.asked())));
        told.add(Webhooks.settings(receiver.uri("127.0.0.1"), here));
        told.add(WebhookKeys.of(List.of(Webhooks.SECRET)));
        StringWriter all = new StringWriter();
        for (Object each : told) {
            all.append(String.valueOf(each));
            if (each instanceof Throwable failure) {
                failure.printStackTrace(new PrintWriter(all, true));
            }
        }
        assertThat(all.toString()).doesNotContain("MfKQ9r8G", "b2xkZXIg", "hooks/in", "to=finance", "finance-hooks-in");
    }
}
