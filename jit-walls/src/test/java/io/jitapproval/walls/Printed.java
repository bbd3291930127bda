package io.jitapproval.walls;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a process writes by its common ways: SLF4J, java.util.logging, standard output and standard error. */
final class Printed {

    private Printed() {}

    static String during(Runnable something) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        @SuppressWarnings("JdkObsolete") // any thread may log
        StringBuffer logged = new StringBuffer();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.append(record.getMessage()).append(record.getThrown()).append('\n');
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
        PrintStream out = System.out;
        PrintStream err = System.err;
        Logger root = Logger.getLogger("");
        String log;
        try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            root.addHandler(handler);
            log = CapturedLogs.during(something);
        } finally {
            root.removeHandler(handler);
            System.setOut(out);
            System.setErr(err);
        }
        return log + logged + bytes.toString(StandardCharsets.UTF_8);
    }
}
