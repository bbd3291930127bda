package io.jitapproval.test.contract;

import io.jitapproval.spi.AuditSink;
import java.util.List;

/** Run by {@link AuditSinkContractTest} alone, on the flaw that it sets; its name keeps Surefire from running it. */
class FlawedSinkTwin extends AuditSinkContract {

    static FlawedSink.Flaw flaw = FlawedSink.Flaw.NONE;

    private final FlawedSink sink = new FlawedSink(flaw);

    @Override
    protected AuditSink sink() {
        return sink;
    }

    @Override
    protected List<String> written() {
        return sink.lines();
    }
}
