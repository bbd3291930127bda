package io.jitapproval.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, one at a time, each at most {@value #LONGEST} bytes long; more of a line is skipped, not kept. */
final class Lines {

    /** 1 MiB. */
    static final int LONGEST = 1 << 20;

    /** Called before the stream may block, so that answers to what was read so far are on their way. */
    interface BeforeReading {
        void run() throws IOException;
    }

    /**
     * One line without its end.
     *
     * @param number counted from 1
     * @param text   the line; null if it is too long or not UTF-8
     * @param fault  why it has no text; null if it has
     */
    record Line(int number, @Nullable String text, @Nullable UsageCode fault) {

        /** The text; else stops with what is wrong with the line. */
        String textOrStop(String origin) {
            if (text != null) {
                return text;
            }
            String where = origin + ":" + number + ":1";
            throw fault == UsageCode.TOO_LARGE
                    ? UsageCode.TOO_LARGE.stop(where, "the line is longer than 1 MiB")
                    : UsageCode.NOT_UTF8.stop(where, "the line is not UTF-8");
        }
    }

    private final InputStream in;
    private final BeforeReading beforeReading;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int number;

    Lines(InputStream in, BeforeReading beforeReading) {
        this.in = in;
        this.beforeReading = beforeReading;
    }

    /** The next line; null at the end. */
    @Nullable
    Line next() throws IOException {
        if (at == end && !fill()) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        do {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            tooLong |= line.size() + at - from > LONGEST;
            if (!tooLong) {
                line.write(buffer, from, at - from);
            }
            if (at < end) {
                at++;
                break;
            }
        } while (fill());
        return tooLong ? new Line(number, null, UsageCode.TOO_LARGE) : line(line.toByteArray());
    }

    private Line line(byte[] bytes) {
        try {
            String text = Texts.decode(bytes);
            return new Line(number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, null, UsageCode.NOT_UTF8);
        }
    }

    private boolean fill() throws IOException {
        beforeReading.run();
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
