package io.jitapproval.core.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Vectors: RFC 8785 and github.com/cyberphone/json-canonicalization, testdata (Apache-2.0). */
class CanonicalJsonTest {

    @Test
    @DisplayName("RFC 8785 appendix B: numbers")
    void appendixB() {
        for (String line : lines("rfc8785-appendix-b.txt")) {
            String[] vector = line.split(" ", 2);
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(vector[0], 16));
            if (vector[1].equals("refused")) {
                assertThatThrownBy(() -> CanonicalJson.bytes(value)).isInstanceOf(UnsupportedArgumentException.class);
            } else {
                assertThat(CanonicalJson.string(value)).as(vector[0]).isEqualTo(vector[1]);
                assertThat(CanonicalJson.number(value)).as(vector[0]).isEqualTo(vector[1]);
            }
        }
    }

    @Test
    @DisplayName("RFC 8785: the first 10 000 numbers of the published ES6 sequence have the published checksum")
    void publishedNumberSequence() {
        StringBuilder text = new StringBuilder();
        String thousand = "";
        int count = 0;
        for (double value : es6Sequence(10_000)) {
            text.append(Long.toHexString(Double.doubleToRawLongBits(value)))
                    .append(',')
                    .append(CanonicalJson.number(value))
                    .append('\n');
            if (++count == 1_000) {
                thousand = text.toString();
            }
        }
        assertThat(sha256Hex(thousand)).isEqualTo("be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687");
        assertThat(sha256Hex(text.toString()))
                .isEqualTo("b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892");
    }

    @Test
    @DisplayName("RFC 8785: Double.toString, the broken twin, misses the published checksum")
    void publishedNumberSequenceTwin() {
        StringBuilder text = new StringBuilder();
        for (double value : es6Sequence(1_000)) {
            text.append(Long.toHexString(Double.doubleToRawLongBits(value)))
                    .append(',')
                    .append(value)
                    .append('\n');
        }
        assertThat(sha256Hex(text.toString()))
                .isNotEqualTo("be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687");
    }

    @Test
    @DisplayName("RFC 8785: at a power of two the nearest short decimal may not read back; the other one does")
    void powersOfTwo() {
        assertThat(CanonicalJson.number(Math.scalb(1.0, 89))).isEqualTo("6.189700196426902e+26");
        assertThat(CanonicalJson.number(Math.scalb(1.0, -1_017))).isEqualTo("7.120236347223045e-307");
        assertThat(CanonicalJson.number(Math.scalb(-1.0, -1_073))).isEqualTo("-1e-323");
    }

    @Property(tries = 2_000)
    @Label("RFC 8785: every finite double reads back as itself, in at most 17 digits")
    void numbersReadBack(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            String text = CanonicalJson.number(value);
            assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
            assertThat(new BigDecimal(text).stripTrailingZeros().precision()).isLessThanOrEqualTo(17);
        }
    }

    @Property(tries = 2_000)
    @Label("RFC 8785: decimals of few digits are written with those digits")
    void decimalsKeepTheirDigits(@ForAll int unscaled, @ForAll byte scale) {
        BigDecimal decimal = new BigDecimal(BigInteger.valueOf(unscaled), scale);
        assertThat(new BigDecimal(CanonicalJson.number(decimal.doubleValue()))).isEqualByComparingTo(decimal);
    }

    @Test
    @DisplayName("RFC 8785: arrays, french, structures")
    void structures() {
        assertThat(CanonicalJson.string(List.of(56, mapOf("d", true, "10", null, "1", List.of()))))
                .isEqualTo("[56,{\"1\":[],\"10\":null,\"d\":true}]");
        assertThat(CanonicalJson.string(mapOf(
                        "peach", "This sorting order",
                        "péché", "is wrong according to French",
                        "pêche", "but canonicalization MUST",
                        "sin", "ignore locale")))
                .isEqualTo("{\"peach\":\"This sorting order\",\"péché\":\"is wrong according to French\","
                        + "\"pêche\":\"but canonicalization MUST\",\"sin\":\"ignore locale\"}");
        assertThat(CanonicalJson.string(mapOf(
                        "1", mapOf("f", mapOf("f", "hi", "F", 5), "\n", 56.0),
                        "10", Map.of(),
                        "", "empty",
                        "a", Map.of(),
                        "111", List.of(mapOf("e", "yes", "E", "no")),
                        "A", Map.of())))
                .isEqualTo("{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},"
                        + "\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}");
    }

    @Test
    @DisplayName("RFC 8785: unicode is not normalized; values; weird keys sort by UTF-16 code units")
    void weird() {
        assertThat(CanonicalJson.bytes(Map.of("Unnormalized Unicode", "A\u030a")))
                .asHexString()
                .isEqualToIgnoringCase("7B22556E6E6F726D616C697A656420556E69636F6465223A2241CC8A227D");
        assertThat(CanonicalJson.string(mapOf(
                        "numbers", List.of(333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001),
                        "string", "\u20ac$\u000F\nA'B\"\\\\\"/",
                        "literals", Arrays.asList(null, true, false))))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(CanonicalJson.string(mapOf(
                        "\u20ac", "Euro Sign",
                        "\r", "Carriage Return",
                        "\n", "Newline",
                        "1", "One",
                        "\u0080", "Control\u007f",
                        "\ud83d\ude02", "Smiley",
                        "\u00f6", "Latin Small Letter O With Diaeresis",
                        "\ufb33", "Hebrew Letter Dalet With Dagesh",
                        "</script>", "Browser Challenge")))
                .isEqualTo("{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\","
                        + "\"</script>\":\"Browser Challenge\",\"\u0080\":\"Control\u007f\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude02\":\"Smiley\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Property(tries = 1_000)
    @Label("RFC 8785: bytes are what the JDK's UTF-8 makes of the text, for every string without half pairs")
    void utf8(@ForAll String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            String unescaped = text.chars().anyMatch(c -> c < 0x20 || c == '"' || c == '\\') ? null : text;
            byte[] bytes = CanonicalJson.bytes(text);
            if (unescaped != null) {
                assertThat(bytes).isEqualTo(('"' + unescaped + '"').getBytes(StandardCharsets.UTF_8));
            }
        } else {
            assertThatThrownBy(() -> CanonicalJson.bytes(text)).isInstanceOf(UnsupportedArgumentException.class);
        }
    }

    @Test
    @DisplayName("R06: what JSON cannot hold is refused, not rounded")
    void refused() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        List<Object> refused = List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                "\ud800",
                "\udc00\ud800",
                (1L << 53) + 1,
                BigInteger.ONE.shiftLeft(60),
                new BigDecimal("0.1000000000000000055511151231257827"),
                new BigDecimal("1e400"),
                cyclic,
                Map.of(1, 2),
                new Object(),
                "x".repeat(1 << 20));
        for (Object value : refused) {
            assertThatThrownBy(() -> CanonicalJson.bytes(value)).isInstanceOf(UnsupportedArgumentException.class);
        }
        assertThat(CanonicalJson.string(
                        Arrays.asList(1L << 53, BigInteger.TWO.pow(53).negate(), new BigDecimal("1.50"))))
                .isEqualTo("[9007199254740992,-9007199254740992,1.5]");
        assertThat(CanonicalJson.bytes("x".repeat((1 << 20) - 2))).hasSize(1 << 20);
    }

    @Test
    @DisplayName("RFC 8785: many keys sort as few do")
    void manyKeys() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            many.put("k" + i, i);
        }
        StringBuilder expected = new StringBuilder("{");
        many.keySet().stream()
                .sorted()
                .forEach(key -> expected.append(expected.length() == 1 ? "" : ",")
                        .append('"')
                        .append(key)
                        .append("\":")
                        .append(many.get(key)));
        assertThat(CanonicalJson.string(many)).isEqualTo(expected.append('}').toString());
    }

    private static Map<String, Object> mapOf(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** The sequence that testdata/README.md describes: fixed values, 2000 in a row, then a chain of SHA-256. */
    private static List<Double> es6Sequence(int length) {
        List<Double> sequence = new ArrayList<>();
        for (String bits : lines("es6-fixed-numbers.txt")) {
            sequence.add(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)));
        }
        for (long i = 0; i < 2_000; i++) {
            sequence.add(Double.longBitsToDouble(0x0010000000000000L + i));
        }
        byte[] block = new byte[32];
        while (sequence.size() < length) {
            block = Digests.sha256(block);
            ByteBuffer words = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            while (words.hasRemaining()) {
                double value = words.getDouble();
                if (value != 0 && Double.isFinite(value)) {
                    sequence.add(value);
                }
            }
        }
        return sequence.subList(0, length);
    }

    private static String sha256Hex(String text) {
        return Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(String resource) {
        try (InputStream in = CanonicalJsonTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
