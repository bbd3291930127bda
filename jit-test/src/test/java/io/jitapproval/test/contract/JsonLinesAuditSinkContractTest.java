package io.jitapproval.test.contract;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.spi.AuditSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesAuditSinkContractTest extends AuditSinkContract {

    @TempDir
    Path directory;

    @Override
    protected AuditSink sink() {
        return AuditSinks.jsonLines(directory.resolve("audit.jsonl"));
    }

    @Override
    protected List<String> written() throws IOException {
        return Files.readAllLines(directory.resolve("audit.jsonl"));
    }
}
