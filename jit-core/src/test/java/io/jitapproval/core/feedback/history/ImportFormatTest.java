package io.jitapproval.core.feedback.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("wall 16: what lines of foreign histories mean")
class ImportFormatTest {

    static final String MINIMAL = """
            {"time":"2026-03-02T10:00:00Z","subject":{"id":"ana"},"action":{"name":"pay"},"resource":"order/1","decision":"approved","decidedBy":"mia"}""";

    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path work;

    private List<PastDecision> read(String... lines) throws IOException {
        Path file = Files.writeString(work.resolve("h.jsonl"), String.join("\n", lines) + "\n");
        List<PastDecision> all = new ArrayList<>();
        Histories.of(List.of(file)).each(all::add);
        return all;
    }

    private PastDecision one(String line) throws IOException {
        assertThat(schema().validate(MAPPER.readTree(line))).as(line).isEmpty();
        return read(line).get(0);
    }

    static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(MAPPER.readTree(Files.readString(Path.of("src/main/resources/jit-history.schema.json"))));
    }

    @Test
    @DisplayName("the minimal line: who decided is a person, and what is not said is not there")
    void minimal() throws IOException {
        PastDecision decision = one(MINIMAL);
        assertThat(decision.id()).isEqualTo(decision.origin()).endsWith("h.jsonl:1");
        assertThat(decision.opened()).isEqualTo(AT);
        assertThat(decision.decided()).as("nobody said when").isEmpty();
        assertThat(decision.request().subject().ref()).isEqualTo(Ref.user("ana"));
        assertThat(decision.request().resource()).isEqualTo(Resource.of("order", "1"));
        assertThat(decision.route()).isEqualTo(Route.PEOPLE);
        assertThat(decision.voices()).containsExactly(new Voice(Ref.user("mia"), true, AT, Optional.empty(), false));
        assertThat(decision.isLabelled()).isTrue();
        assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(decision.probability()).isEmpty();
        assertThat(decision.more()).isEmpty();
    }

    @Test
    @DisplayName("everything that a decision has can be said")
    void whole() throws IOException {
        PastDecision decision = one("""
                {"id":17,"time":1772445600,"decidedAt":1772445660500,"subject":{"type":"agent","id":9,"dept":"sales","properties":{"level":2}},\
                "actors":["bot",{"type":"app","id":"crm"}],"action":{"name":"pay","amount":10.50,"properties":{"big":12345678901234567890}},\
                "resource":{"id":4},"context":{"day":null,"tags":["a",1]},"decision":"DENIED","votes":[{"person":{"type":"slack","id":"U1"},\
                "approved":false,"at":"2026-03-02T11:01:00+01:00","took":12.5,"reason":true}],"route":"audit","rules":["r1"],"policy":"p9",\
                "asked":["mia","tom"],"queueDepth":3,"decideBy":"2026-03-02T12:00:00Z","grant":{"id":"g","from":1772445600,"until":1772449200,\
                "ended":1772445700,"revokedBy":"tom","maxUses":2,"uses":1,"firstUse":1772445650,"lastUse":1772445651},"outcome":"reversed",\
                "probability":0.1,"reason":"please","channel":{"x":[1,2]}}""");
        EvaluationRequest request = decision.request();
        assertThat(decision.id()).isEqualTo("17");
        assertThat(decision.opened()).isEqualTo(AT);
        assertThat(decision.decided()).contains(AT.plusMillis(60_500));
        assertThat(request.subject().type()).isEqualTo("agent");
        assertThat(request.subject().id()).isEqualTo("9");
        assertThat(request.subject().properties()).isEqualTo(Map.of("dept", "sales", "level", 2L));
        assertThat(request.actors()).extracting(actor -> actor.ref().toString()).containsExactly("user/bot", "app/crm");
        assertThat(request.action().properties())
                .isEqualTo(Map.of("amount", new BigDecimal("10.50"), "big", new BigDecimal("12345678901234567890")));
        assertThat(request.resource()).isEqualTo(Resource.of("resource", "4"));
        assertThat(request.context()).containsEntry("day", null).containsEntry("tags", List.of("a", 1L));
        assertThat(decision.result()).isEqualTo(Result.DENIED);
        assertThat(decision.route()).isEqualTo(Route.AUDIT);
        assertThat(decision.voices())
                .containsExactly(new Voice(
                        new Ref("slack", "U1"),
                        false,
                        AT.plusSeconds(60),
                        Optional.of(Duration.ofMillis(12_500)),
                        true));
        assertThat(decision.rules()).containsExactly("r1");
        assertThat(decision.policy()).isEqualTo("p9");
        assertThat(decision.asked()).containsExactly(Ref.user("mia"), Ref.user("tom"));
        assertThat(decision.queueDepth()).isEqualTo(OptionalInt.of(3));
        assertThat(decision.decideBy()).contains(AT.plusSeconds(7200));
        assertThat(decision.grant()).hasValueSatisfying(grant -> {
            assertThat(grant.revokedBy()).contains(Ref.user("tom"));
            assertThat(grant.ended()).contains(AT.plusSeconds(100));
            assertThat(grant.uses()).isEqualTo(1);
        });
        assertThat(decision.outcome()).isEqualTo(Outcome.REVERSED);
        assertThat(decision.probability()).isEqualTo(OptionalDouble.of(0.1));
        assertThat(decision.reason()).isEqualTo("please");
        assertThat(decision.more()).isEqualTo(Map.of("channel", Map.of("x", List.of(1L, 2L))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"person\" | PEOPLE | 0",
                "\"People\" | PEOPLE | 0",
                "\"HUMAN\" | PEOPLE | 0",
                "\"manager\" | PEOPLE | 0",
                "\"approver\" | PEOPLE | 0",
                "\"reviewer\" | PEOPLE | 0",
                "\"rule\" | RULE | 0",
                "\"policy\" | RULE | 0",
                "\"Auto\" | RULE | 0",
                "\"automatic\" | RULE | 0",
                "\"machine\" | RULE | 0",
                "\"SYSTEM\" | RULE | 0",
                "\"audit\" | AUDIT | 0",
                "\"break-glass\" | BREAK_GLASS | 0",
                "\"mia\" | PEOPLE | 1",
                "7 | PEOPLE | 1",
                "[\"mia\", {\"type\": \"slack\", \"id\": \"U1\"}] | PEOPLE | 2",
                "{\"kind\": \"person\", \"id\": \"mia\"} | PEOPLE | 1",
                "{\"type\": \"slack\", \"id\": \"U1\"} | PEOPLE | 1",
                "{\"id\": \"system\"} | PEOPLE | 1",
                "{\"kind\": \"rule\", \"rule\": \"small\"} | RULE | 0",
                "{\"rule\": \"small\"} | RULE | 0",
                "{\"kind\": \"audit\", \"id\": \"mia\"} | AUDIT | 1",
                "null | UNKNOWN | 0",
            })
    @DisplayName("who decided, in all the ways in which it is said; not said is not known, and no evidence")
    void decidedBy(String value, Route route, int voices) throws IOException {
        PastDecision decision = one(MINIMAL.replace("\"mia\"", value));
        assertThat(decision.route()).isEqualTo(route);
        assertThat(decision.voices()).hasSize(voices);
        assertThat(decision.isLabelled()).isEqualTo(route == Route.PEOPLE || route == Route.AUDIT);
        assertThat(decision.rules()).isEqualTo(value.contains("small") ? List.of("small") : List.of());
    }

    @Test
    @DisplayName("nobody said who: unknown, counted and told with examples")
    void nobody() throws IOException {
        String without = MINIMAL.replace(",\"decidedBy\":\"mia\"", "");
        assertThat(one(without).route()).isEqualTo(Route.UNKNOWN);
        Path file = Files.writeString(work.resolve("n.jsonl"), (without + "\n").repeat(5));
        Reading reading = Histories.of(List.of(file)).read(decision -> {});
        assertThat(reading.notes()).singleElement().satisfies(note -> {
            assertThat(note.code()).isEqualTo("JIT-H023");
            assertThat(note.count()).isEqualTo(5);
            assertThat(note.examples()).hasSize(3).first().asString().endsWith("n.jsonl:1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "approved, APPROVED",
        "Approve, APPROVED",
        "true, APPROVED",
        "denied, DENIED",
        "deny, DENIED",
        "rejected, DENIED",
        "false, DENIED",
        "expired, EXPIRED",
        "cancelled, CANCELLED",
        "canceled, CANCELLED",
        "withdrawn, CANCELLED",
        "failed, FAILED",
        "pending, PENDING"
    })
    @DisplayName("how it ended; what is not an answer of people is no evidence")
    void results(String word, Result result) throws IOException {
        String value = word.equals("true") || word.equals("false") ? word : "\"" + word + "\"";
        PastDecision decision = one(MINIMAL.replace("\"approved\"", value));
        assertThat(decision.result()).isEqualTo(result);
        assertThat(decision.isLabelled()).isEqualTo(result == Result.APPROVED || result == Result.DENIED);
    }

    @Test
    @DisplayName("who and what is not named is unnamed")
    void unnamed() throws IOException {
        PastDecision decision =
                one(MINIMAL.replace("{\"id\":\"ana\"}", "{\"dept\":\"x\"}").replace("\"order/1\"", "{\"tier\":3}"));
        assertThat(decision.request().subject().id()).isEqualTo(PastDecision.UNNAMED);
        assertThat(decision.request().subject().properties()).isEqualTo(Map.of("dept", "x"));
        assertThat(decision.request().resource().id()).isEqualTo(PastDecision.UNNAMED);
        assertThat(one(MINIMAL.replace("\"resource\":\"order/1\",", ""))
                        .request()
                        .resource())
                .isEqualTo(Resource.of("resource", PastDecision.UNNAMED));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-03-02T10:00:00Z\"'",
        "'\"2026-03-02T10:00:00.000Z\"'",
        "'\"2026-03-02T11:00:00+01:00\"'",
        "'\"2026-03-02T10:00Z\"'",
        "1772445600",
        "1772445600.000",
        "1772445600000",
        "1.7724456e9"
    })
    @DisplayName("times with an offset, in seconds and in milliseconds")
    void times(String value) throws IOException {
        assertThat(read(MINIMAL.replace("\"2026-03-02T10:00:00Z\"", value))
                        .get(0)
                        .opened())
                .isEqualTo(AT);
    }

    @Test
    @DisplayName("a byte order mark, CRLF, blank lines and no last line end do no harm")
    void layout() throws IOException {
        Path file = Files.writeString(work.resolve("w.jsonl"), "\uFEFF" + MINIMAL + "\r\n\r\n  \n" + MINIMAL);
        List<String> origins = new ArrayList<>();
        Histories.of(List.of(file))
                .each(decision -> origins.add(decision.origin().replaceFirst(".*:", "")));
        assertThat(origins).containsExactly("1", "4");
    }

    @Test
    @DisplayName("the schema refuses what the reader refuses in shape")
    void schemaRefuses() throws IOException {
        Schema schema = schema();
        for (String name : List.of("missing", "types", "ranges", "words-unknown")) {
            Path file = Path.of("src/test/resources/history/errors/" + name + ".jsonl");
            for (String line : Files.readAllLines(file)) {
                boolean beyond = line.equals(MINIMAL)
                        || line.contains("\"decidedBy\":{}")
                        || line.contains("{\"\":1}")
                        || line.contains("\"/1\"");
                if (!beyond) {
                    assertThat(schema.validate(MAPPER.readTree(line))).as(line).isNotEmpty();
                }
            }
        }
    }
}
