package io.jitapproval.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of the command inside this process.
 *
 * @param exit its exit code
 * @param out  what it wrote
 * @param err  what it complained of
 */
record Run(int exit, String out, String err) {

    static Run of(String... args) {
        return with(new byte[0], args);
    }

    static Run with(String in, String... args) {
        return with(in.getBytes(StandardCharsets.UTF_8), args);
    }

    static Run with(byte[] in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        // Streams of another charset than the command writes: what it writes is UTF-8 all the same.
        int exit = JitMain.run(
                new ByteArrayInputStream(in),
                new PrintStream(out, false, StandardCharsets.ISO_8859_1),
                new PrintStream(err, false, StandardCharsets.ISO_8859_1),
                args);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
