package io.jitapproval.core.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on 127.0.0.1 that answers with the very bytes that a test wants, also with none. */
final class Receiver implements AutoCloseable {

    /** Never answered: the connection stays open until this is closed. */
    static final String SILENCE = "";

    /** What came in. */
    static final class Posted {

        private final String line;
        private final Map<String, String> headers;
        private final byte[] body;

        Posted(String line, Map<String, String> headers, byte[] body) {
            this.line = line;
            this.headers = headers;
            this.body = body;
        }

        String line() {
            return line;
        }

        byte[] body() {
            return body;
        }

        String header(String name) {
            return String.valueOf(headers.get(name));
        }

        String text() {
            return new String(body, UTF_8);
        }
    }

    final List<Posted> posted = new CopyOnWriteArrayList<>();
    final Semaphore arrived = new Semaphore(0);

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final String scheme;

    Receiver() throws IOException {
        this(null);
    }

    Receiver(@Nullable SSLContext tls) throws IOException {
        ServerSocketFactory factory = tls == null ? ServerSocketFactory.getDefault() : tls.getServerSocketFactory();
        scheme = tls == null ? "http" : "https";
        server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri(String host) {
        return URI.create(scheme + "://" + host + ":" + port() + "/hooks/in?to=finance");
    }

    /** From now on; the last one for good. */
    Receiver answer(String... all) {
        answers.clear();
        answers.addAll(List.of(all));
        return this;
    }

    Receiver status(int status, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        return answer(answer.append("Content-Length: 2\r\n\r\nok").toString());
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                posted.add(read(socket.getInputStream()));
                String answer = answers.size() > 1 ? answers.remove() : answers.peek();
                arrived.release();
                if (answer == null) {
                    answer = "HTTP/1.1 204 No Content\r\n\r\n";
                }
                if (!answer.equals(SILENCE)) {
                    socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                    socket.close();
                }
            } catch (IOException e) {
                // Whoever broke off has nothing posted.
            }
        }
    }

    private static Posted read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(": ");
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 2));
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Posted(line, headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("broken off");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
