package io.jitapproval.core.channel;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What matters of an answer over HTTP/1.1: nothing of its body.
 *
 * @param status     the final status; at least 200, or 101
 * @param retryAfter what stands in {@code Retry-After}; empty if nothing does
 * @param length     what stands in {@code Content-Length}; -1 if nothing does
 */
record HttpAnswer(int status, String retryAfter, long length) {

    /** Nobody is believed who wants to be left alone for longer: one day. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private static final int MAX_HEAD = 32 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Reads up to the end of the head; passes over answers that only prepare the final one. */
    static HttpAnswer read(InputStream in) throws IOException {
        Head head = new Head(in);
        while (true) {
            Matcher line = STATUS.matcher(head.line());
            if (!line.matches()) {
                throw new ProtocolException("the answer is not HTTP/1.1");
            }
            int status = Integer.parseInt(line.group(1));
            String retryAfter = "";
            long length = -1;
            for (String header = head.line(); !header.isEmpty(); header = head.line()) {
                int colon = header.indexOf(':');
                String name = header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
                String value = header.substring(colon + 1).strip();
                if (name.equals("retry-after")) {
                    retryAfter = value;
                } else if (name.equals("content-length")
                        && NUMBER.matcher(value).matches()) {
                    length = Long.parseLong(value);
                }
            }
            if (status >= 200 || status == 101) {
                return new HttpAnswer(status, retryAfter, length);
            }
        }
    }

    boolean isSuccess() {
        return status >= 200 && status <= 299;
    }

    /** How long to wait, if the answer says so in seconds or as a date. */
    Optional<Duration> wait(Instant now) {
        if (NUMBER.matcher(retryAfter).matches()) {
            long seconds = Math.min(Long.parseLong(retryAfter), LONGEST_RETRY_AFTER.toSeconds());
            return Optional.of(Duration.ofSeconds(seconds));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter));
            Duration wait = Duration.between(now, date);
            return Optional.of(
                    wait.isNegative()
                            ? Duration.ZERO
                            : wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Lines up to a number of bytes in all. */
    private static final class Head {

        private final InputStream in;
        private final byte[] line = new byte[MAX_HEAD];
        private int left = MAX_HEAD;

        Head(InputStream in) {
            this.in = in;
        }

        String line() throws IOException {
            int length = 0;
            while (true) {
                int next = in.read();
                if (next < 0) {
                    throw new ProtocolException("the answer ended before its head did");
                }
                if (--left < 0) {
                    throw new ProtocolException("the head of the answer has more than " + MAX_HEAD + " bytes");
                }
                if (next == '\n') {
                    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
                }
                line[length++] = (byte) next;
            }
        }
    }
}
