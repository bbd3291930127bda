package io.jitapproval.examples.samples;

import io.jitapproval.test.PolicyTests;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class RefundPolicyTest {
    @TestFactory
    Stream<DynamicNode> refunds() {
        return PolicyTests.of(Path.of("src/test/resources/refunds.test.yaml"))
                .everyRuleExercised()
                .tests();
    }
}
