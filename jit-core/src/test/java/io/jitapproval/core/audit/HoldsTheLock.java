package io.jitapproval.core.audit;

import java.nio.file.Path;

/** Another process that has an audit file open until its input ends. */
final class HoldsTheLock {

    private HoldsTheLock() {}

    public static void main(String[] arguments) throws Exception {
        JsonLinesAuditSink sink = JsonLinesAuditSink.open(Path.of(arguments[0]));
        System.out.println("open");
        int end = System.in.read();
        sink.close();
        System.exit(end < 0 ? 0 : 1);
    }
}
