package io.jitapproval.core.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jitapproval.spi.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One POST over a connection of its own, by HTTP/1.1. The JDK's HTTP clients resolve the host themselves, right before they
 * connect; this one connects to the very addresses that were checked, and proves the host's name by TLS. It follows no
 * redirect, knows no proxy and no cookie.
 */
final class HttpPost {

    private static final int MAX_BODY = 64 * 1024;
    private static final int BODY_PAUSE_MILLIS = 100;

    private final URI uri;
    private final boolean https;
    private final SSLContext tls;
    private final Duration connectTimeout;
    private final Duration requestTimeout;
    private final TimeSource time;

    HttpPost(WebhookSettings settings) {
        this.uri = URI.create(settings.uri().toASCIIString());
        this.https = settings.https();
        this.tls = settings.tls();
        this.connectTimeout = settings.connectTimeout();
        this.requestTimeout = settings.requestTimeout();
        this.time = settings.time();
    }

    HttpAnswer send(List<InetAddress> addresses, Map<String, String> headers, byte[] body) throws IOException {
        try (Attempt attempt = new Attempt()) {
            return attempt.exchange(addresses, request(headers, body));
        }
    }

    private byte[] request(Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST ").append(path()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private String path() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** A connection with a deadline. Channels, and not mere sockets, because an interrupt ends what waits on them. */
    private final class Attempt implements AutoCloseable {

        private final AtomicReference<@Nullable SocketChannel> open = new AtomicReference<>();
        private volatile boolean late;
        private final Runnable callOff = time.alarm(time.instant().plus(requestTimeout), this::end);

        private void end() {
            late = true;
            drop();
        }

        private void drop() {
            SocketChannel channel = open.getAndSet(null);
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // It is given up in any case.
            }
        }

        HttpAnswer exchange(List<InetAddress> addresses, byte[] request) throws IOException {
            try {
                return answer(secured(connected(addresses)), request);
            } catch (IOException e) {
                throw told(e);
            }
        }

        private IOException told(IOException failure) {
            IOException told = failure;
            if (Thread.currentThread().isInterrupted()) {
                told = new InterruptedIOException("interrupted before an answer came");
            } else if (late) {
                told = new SocketTimeoutException("no answer within " + requestTimeout);
            }
            if (told != failure) {
                told.initCause(failure);
            }
            return told;
        }

        private Socket connected(List<InetAddress> addresses) throws IOException {
            IOException failure = new SocketTimeoutException("no address to connect to");
            for (InetAddress address : addresses) {
                try {
                    return connected(address);
                } catch (IOException e) {
                    failure = e;
                    drop();
                    if (late || Thread.currentThread().isInterrupted()) {
                        break;
                    }
                }
            }
            throw failure;
        }

        private Socket connected(InetAddress address) throws IOException {
            SocketChannel channel = SocketChannel.open();
            open.set(channel);
            if (late) {
                drop();
            }
            Socket socket = channel.socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port()), Math.toIntExact(connectTimeout.toMillis()));
            return socket;
        }

        private int port() {
            return uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
        }

        private Socket secured(Socket socket) throws IOException {
            if (!https) {
                return socket;
            }
            SSLSocket secured =
                    (SSLSocket) tls.getSocketFactory().createSocket(socket, WebhookSettings.host(uri), port(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        }

        private HttpAnswer answer(Socket socket, byte[] request) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            HttpAnswer answer = HttpAnswer.read(in);
            discard(socket, in, answer);
            return answer;
        }

        /** Takes a little of the body, so that an honest sender ends well; what comes slowly or is long is left. */
        private void discard(Socket socket, InputStream in, HttpAnswer answer) {
            long length = answer.status() == 204 ? 0 : answer.length();
            long left = length < 0 ? MAX_BODY : Math.min(length, MAX_BODY);
            byte[] buffer = new byte[8 * 1024];
            try {
                socket.setSoTimeout(BODY_PAUSE_MILLIS);
                for (int reads = 0; left > 0 && reads < 16; reads++) {
                    int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    left = read < 0 ? 0 : left - read;
                }
                socket.close();
            } catch (IOException e) {
                // The answer is known.
            }
        }

        @Override
        public void close() {
            callOff.run();
            drop();
        }
    }
}
