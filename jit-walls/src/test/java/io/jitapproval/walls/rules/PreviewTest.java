package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.PreviewLine;
import io.jitapproval.Reason;
import io.jitapproval.Shown;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.spi.ActionPreview;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("preview: approvers see what the action would do, and that is what they sign")
class PreviewTest {

    private static final String BOSSES = ask("boss", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 1");

    private static Firm firm(ActionPreview preview) {
        return new Firm(builder -> builder.preview("pay", preview), BOSSES);
    }

    private static void asks(Firm firm) {
        assertThatThrownBy(() -> firm.pay().run(() -> {})).isInstanceOf(ApprovalPendingException.class);
    }

    @Test
    @DisplayName("wall 2: the preview is computed from the frozen call and frozen with the request")
    void frozenWithTheRequest() {
        List<PreviewLine> lines = new ArrayList<>();
        lines.add(new PreviewLine("customers", "412"));
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        try (Firm firm = firm(request -> {
            seen.add(request.action().properties().get("amount"));
            return lines;
        })) {
            asks(firm);
            ApprovalRequest request = firm.pending();
            lines.set(0, new PreviewLine("customers", "9999"));

            assertThat(request.preview()).containsExactly(new PreviewLine("customers", "412"));
            assertThat(firm.pending()).isEqualTo(request);
            assertThat(seen).containsExactly(5L);
        }
    }

    @Test
    @DisplayName("wall 2: a changed request shows what it would do now")
    void computedAnewForAChange() {
        try (Firm firm = firm(request -> List.of(new PreviewLine(
                "pays", String.valueOf(request.action().properties().get("amount")))))) {
            asks(firm);
            String id = firm.pending().id();
            firm.guard
                    .attempt("pay")
                    .by(io.jitapproval.Subject.user("ana"))
                    .with("amount", 6)
                    .changing(id)
                    .submit();
            assertThat(firm.pending().id()).isEqualTo(id);
            assertThat(firm.pending().preview()).containsExactly(new PreviewLine("pays", "6"));
        }
    }

    @Test
    @DisplayName("wall 2: a vote on a request with another preview is a vote on something else")
    void partOfWhatIsSigned() {
        AtomicInteger customers = new AtomicInteger(1);
        ActionPreview preview =
                request -> List.of(new PreviewLine("customers", Integer.toString(customers.getAndIncrement())));
        try (Firm firm = firm(preview)) {
            asks(firm);
            Shown few = firm.pending().shown();
            firm.guard.approvals().withdraw(firm.pending().id(), io.jitapproval.Ref.user("ana"));
            asks(firm);

            Vote old = new Vote(MIA, Verdict.APPROVE, "", few, Optional.empty(), "");
            assertThat(firm.vote(old)).isEqualTo(Reason.SHOWN_DIFFERS);
            assertThat(firm.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
        }
    }

    @Test
    @DisplayName(
            "the preview is asked only when people are asked: not for what a rule answers, not for a call that joins")
    void onlyWhenPeopleAreAsked() {
        AtomicInteger asked = new AtomicInteger();
        ActionPreview preview = request -> {
            asked.incrementAndGet();
            return List.of();
        };
        try (Firm allowed = new Firm(builder -> builder.preview("pay", preview), Firm.rule("free", "allow"))) {
            allowed.pay().run(() -> {});
            assertThat(asked).hasValue(0);
        }
        try (Firm firm = firm(preview)) {
            asks(firm);
            asks(firm);
            assertThat(asked).hasValue(1);
            firm.approvedBy(MIA);
            assertThatCode(() -> firm.pay().run(() -> {})).doesNotThrowAnyException();
            assertThat(asked).hasValue(1);
        }
    }

    /** How a part behaves when the preview cannot be had. */
    private static void checkFails(Function<ActionPreview, Firm> firms, ActionPreview broken) {
        try (Firm firm = firms.apply(broken)) {
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOf(GuardUnavailableException.class)
                    .satisfies(thrown ->
                            assertThat(((JitApprovalException) thrown).reason()).isEqualTo(Reason.PREVIEW_UNAVAILABLE));
            assertThat(firm.guard.approvals().pending()).isEmpty();
        }
    }

    private static final class Hanging implements ActionPreview {

        @Override
        public List<PreviewLine> preview(EvaluationRequest request) throws InterruptedException {
            new CountDownLatch(1).await();
            return List.of();
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofMillis(30);
        }
    }

    @Test
    @DisplayName("wall 1: a preview that throws, hangs or says null refuses the call, and nobody is asked")
    void failsClosed() {
        checkFails(PreviewTest::firm, request -> {
            throw new IllegalStateException("no database");
        });
        checkFails(PreviewTest::firm, request -> {
            throw new StackOverflowError();
        });
        checkFails(PreviewTest::firm, request -> Collections.singletonList(null));
        checkFails(PreviewTest::firm, new Hanging());
    }

    @Test
    @DisplayName("wall 1, twin: a host whose preview hides that it failed")
    void twinThatHidesTheFailure() {
        Function<ActionPreview, Firm> hiding = broken -> firm(request -> {
            try {
                return broken.preview(request);
            } catch (Exception hidden) {
                return List.of();
            }
        });

        assertThatThrownBy(() -> checkFails(hiding, request -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("at most 50 lines of 1000 characters; what is cut says its length and digest")
    void bounded() {
        String longText = "x".repeat(998) + "\uD83D\uDE00" + "y".repeat(5_000);
        List<PreviewLine> many = new ArrayList<>(List.of(new PreviewLine("long", longText)));
        for (int i = 0; i < 70; i++) {
            many.add(new PreviewLine("line " + i, ""));
        }
        try (Firm firm = firm(request -> many)) {
            asks(firm);
            List<PreviewLine> shown = firm.pending().preview();

            assertThat(shown).hasSize(50);
            assertThat(shown.get(0).value())
                    .hasSizeLessThanOrEqualTo(1_000)
                    .contains("6000 characters")
                    .contains(Digests.sha256Hex(longText.getBytes(StandardCharsets.UTF_8)));
            assertThat(shown.get(49).value()).startsWith("22 more lines, SHA-256 ");
        }
    }
}
