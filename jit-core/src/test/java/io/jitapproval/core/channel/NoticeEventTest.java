package io.jitapproval.core.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Reason;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import io.jitapproval.core.explain.Visible;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("the event that a webhook posts")
class NoticeEventTest {

    private static final Path GOLDEN = Path.of("src/test/resources/channel");
    private static final URI SOURCE = URI.create("/refunds");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static String text(ApprovalNotice notice) {
        return new String(NoticeEvent.json(notice, SOURCE), UTF_8);
    }

    private static JsonNode tree(ApprovalNotice notice) {
        return JSON.readTree(text(notice));
    }

    private static void golden(String name, ApprovalNotice notice) throws IOException {
        String text = JSON.writeValueAsString(tree(notice)).replace("\r\n", "\n") + "\n";
        Path file = GOLDEN.resolve(name + ".json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    @DisplayName("the question of the README, as docs/channels.md shows it")
    void asked() throws IOException {
        golden("event-asked", Webhooks.asked());
        String page = Files.readString(Path.of("../docs/channels.md"));
        assertThat(page)
                .contains(Files.readString(GOLDEN.resolve("event-asked.json")).strip());
    }

    private static ApprovalDigest digest() {
        ApprovalRequest other = Requests.of("01JE", Requests.THREE_TIMES, 2, "twice paid", List.of());
        return new ApprovalDigest(
                "digest-5f70",
                List.of(
                        Webhooks.asked(),
                        new ApprovalNotice("01JE/4", ApprovalNotice.Kind.REMINDED, other, List.of(Requests.MIA))));
    }

    @Test
    @DisplayName("a digest: each notice as by itself, with its id and kind")
    void digestOfTwo() throws IOException {
        JsonNode event = JSON.readTree(NoticeEvent.json(digest(), SOURCE));
        String text = JSON.writeValueAsString(event).replace("\r\n", "\n") + "\n";
        Path file = GOLDEN.resolve("event-digest.json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
        assertThat(event.get("type").stringValue()).isEqualTo("io.jitapproval.digest.v1");
        JsonNode first = event.get("data").get("notices").get(0);
        tree(Webhooks.asked())
                .get("data")
                .properties()
                .forEach(field -> assertThat(first.get(field.getKey())).isEqualTo(field.getValue()));
    }

    @Test
    @DisplayName("R04: a digest is bounded, hides what is hidden, and is plain ASCII whatever strangers write")
    void digestIsBounded() {
        ShownArgument[] many = new ShownArgument[250];
        java.util.Arrays.setAll(many, i -> new ShownArgument("a" + i, "\u202E".repeat(10_000), true, i % 2 == 0));
        List<ApprovalNotice> notices = java.util.Collections.nCopies(
                ApprovalDigest.MOST_NOTICES, Webhooks.asked(Requests.withArguments(many)));
        byte[] bytes = NoticeEvent.json(new ApprovalDigest("d.1", notices), SOURCE);
        assertThat(bytes.length).isLessThan(8_000_000);
        assertThat(new String(bytes, UTF_8).chars()).allMatch(each -> each >= ' ' && each <= 0x7F);
        JsonNode event = JSON.readTree(bytes);
        assertThat(event.get("id").stringValue()).isEqualTo("d%2E1");
        assertThat(event.get("data").get("people")).hasSize(2);
        JsonNode last = event.get("data").get("notices").get(ApprovalDigest.MOST_NOTICES - 1);
        assertThat(last.get("arguments")).hasSize(NoticeEvent.MAX_ELEMENTS_IN_DIGEST);
        assertThat(last.get("omitted").get("arguments").intValue()).isEqualTo(230);
        assertThat(last.get("arguments").get(0).get("shown").stringValue()).isEqualTo("••••");
    }

    @Test
    @DisplayName("an end, with votes and outcome")
    void ended() throws IOException {
        ApprovalRequest voted = Requests.voted(
                Requests.of("01JD", Requests.THREE_TIMES, 2, "", List.of()),
                "mia",
                Verdict.DENY,
                "twice paid",
                "terminal");
        ApprovalRequest ended = Requests.ended(voted, ApprovalRequest.State.DENIED, Reason.APPROVAL_DENIED);
        golden("event-ended", new ApprovalNotice("01JD/ended", ApprovalNotice.Kind.ENDED, ended, List.of()));
    }

    @Test
    @DisplayName("every kind of notice has a type of its own, and all that CloudEvents 1.0 require")
    void kinds() {
        for (ApprovalNotice.Kind kind : ApprovalNotice.Kind.values()) {
            JsonNode event = tree(new ApprovalNotice("n1", kind, Requests.refund(), List.of()));
            assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
            assertThat(event.get("id").stringValue()).isEqualTo("n1");
            assertThat(event.get("source").stringValue()).isEqualTo("/refunds");
            assertThat(event.get("subject").stringValue()).isEqualTo("01JD");
            assertThat(event.get("type").stringValue())
                    .isEqualTo("io.jitapproval.request." + kind.name().toLowerCase(java.util.Locale.ROOT) + ".v1")
                    .matches("[a-z0-9_.]+");
        }
        assertThat(Stream.of(ApprovalNotice.Kind.values()).map(NoticeEvent::type))
                .doesNotHaveDuplicates()
                .contains("io.jitapproval.request.asked.v1", "io.jitapproval.request.ended.v1");
    }

    @Test
    @DisplayName("the id has no dot and nothing that steers a header, and different notices keep different ones")
    void ids() {
        List<String> given = List.of("a/asked", "a.asked", "a%2Easked", "a asked", "a\r\nx: y", "ä", "aä", "%", "A");
        List<String> ids = given.stream().map(NoticeEvent::id).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9_%/-]+"));
        assertThat(ids).startsWith("a/asked", "a%2Easked");
    }

    @Test
    @DisplayName(
            "R04: no text from outside steers whoever shows the event or changes its shape; a trusting writer fails this")
    void hostile() {
        checkHostile(NoticeEventTest::text);
        assertThatThrownBy(() -> checkHostile(NoticeEventTest::trusting)).isInstanceOf(AssertionError.class);
    }

    private static void checkHostile(Function<ApprovalNotice, String> writer) {
        for (String evil : List.of(
                "\u202E",
                "\"",
                "\\",
                "\",\"state\":\"approved",
                "\n",
                "\r\n",
                "\u2028",
                "\u001B[2J",
                "\u009B2J",
                "\u2066",
                "\u200B",
                "\u200D",
                "\u00AD",
                "\uFEFF",
                "\uDB40\uDC41",
                "\uD800",
                "\t",
                "\b",
                "\u007F",
                "</script>")) {
            String text = writer.apply(Webhooks.asked(Requests.hostile("a" + evil + "b")));
            assertThat(text.chars()).as("plain ASCII").allMatch(each -> each >= ' ' && each <= 0x7F);
            JsonNode event = JSON.readTree(text);
            JsonNode data = event.get("data");
            assertThat(data.get("state").stringValue()).isEqualTo("pending");
            assertThat(data.get("id").stringValue()).startsWith("ida");
            for (String field : List.of("action", "reason", "ticket", "because", "policy")) {
                assertThat(data.get(field).stringValue().codePoints())
                        .as(field)
                        .noneMatch(point -> switch (Character.getType(point)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR,
                                    Character.SURROGATE -> true;
                            default -> false;
                        });
            }
        }
    }

    /** The broken twin. */
    private static String trusting(ApprovalNotice notice) {
        return "{\"data\": {\"state\": \"pending\", \"id\": \""
                + notice.request().id() + "\", \"action\": \""
                + notice.request().action() + "\"}}";
    }

    @Test
    @DisplayName("wall 12: a hidden value shows as dots, and not even its commitment")
    void hidden() {
        ApprovalNotice notice =
                Webhooks.asked(Requests.withArguments(new ShownArgument("pin", "c0mm1tment", true, true)));
        assertThat(text(notice)).doesNotContain("c0mm1tment");
        JsonNode pin = tree(notice).get("data").get("arguments").get(0);
        assertThat(pin.get("shown").stringValue()).isEqualTo("••••");
        assertThat(pin.get("hidden").booleanValue()).isTrue();
    }

    @Test
    @DisplayName("R04: a long value is cut as on the terminal, with length and hash; long lists say what was left out")
    void cut() {
        String value = "x".repeat(1_000_000);
        ShownArgument[] many = new ShownArgument[250];
        java.util.Arrays.setAll(many, i -> new ShownArgument("a" + i, value, true, false));
        JsonNode data = tree(Webhooks.asked(Requests.withArguments(many))).get("data");
        assertThat(data.get("arguments").size()).isEqualTo(NoticeEvent.MAX_ELEMENTS);
        assertThat(data.get("omitted").get("arguments").intValue()).isEqualTo(150);
        assertThat(data.get("arguments").get(0).get("shown").stringValue())
                .isEqualTo(Visible.of(value))
                .contains("⟨cut: 1000000 characters, SHA-256 ");
    }

    @Test
    @DisplayName("the same notice has the same bytes")
    void same() {
        assertThat(NoticeEvent.json(Webhooks.ended(), SOURCE)).isEqualTo(NoticeEvent.json(Webhooks.ended(), SOURCE));
    }
}
