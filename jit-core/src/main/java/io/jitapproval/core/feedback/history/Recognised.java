package io.jitapproval.core.feedback.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file whose content was recognised.
 *
 * @param path  where it is
 * @param name  how the user wrote that
 * @param audit whether it is an audit file of ours
 * @param first the time of the first record of an audit file; the epoch for others
 */
record Recognised(Path path, String name, boolean audit, Instant first) {

    /** How every record of our audit log begins. */
    static final byte[] AUDIT = "{\"v\":1,\"time\":\"".getBytes(StandardCharsets.US_ASCII);

    /** Looks at the first line. */
    static Recognised of(Path path) {
        String name = path.toString();
        try (LineSource source = LineSource.open(path)) {
            boolean any = source.next();
            while (any && source.isBlank()) {
                any = source.next();
            }
            if (!any) {
                throw HistoryCode.FOREIGN.stop(name, "the file is empty: write one decision a line");
            }
            if (source.startsWith(AUDIT)) {
                return new Recognised(path, name, true, first(source));
            }
            String foreign = foreign(source);
            if (!foreign.isEmpty()) {
                throw HistoryCode.FOREIGN.stop(name + ":" + source.number() + ":1", foreign);
            }
            return new Recognised(path, name, false, Instant.EPOCH);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    static RuntimeException unreadable(String name, IOException e) {
        return HistoryCode.UNREADABLE.stop(name, "it cannot be read: " + e.getMessage());
    }

    /** For the order of files; a fault in the line is told when it is read. */
    private static Instant first(LineSource source) {
        int from = source.from() + AUDIT.length;
        int end = source.from() + source.length();
        int to = from;
        while (to < end && source.buffer()[to] != '"') {
            to++;
        }
        Instant time = Moments.parse(new String(source.buffer(), from, to - from, StandardCharsets.UTF_8));
        return time == null ? Instant.EPOCH : time;
    }

    /** Why the file cannot be a history; empty if it can. */
    private static String foreign(LineSource source) {
        int end = source.from() + Math.min(source.length(), 4096);
        int at = source.from();
        while (at < end && (source.buffer()[at] == ' ' || source.buffer()[at] == '\t')) {
            at++;
        }
        for (int i = at; i < end; i++) {
            if (source.buffer()[i] >= 0 && source.buffer()[i] < ' ' && source.buffer()[i] != '\t') {
                return "this is a binary file: write one JSON object a line";
            }
        }
        if (source.tooLong() || (at < end && source.buffer()[at] == '{')) {
            return "";
        }
        if (at < end && source.buffer()[at] == '[') {
            return "this is a JSON array: write each of its objects on its own line, such as with jq -c '.[]'";
        }
        String text = new String(source.buffer(), at, end - at, StandardCharsets.UTF_8);
        return text.chars().filter(c -> c == ',' || c == ';' || c == '\t').count() > 0
                ? "this seems to be a table (CSV): write each row as one JSON object a line"
                : "this is no JSON: write one JSON object a line";
    }
}
