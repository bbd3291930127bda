package io.jitapproval.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.PreviewLine;
import io.jitapproval.Reason;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import io.jitapproval.core.approval.Content;
import io.jitapproval.core.explain.Visible;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestTextTest {

    private static final Path GOLDEN = Path.of("src/test/resources/channel");

    private static void golden(String name, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    @DisplayName("R04: the question of the README")
    void refund() throws IOException {
        golden("refund", RequestText.lines(Requests.refund(), Requests.NOW));
    }

    @Test
    @DisplayName("R04: the ticket is shown, made visible like all else")
    void ticket() {
        assertThat(RequestText.lines(Requests.hostile("\u202E"), Requests.NOW))
                .filteredOn(line -> line.startsWith("  ticket"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("202E").doesNotContain("\u202E"));
        assertThat(RequestText.lines(Requests.refund(), Requests.NOW)).noneMatch(line -> line.startsWith("  ticket"));
    }

    @Test
    @DisplayName("wall 2: what the action would do, and that it runs at once, are shown and are part of what is signed")
    void previewAndReplay() {
        ApprovalRequest plain = Content.sealed(Requests.refund());
        ApprovalRequest more = Content.sealed(
                plain.with(copy -> copy.replay(true).preview(List.of(new PreviewLine("customers", "412 \u202E")))));

        assertThat(RequestText.lines(more, Requests.NOW))
                .anyMatch(line -> line.matches(" *» customers +412 .*202E.*"))
                .anyMatch(line -> line.matches(" *runs +at once when it is approved"));
        assertThat(more.digest()).isNotEqualTo(plain.digest());
        assertThat(Content.sealed(more.with(copy -> copy.replay(false))).digest())
                .isNotEqualTo(more.digest());
    }

    @Test
    @DisplayName("R04: every kind of value, hostile ones too")
    void values() throws IOException {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("sku", "A-1\ngives    everything");
        golden(
                "values",
                RequestText.lines(
                        Requests.withArguments(
                                new ShownArgument("amount", new BigDecimal("0.10"), true, false),
                                new ShownArgument("pin", "c0mm1tment", true, true),
                                new ShownArgument("none", null, true, false),
                                new ShownArgument("empty", "", true, false),
                                new ShownArgument("lines", List.of(nested, 7), true, false),
                                new ShownArgument("overridden", "\u202E0005\u202C", true, false),
                                new ShownArgument("screen", "\u001B[2J\u001B[Happroved\r", true, false),
                                new ShownArgument("invisible", "a\u200Bb\uFEFF\u00ADc\uDB40\uDC41\u3164", true, false),
                                new ShownArgument("half", "\uD83D", true, false),
                                new ShownArgument("faked", "⟨empty⟩ ⏎", true, false),
                                new ShownArgument("wrapped", "5" + " ".repeat(70) + "gives    nothing ", true, false),
                                new ShownArgument("names", "Zoë \uD83D\uDE00 日本", true, false),
                                new ShownArgument("long", "0123456789".repeat(100), true, false),
                                new ShownArgument("a\nname", "x", false, false)),
                        Requests.NOW));
    }

    @Test
    @DisplayName("R04: wider terms, votes so far, several people and a short time left")
    void wide() throws IOException {
        ApprovalRequest request = Requests.voted(
                Requests.of("01JD", Requests.THREE_TIMES, 2, "", List.of()), "mia", Verdict.APPROVE, "fine", "slack");
        golden("wide", RequestText.lines(request, request.decideBy().minusMillis(1_500)));
        golden("wide-explained", RequestText.explanation(request));
    }

    @Test
    @DisplayName("R04: the explanation says what is marked and what is hidden")
    void explanation() throws IOException {
        ApprovalRequest request = Requests.withArguments(
                new ShownArgument("pin", "c0mm1tment", true, true), new ShownArgument("note", "x", false, false));
        golden("explained", RequestText.explanation(request));
    }

    @Test
    @DisplayName("wall 9: each end has words of its own")
    void ends() throws IOException {
        ApprovalRequest refund = Requests.refund();
        List<String> lines = new ArrayList<>();
        for (ApprovalRequest each : List.of(
                Requests.ended(
                        Requests.voted(refund, "mia", Verdict.APPROVE, "matches", "slack"),
                        ApprovalRequest.State.APPROVED,
                        Reason.APPROVED),
                Requests.ended(refund, ApprovalRequest.State.APPROVED, Reason.AUTO_APPROVED),
                Requests.ended(
                        Requests.voted(refund, "tom", Verdict.DENY, "", ""),
                        ApprovalRequest.State.DENIED,
                        Reason.APPROVAL_DENIED),
                Requests.ended(refund, ApprovalRequest.State.EXPIRED, Reason.APPROVAL_EXPIRED),
                Requests.ended(refund, ApprovalRequest.State.CANCELLED, Reason.APPROVAL_CANCELLED),
                Requests.ended(refund, ApprovalRequest.State.FAILED, Reason.APPROVAL_UNREACHABLE))) {
            lines.add(RequestText.end(each, Requests.NOW));
        }
        lines.add(RequestText.end(refund, refund.decideBy()));
        golden("ends", lines);
    }

    @Test
    @DisplayName("wall 7: the time left is the clock's, and at the decide-by there is none")
    void timeLeft() {
        ApprovalRequest request = Requests.refund();
        assertThat(header(request, Duration.ofSeconds(1))).endsWith("decide within 0:01");
        assertThat(header(request, Duration.ZERO)).endsWith("too late to decide");
        assertThat(header(request, Duration.ofSeconds(-1))).endsWith("too late to decide");
        assertThat(header(request, Duration.ofMinutes(65))).endsWith("decide within 1:05:00");
        assertThat(header(request, Duration.ofHours(49).plusSeconds(7))).endsWith("decide within 2 d 01:00:07");
    }

    private static String header(ApprovalRequest request, Duration left) {
        return RequestText.lines(request, request.decideBy().minus(left)).get(0);
    }

    @Test
    @DisplayName("R04: no text from outside steers the terminal or makes a line; a renderer that trusts fails this")
    void hostile() {
        checkHostile(request -> {
            List<String> lines = new ArrayList<>(RequestText.lines(request, Requests.NOW));
            lines.addAll(RequestText.explanation(request));
            lines.add(RequestText.end(request, Requests.NOW));
            return lines;
        });
        assertThatThrownBy(() -> checkHostile(RequestTextTest::trusting)).isInstanceOf(AssertionError.class);
    }

    private static void checkHostile(Function<ApprovalRequest, List<String>> renderer) {
        int lines = renderer.apply(Requests.hostile("a_b")).size();
        for (String evil : List.of(
                "\n",
                "\r\n",
                "\u2028",
                "\u0085",
                "\u001B]0;x\u0007",
                "\u009B2J",
                "\u202E",
                "\u2066",
                "\u200B",
                "\u200D",
                "\u00AD",
                "\uFEFF",
                "\uDB40\uDC41",
                "\uD800",
                "\u00A0\u3000",
                "\t",
                "\b",
                "\u007F")) {
            List<String> text = renderer.apply(Requests.hostile("a" + evil + "b"));
            assertThat(text).hasSize(lines);
            assertThat(text).allSatisfy(line -> assertThat(line.codePoints()).allMatch(RequestTextTest::isPlain));
        }
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> !Character.isSpaceChar(point) || point == ' ';
        };
    }

    /** The broken twin. */
    private static List<String> trusting(ApprovalRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(request.subject().id() + " asks to " + request.action() + " on " + request.resource());
        request.arguments().forEach(each -> lines.add("  " + each.name() + "   " + each.text()));
        return lines;
    }

    @Test
    @DisplayName("wall 12: a hidden value shows as dots, and not even its commitment")
    void hidden() {
        ApprovalRequest request = Requests.withArguments(new ShownArgument("pin", "c0mm1tment", true, true));
        assertThat(RequestText.lines(request, Requests.NOW))
                .contains("  pin     ••••")
                .noneMatch(line -> line.contains("c0mm1tment"));
    }

    @Test
    @DisplayName("R04: two long values that differ at the end only look different")
    void longValues() {
        String one = Visible.of("x".repeat(5_000) + "1");
        String two = Visible.of("x".repeat(5_000) + "2");
        assertThat(one)
                .startsWith("x".repeat(200) + "… ⟨cut: 5001 characters, SHA-256 ")
                .isNotEqualTo(two);
        assertThat(Visible.of("x".repeat(200))).isEqualTo("x".repeat(200));
    }
}
