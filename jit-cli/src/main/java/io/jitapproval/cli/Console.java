package io.jitapproval.cli;

import io.jitapproval.ConfigurationProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the command reads and writes, in UTF-8 and with {@code \n} whatever the platform thinks.
 *
 * @param in      standard input
 * @param out     standard output
 * @param err     standard error
 * @param colours whether a person looks at it who wants colours
 */
record Console(InputStream in, PrintStream out, PrintStream err, boolean colours) {

    Paint paint() {
        return colours ? Paint.COLOURED : Paint.PLAIN;
    }

    void print(String text) {
        write(out, text);
    }

    void printLine(String line) {
        write(out, line + "\n");
    }

    void complain(List<ConfigurationProblem> problems) {
        for (ConfigurationProblem problem : problems) {
            write(err, problem + "\n");
        }
    }

    void complain(String text) {
        write(err, text);
    }

    /** Hands on what was written; fails if nobody reads it any more. */
    void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output is closed");
        }
    }

    private static void write(PrintStream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
    }
}
