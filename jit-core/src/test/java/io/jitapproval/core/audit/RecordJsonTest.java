package io.jitapproval.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    private static final Path GOLDEN = Path.of("src/test/resources/audit/records.jsonl");

    @Test
    @DisplayName("c: fields, their order and their writing are those of the golden file")
    void golden() throws IOException {
        String written = RecordJson.write(Records.colourful())
                + "\n"
                + RecordJson.write(Records.numbered("01JD"))
                + "\n"
                + RecordJson.write(Records.on("db.read", "7", ""))
                + "\n"
                + RecordJson.write(
                        Voided.of(List.of(Records.numbered("01JD")), 1).get(0))
                + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, written);
        }
        assertThat(written).isEqualTo(Files.readString(GOLDEN));
        assertThat(written.lines()).allMatch(line -> line.startsWith(RecordJson.START));
    }

    @Test
    @DisplayName("R56: no text in any field breaks or forges a line; a writer by concatenation fails this")
    void injection() {
        checkInjection(RecordJson::write);
        assertThatThrownBy(() -> checkInjection(RecordJsonTest::byConcatenation))
                .isInstanceOf(AssertionError.class);
    }

    private static void checkInjection(Function<AuditRecord, String> writer) {
        for (String evil : List.of(
                "x\"}\n{\"v\":1,\"kind\":\"granted\"}",
                "x\",\"kind\":\"granted",
                "\r\n",
                "a\u2028b\u2029c\u0085d",
                "\u202Egnp.exe\u2066",
                "\u0000\u001B[2J\u007F\u009B",
                "\uD800",
                "\uDC00x",
                "zero\u200Bwidth\uFEFF",
                "tag\uDB40\uDC41",
                "back\\slash\\")) {
            AuditRecord record = Records.on("a" + evil, "i" + evil, evil);
            String line = writer.apply(record);
            assertSound(line);
            assertThat(ReadBack.record(line)).isEqualTo(ReadBack.expected(record));
        }
    }

    /** The broken twin. */
    private static String byConcatenation(AuditRecord record) {
        return RecordJson.START + record.time() + "\",\"kind\":\""
                + record.kind().word() + "\",\"code\":\""
                + record.reason().code() + "\",\"subject\":{\"type\":\"user\",\"id\":\"ana\"},\"action\":\""
                + record.action() + "\",\"resource\":{\"type\":\"order\",\"id\":\""
                + record.resource().id() + "\"},\"use\":\"" + record.use() + "\"}";
    }

    static void assertSound(String line) {
        assertThat(line).startsWith(RecordJson.START);
        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(RecordJson.MAX_BYTES);
        assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(line);
        assertThat(line.chars()).allMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        });
    }

    @Test
    @DisplayName("R56: a lone surrogate is replaced by its number, a pair stays")
    void surrogates() {
        assertThat(RecordJson.write(Records.argument("a\uD83Db"))).contains("\"a⟨U+D83D⟩b\"");
        assertThat(RecordJson.write(Records.argument("\uD83D\uDE00"))).contains("\"\\ud83d\\ude00\"");
    }

    @Test
    @DisplayName("wall 12: a hidden argument is written as a commitment, and nothing but one is taken for it")
    void hidden() {
        AuditRecord record = Records.asked(List.of(new ShownArgument("pin", "Zm9v", true, true)), Map.of());
        assertThat(RecordJson.write(record))
                .contains("\"arguments\":[{\"name\":\"pin\",\"commitment\":\"Zm9v\",\"hidden\":true}]");
        for (Object raw : new Object[] {4711, true, null, List.of("CANARY")}) {
            AuditRecord bad = Records.asked(List.of(new ShownArgument("pin", raw, true, true)), Map.of());
            assertThatThrownBy(() -> RecordJson.write(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the hidden argument 'pin' has no commitment");
        }
    }

    @Test
    @DisplayName("R52: an object of an unknown type is named, and what it says of itself stays out")
    void canary() {
        Object talkative = new Object() {
            @Override
            public String toString() {
                return "CANARY";
            }
        };
        Map<Object, Object> inner = new LinkedHashMap<>();
        inner.put(talkative, talkative);
        String line = RecordJson.write(
                Records.asked(List.of(new ShownArgument("a", inner, true, false)), Map.of("b", List.of(talkative))));
        assertThat(line).doesNotContain("CANARY").contains("⟨" + RecordJsonTest.class.getName());
    }

    @Test
    @DisplayName("numbers are exact: as numbers where every parser takes them, else as text")
    void numbers() {
        assertThat(value(new BigDecimal("0.10"))).isEqualTo("0.10");
        assertThat(value(new BigDecimal("1E+3"))).isEqualTo("1E+3");
        assertThat(value(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(value(BigInteger.TEN.pow(60))).isEqualTo("1" + "0".repeat(60));
        assertThat(value(new BigDecimal("1E+1000000000"))).isEqualTo("\"1E+1000000000\"");
        assertThat(value(BigInteger.TEN.pow(500))).isEqualTo("\"1" + "0".repeat(500) + "\"");
        assertThat(value(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(value(-0.0f)).isEqualTo("-0.0");
    }

    private static String value(Object value) {
        String line = RecordJson.write(Records.argument(value));
        String start = "\"arguments\":[{\"name\":\"note\",\"value\":";
        return line.substring(line.indexOf(start) + start.length(), line.indexOf("}],\"requestId\""));
    }

    @Test
    @DisplayName("two keys that read the same stay apart")
    void names() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("1", "text");
        map.put(1, "number");
        map.put(null, "null");
        map.put("null", "text");
        assertThat(value(map)).isEqualTo("{\"1\":\"text\",\"1⟨2⟩\":\"number\",\"null\":\"null\",\"null⟨2⟩\":\"text\"}");
    }

    @Test
    @DisplayName("R56: a long value is cut with a mark, its length and its hash; the others stay whole")
    void cutValue() throws Exception {
        String note = "é".repeat(500_000);
        String line = RecordJson.write(Records.asked(
                List.of(new ShownArgument("amount", 5000, true, false), new ShownArgument("note", note, true, false)),
                Map.of("channel", "terminal")));
        assertSound(line);
        Map<String, Object> json = ReadBack.map(line);
        assertThat(json)
                .containsEntry("cut", List.of("arguments"))
                .containsEntry("details", Map.of("channel", "terminal"));
        assertThat(json.get("arguments"))
                .isEqualTo(List.of(
                        Map.of("name", "amount", "value", 5000),
                        Map.of(
                                "name",
                                "note",
                                "value",
                                Map.of("cut", "é".repeat(4096) + "…", "bytes", 1_000_000, "sha256", sha256(note)))));
    }

    @Test
    @DisplayName("R56: whatever is long, every line fits, says so, and a line that fits is not cut")
    void cutAnything() {
        String huge = "\u202E".repeat(20_000);
        List<ShownArgument> many = new ArrayList<>();
        Map<String, Object> manyDetails = new LinkedHashMap<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(new ShownArgument("argument" + i, "\u0001\"\\".repeat(20), false, false));
            manyDetails.put("\"detail" + i, i);
        }
        AuditRecord worst = new AuditRecord(
                Records.TIME,
                AuditRecord.Kind.VOTE_REFUSED,
                new Ref(huge, huge),
                Stream.concat(
                                Stream.of(new Ref(huge, huge)),
                                Collections.nCopies(3_000, new Ref("agent", "x")).stream())
                        .toList(),
                huge,
                new Ref(huge, huge),
                many,
                java.util.Optional.of(huge),
                java.util.Optional.of(huge),
                huge,
                java.util.Optional.of(new Ref(huge, huge)),
                io.jitapproval.Reason.GRANT_NOT_YET_VALID,
                Collections.nCopies(3_000, "rule"),
                huge,
                huge,
                manyDetails);
        String line = RecordJson.write(worst);
        assertSound(line);
        assertThat(ReadBack.map(line).get("cut").toString())
                .contains("subject", "actors", "action", "arguments", "rules", "binding", "details");

        for (AuditRecord each : List.of(
                Records.argument("x".repeat(60_000)), Records.on("a", "x".repeat(60_000), ""), Records.colourful())) {
            assertThat(ReadBack.map(RecordJson.write(each))).doesNotContainKey("cut");
        }
        Map<String, Object> longName = Map.of("n".repeat(70_000), 1);
        assertSound(RecordJson.write(Records.asked(List.of(), longName)));
    }

    @Test
    @DisplayName("R56: at every length around the limit the line fits")
    void limit() {
        int room = RecordJson.MAX_BYTES - RecordJson.write(Records.argument("")).length();
        for (int length = room - 3; length <= room + 3; length++) {
            String line = RecordJson.write(Records.argument("x".repeat(length)));
            assertSound(line);
            assertThat(ReadBack.map(line).containsKey("cut")).isEqualTo(length >= room);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
