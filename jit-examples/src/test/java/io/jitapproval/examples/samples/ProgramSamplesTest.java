package io.jitapproval.examples.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.ActionDeniedException;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.test.FakeApprover;
import io.jitapproval.test.JitTest;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The samples that are programs. */
@ExtendWith(JitTest.class)
class ProgramSamplesTest {

    private static final long PATIENCE_SECONDS = 60;

    @Test
    @DisplayName("the annotated sample, in a process of its own: asks on the terminal, and tells that people are asked")
    void annotated(@TempDir Path folder) throws IOException, InterruptedException {
        Files.copy(Path.of("src/test/resources/policy.yaml"), folder.resolve("policy.yaml"));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        absolute(System.getProperty("java.class.path")),
                        AnnotatedSample.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(said).contains("approval-pending: mia");
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(folder.resolve("audit.jsonl")).content().contains("\"kind\":\"requested\"", "refund-large");
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(each -> Path.of(each).toAbsolutePath().toString())
                        .toList());
    }

    @Test
    @DisplayName("the attribute from outside is kept, and the requirement in the code asks two people")
    void fromOutside(JitGuard guard) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AttributeResolver risk = Application.risk(subject -> asked.incrementAndGet());
        EvaluationRequest request =
                EvaluationRequest.of(Subject.user("ana"), Action.of("customer.delete"), Resource.of("customer", "7"));
        assertThat(risk.resolve("context.risk", request)).isEqualTo(risk.resolve("context.risk", request));
        assertThat(asked).hasValue(1);

        guard.protect(Customers.class, id -> {});
        assertThat(guard.decide(request))
                .isInstanceOfSatisfying(
                        Decision.ApprovalRequired.class,
                        decision -> assertThat(decision.requirement().people()).isEqualTo(2));
    }

    @Test
    @DisplayName("the policy of several documents says what is missing, with every source named")
    void severalDocuments() {
        assertThatThrownBy(Application::guard)
                .isInstanceOf(JitConfigurationException.class)
                .hasMessageContaining("policies JIT-C004 there is no such file");
    }

    @Test
    @DisplayName("the attempt runs the action")
    void attempt(JitGuard guard, FakeApprover approver) {
        approver.as("mia").approve();
        RefundLedger ledger = new RefundLedger();
        Receipt receipt = AttemptSample.refund(guard, ledger, "42", new BigDecimal("5000"));
        assertThat(ledger.receipts()).containsExactly(receipt);
    }

    @Test
    @DisplayName("the menu asks nobody")
    void decide(JitGuard guard, FakeApprover approver) {
        assertThat(menu(guard, "SUPPORT", 10)).containsExactly("refund");
        assertThat(menu(guard, "SUPPORT", 5000)).containsExactly("refund (asks finance)");
        assertThat(menu(guard, "OTHER", 10)).isEmpty();
        assertThat(approver.requests()).isEmpty();
    }

    @Test
    @DisplayName("the explanation says why, and asks nobody")
    void explain(JitGuard guard, FakeApprover approver) {
        EvaluationRequest request = EvaluationRequest.of(
                Subject.user("ana").with("roles", List.of("SUPPORT")),
                Action.of("payment.refund").with("amount", 5000),
                Resource.of("order", "42"));
        assertThat(ExplainSample.why(guard, request))
                .startsWith("APPROVAL REQUIRED   payment.refund on order/42 by ana\n")
                .contains("action.amount 5000 is more than 1000", "\ngives  this exact refund, once,");
        assertThat(approver.requests()).isEmpty();
    }

    private static List<String> menu(JitGuard guard, String role, int amount) {
        return new DecideSample()
                .menu(
                        guard,
                        EvaluationRequest.of(
                                Subject.user("ana").with("roles", List.of(role)),
                                Action.of("payment.refund").with("amount", amount),
                                Resource.of("order", "42")));
    }

    @Test
    @DisplayName("the object behind the proxy cannot be called by another way")
    void inside() {
        LedgerRefunds target = new LedgerRefunds();
        assertThatThrownBy(() -> target.refund("42", BigDecimal.TEN, "by the back door"))
                .isInstanceOf(ActionDeniedException.class)
                .hasMessageContaining("JIT-206");
        assertThat(target.ledger().receipts()).isEmpty();
    }

    @Test
    @DisplayName("the policy that is built in Java decides as the written one does")
    void built() {
        try (JitGuard guard = Jit.guard()
                .policy(BuiltPolicySample.refunds())
                .audit(AuditSinks.memory(1))
                .build()) {
            EvaluationRequest request = EvaluationRequest.of(
                    Subject.user("ana").with("roles", List.of("SUPPORT")),
                    Action.of("payment.refund").with("amount", 5000),
                    Resource.of("order", "42"));
            assertThat(guard.decide(request))
                    .isInstanceOfSatisfying(
                            Decision.ApprovalRequired.class,
                            asked -> assertThat(asked.rules()).containsExactly("refund-large"));
        }
    }
}
