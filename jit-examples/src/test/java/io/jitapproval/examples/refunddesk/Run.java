package io.jitapproval.examples.refunddesk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of the desk, with everything that it said and wrote. */
record Run(int code, String out, String err, Path folder) {

    static Run of(Path folder, String stdin, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (!all.contains("--audit")) {
            all.addAll(List.of("--audit", folder.resolve("audit.jsonl").toString()));
        }
        return exactly(folder, stdin, all.toArray(String[]::new));
    }

    static Run exactly(Path folder, String stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new RefundDesk(
                        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), folder);
    }

    /** The objects that {@code --format json} printed. */
    List<Map<String, Object>> objects() {
        return parsed(out);
    }

    List<Map<String, Object>> ledger() {
        return parsed(read(folder.resolve("refund-desk-ledger.jsonl")));
    }

    List<Map<String, Object>> audit() {
        return parsed(read(folder.resolve("audit.jsonl")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> parsed(String lines) {
        Faults faults = new Faults("lines");
        List<Map<String, Object>> all = lines.lines()
                .map(line -> (Map<String, Object>)
                        Json.read(line, 1, faults).orElseThrow().plain())
                .toList();
        if (!faults.all().isEmpty()) {
            throw new AssertionError(faults.all());
        }
        return all;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
