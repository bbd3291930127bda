package io.jitapproval.test.contract;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.spi.AuditSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** On slf4j-simple, which writes to the standard error stream. */
@ResourceLock(Resources.SYSTEM_ERR)
class Slf4jAuditSinkContractTest extends AuditSinkContract {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @Override
    protected AuditSink sink() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return AuditSinks.slf4j();
    }

    @AfterEach
    void giveBack() {
        System.setErr(before);
    }

    @Override
    protected List<String> written() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        return Stream.of(text.split("\n")).filter(line -> !line.isEmpty()).toList();
    }
}
