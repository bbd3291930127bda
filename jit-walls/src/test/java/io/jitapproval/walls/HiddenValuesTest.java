package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Reason;
import io.jitapproval.ShownArgument;
import io.jitapproval.spi.AuditRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("wall 12, R52: a hidden value comes out nowhere")
class HiddenValuesTest {

    static final String TEXT = "c4n4ry-7f3a91";
    static final long NUMBER = 918273645546372819L;
    static final BigDecimal DECIMAL = new BigDecimal("31337.271828182");
    private static final List<String> CANARIES = List.of(TEXT, Long.toString(NUMBER), DECIMAL.toString(), "c4n4ry");

    record Card(String holder, List<Object> numbers, Map<String, Object> notes) {}

    private static Map<String, Object> secrets() {
        Map<String, Object> secrets = new LinkedHashMap<>();
        secrets.put("a text", TEXT);
        secrets.put("a number", NUMBER);
        secrets.put("a decimal", DECIMAL);
        secrets.put("a boolean", true);
        secrets.put("a list", new ArrayList<>(List.of(TEXT, List.of(NUMBER))));
        secrets.put("a map", Map.of(TEXT, DECIMAL));
        secrets.put("a record", new Card(TEXT, new ArrayList<>(List.of(NUMBER)), Map.of(TEXT, Map.of("x", DECIMAL))));
        secrets.put("an array", new Object[] {TEXT, NUMBER});
        secrets.put("bytes of text", Optional.of(TEXT));
        return secrets;
    }

    private static void check(Path directory, Object secret, boolean sensitive) {
        LeakyHouse house = new LeakyHouse(directory.resolve("audit" + System.nanoTime() + ".jsonl"), sensitive);
        String printed;
        try (house) {
            printed = Printed.during(() -> house.everythingThatCanHappenTo(secret));
        }
        assertThat(EnumSet.allOf(Reason.class)).containsAll(house.reasons());
        assertThat(house.reasons())
                .contains(
                        Reason.POLICY_DENIED,
                        Reason.APPROVAL_PENDING,
                        Reason.ARGUMENT_UNSUPPORTED,
                        Reason.POLICY_UNAVAILABLE,
                        Reason.AUDIT_UNAVAILABLE,
                        Reason.GUARD_FAILED);
        String all = house.everythingTold() + printed;
        for (String canary : CANARIES) {
            int at = all.indexOf(canary);
            assertThat(at)
                    .as(() -> canary + " came out: …" + all.substring(Math.max(0, at - 300), at) + "…")
                    .isNegative();
        }
        assertThat(all).contains("box/7", "vault.asked", "lookup failed", "probe");
        List<ShownArgument> hidden = secretsIn(house.records());
        assertThat(hidden).hasSizeGreaterThan(5).allSatisfy(argument -> {
            assertThat(argument.hidden()).isTrue();
            assertThat(argument.value()).asString().matches("[A-Za-z0-9_-]{43}");
        });
        // A use shows what its request showed; all others are salted each its own way.
        assertThat(secretsIn(house.records().stream()
                        .filter(record -> record.requestId().isEmpty())
                        .toList()))
                .extracting(ShownArgument::value)
                .hasSizeGreaterThan(4)
                .doesNotHaveDuplicates();
    }

    private static List<ShownArgument> secretsIn(List<AuditRecord> records) {
        return records.stream()
                .map(AuditRecord::arguments)
                .flatMap(List::stream)
                .filter(argument -> argument.name().equals("secret"))
                .toList();
    }

    @TestFactory
    @DisplayName("wall 12, R52: not in logs, messages, records, requests, grants, explanations or on the terminal")
    Stream<DynamicTest> hidden(@TempDir Path directory) {
        return secrets().entrySet().stream()
                .map(secret -> DynamicTest.dynamicTest(
                        "wall 12, R52: " + secret.getKey(), () -> check(directory, secret.getValue(), true)));
    }

    @Test
    @DisplayName("wall 12, R52, twin: the same value where nobody said that it is sensitive")
    void twin(@TempDir Path directory) {
        secrets()
                .values()
                .forEach(secret -> assertThatThrownBy(() -> check(directory, secret, false))
                        .isInstanceOf(AssertionError.class));
    }

    @Test
    @DisplayName("wall 12, R52, twin: a leak by each way out is seen")
    void everyWayOutIsWatched() {
        assertThat(Printed.during(() -> LoggerFactory.getLogger("probe").debug("{}", TEXT, new IOException(TEXT))))
                .contains(TEXT, "IOException: " + TEXT);
        assertThat(Printed.during(
                        () -> java.util.logging.Logger.getLogger("probe").info(TEXT)))
                .contains(TEXT);
        assertThat(Printed.during(() -> System.out.print(TEXT))).contains(TEXT);
        assertThat(Printed.during(() -> System.err.print(TEXT))).contains(TEXT);
        assertThat(LeakyHouse.told(new UncheckedIOException(new IOException(TEXT))))
                .contains(TEXT);
    }
}
