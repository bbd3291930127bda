package io.jitapproval.test;

import io.jitapproval.JitGuard;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JitTestConfiguredTest {

    @RegisterExtension
    static final JitTest JIT = JitTest.configured(builder -> builder.attributes(
            (attribute, request) -> attribute.equals("subject.risk") ? Optional.of(7) : Optional.empty()));

    @Test
    @JitPolicy(
            text = "{ \"default\": \"deny\", \"rules\": [ { \"id\": \"low\", \"actions\": [\"pay\"],"
                    + " \"when\": { \"subject.risk\": { \"atMost\": 7 } }, \"effect\": \"allow\" } ] }")
    void theBuilderCanBeReached(JitGuard guard) {
        JitAssertions.assertThatCall(() -> guard.attempt("pay").run(() -> {})).ran();
    }
}
