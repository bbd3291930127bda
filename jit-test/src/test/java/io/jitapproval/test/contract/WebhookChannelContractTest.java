package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jitapproval.core.Channels;
import io.jitapproval.core.WebhookSignatures;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.test.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Against the JDK's own server, which takes nothing that is not signed. */
class WebhookChannelContractTest extends ApprovalChannelContract {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final TestClock clock = new TestClock();
    private final WebhookSignatures signatures = WebhookSignatures.of(clock, SECRET);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/hooks", this::take);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        assertThat(refused).isEmpty();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Headers headers = exchange.getRequestHeaders();
            signatures.verify(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body);
            received.add(new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
        } catch (SignatureException e) {
            refused.add(e.getMessage());
            exchange.sendResponseHeaders(401, -1);
        }
    }

    private ApprovalChannel to(int port) {
        return Channels.webhook(URI.create("http://127.0.0.1:" + port + "/hooks/approvals"))
                .secrets(SECRET)
                .allowTarget("127.0.0.1/32")
                .time(clock)
                .build();
    }

    @Override
    protected ApprovalChannel channel() {
        return to(server.getAddress().getPort());
    }

    @Override
    protected List<String> delivered() {
        return received;
    }

    @Override
    protected Optional<ApprovalChannel> unreachable() {
        int port = server.getAddress().getPort();
        server.stop(0);
        return Optional.of(to(port));
    }
}
