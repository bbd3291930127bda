package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Code;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

@Label("the schema and the reader of policies agree on what a policy is")
class PolicySchemaLawsTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final SchemaCheck SHIPPED = SchemaCheck.shipped();

    /** What a schema cannot say: it looks at one value at a time, and at texts by patterns alone. */
    private static final Set<Code> BEYOND = EnumSet.of(
            Code.DUPLICATE_ID,
            Code.DURATION,
            Code.ZONE,
            Code.APPROVERS,
            Code.NAMED,
            Code.STAGES,
            Code.MOMENT,
            Code.DATE,
            Code.WINDOW,
            Code.FORM,
            Code.PATTERN,
            Code.NETWORK,
            Code.NAME);

    private static final Pattern NO_TIME = Pattern.compile("ISO 8601 .* but was '(.*)'");
    private static final long MOST_FOR_TWINS = 8000;
    private static final String ANY_DEFAULT = "{\"default\": \"deny\", \"rules\": []}";

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return Documents.any();
    }

    @Label("a document that the reader takes has no fault in an editor")
    @Property(tries = 500)
    void takes(@ForAll("documents") Map<String, Object> document) {
        assertThat(codes(document)).isEmpty();
        assertThat(SHIPPED.faults(document)).isEmpty();
    }

    @Label(
            "of a document that was changed at one place, reader and schema say the same, but for what no schema can say")
    @Property(tries = 2500)
    void changed(@ForAll("documents") Map<String, Object> document, @ForAll long seed) {
        agree(SHIPPED, Mutation.of(document, new Random(seed)));
    }

    private static void agree(SchemaCheck schema, Object document) {
        Set<String> codes = codes(document);
        List<String> faults = schema.faults(document);
        if (codes.isEmpty()) {
            assertThat(faults).as("the reader takes %s", document).isEmpty();
        } else if (faults.isEmpty()) {
            assertThat(codes)
                    .as("the schema takes %s", document)
                    .isSubsetOf(BEYOND.stream().map(Code::code).toList());
        }
    }

    @Example
    @Label("broken twins: a schema that is wrong at one place is told by the law")
    void twins() {
        assertTold(1, definition("rule", rule -> properties(rule).remove("owner")));
        assertTold(253, definition("rule", rule -> rule.remove("additionalProperties")));
        assertTold(6581, definition("rule", rule -> rule.remove("allOf")));
        assertTold(683, definition("rule", rule -> rule.remove("required")));
        assertTold(1446, definition("approval", approval -> approval.remove("if")));
        assertTold(
                15,
                definition("comparison", comparison -> properties(comparison).remove("regex")));
        assertTold(1, definition("condition", condition -> condition.remove("patternProperties")));
        assertTold(245, definition("condition", condition -> condition.remove("minProperties")));
        assertToldBy(
                "{\"rules\": [{\"id\": \"r\", \"actions\": [\"a\"], \"effect\": \"deny\", \"when\": {\"action.x\": {\"in\": []}}}]}",
                definition("scalars", scalars -> scalars.remove("minItems")));
        assertTold(43, definition("stage", stage -> stage.remove("allOf")));
        assertTold(1, definition("escalation", escalation -> escalation.remove("required")));
        assertTold(1, definition("breakGlass", glass -> properties(glass).remove("review")));
    }

    /** Begins where the twin was told before; if documents are made otherwise, it may be told elsewhere. */
    private static void assertTold(long first, Map<String, Object> schema) {
        SchemaCheck twin = SchemaCheck.of(schema);
        for (long i = 0; i < MOST_FOR_TWINS; i++) {
            Object document = document((first + i) % MOST_FOR_TWINS);
            agree(SHIPPED, document);
            try {
                agree(twin, document);
            } catch (AssertionError told) {
                return;
            }
        }
        throw new AssertionError("the law tells nothing of a schema that is wrong");
    }

    /** For what chance seldom comes by: a document that tells. */
    private static void assertToldBy(String json, Map<String, Object> schema) {
        Object document = document(json);
        agree(SHIPPED, document);
        assertThatThrownBy(() -> agree(SchemaCheck.of(schema), document)).isInstanceOf(AssertionError.class);
    }

    private static Object document(long seed) {
        Random random = new Random(seed);
        Map<String, Object> document = Documents.document(random);
        return seed % 4 == 0 ? document : Mutation.of(document, random);
    }

    private static Map<String, Object> definition(String name, Consumer<Map<String, Object>> change) {
        Map<String, Object> schema = Replay.map(MAPPER.readValue(PolicySchema.json(), Object.class));
        change.accept(Replay.map(Replay.map(schema.get("definitions")).get(name)));
        return schema;
    }

    private static Map<String, Object> properties(Map<String, Object> shape) {
        return Replay.map(shape.get("properties"));
    }

    @Example
    @Label("what no schema can say: each with a document that the schema takes and the reader refuses")
    void beyond() {
        Map<Code, String> examples = new LinkedHashMap<>();
        String rule = "{\"id\": \"r\", \"actions\": [\"a\"], \"effect\": ";
        String deny = rule + "\"deny\", ";
        String asks = rule + "\"require-approval\", \"approval\": ";
        String by = "\"by\": {\"role\": \"x\"}";
        examples.put(Code.DUPLICATE_ID, rule + "\"deny\"}, " + rule + "\"allow\"}");
        examples.put(Code.DURATION, asks + "{" + by + ", \"decideWithin\": \"P999D\"}}");
        examples.put(Code.ZONE, deny + "\"when\": {\"time\": {\"days\": [\"MON\"], \"zone\": \"Mars\"}}}");
        examples.put(Code.APPROVERS, asks + "{\"by\": {\"approvers\": \"nobody\"}}}");
        examples.put(Code.NAMED, deny + "\"when\": {\"condition\": \"none\"}}");
        examples.put(Code.STAGES, asks + "{\"stages\": [{" + by + "}, {" + by + "}]}}");
        examples.put(Code.MOMENT, deny + "\"notBefore\": \"2026-01-02T00:00Z\", \"expires\": \"2026-01-01T00:00Z\"}");
        examples.put(Code.WINDOW, deny + "\"when\": {\"time\": {\"inside\": \"07:00-07:00\"}}}");
        examples.put(Code.FORM, asks + "{" + by + ", \"reason\": {\"pattern\": \"(\", \"hint\": \"x\"}}}");
        examples.put(Code.PATTERN, deny + "\"when\": {\"action.x\": {\"regex\": \"(\"}}}");
        examples.put(Code.NETWORK, deny + "\"when\": {\"action.x\": {\"inNetwork\": \"10.0.0.1/8\"}}}");
        examples.forEach((code, rules) -> {
            Object document = document("{\"default\": \"deny\", \"rules\": [" + rules + "]}");
            assertThat(codes(document)).as(rules).containsExactly(code.code());
            assertThat(SHIPPED.faults(document)).as(rules).isEmpty();
        });
        Object date = document("{\"rules\": [], \"calendars\": {\"c\": [\"2026-02-30\"]}}");
        assertThat(codes(date)).containsExactly(Code.DATE.code());
        assertThat(SHIPPED.faults(date)).isEmpty();
    }

    @Example
    @Label("what can be seen in one value is told in the editor, also where the rest of it is beyond a schema")
    void told() {
        String rule = "{\"default\": \"deny\", \"rules\": [{\"id\": \"r\", \"actions\": [\"a\"], ";
        String when = rule + "\"effect\": \"deny\", \"when\": ";
        for (String document : List.of(
                rule + "\"effect\": \"auto-approve\", \"grant\": {\"within\": \"10 minutes\"}}]}",
                rule + "\"effect\": \"auto-approve\", \"grant\": {\"within\": \"P1M\"}}]}",
                rule + "\"effect\": \"deny\", \"expires\": \"2026-01-01\"}]}",
                rule + "\"effect\": \"deny\", \"owner\": \" \"}]}",
                rule + "\"effect\": \"deny\", \"owner\": \"a\\u202eb\"}]}",
                rule
                        + "\"effect\": \"require-approval\", \"approval\": {\"by\": {\"person\": \"m\"}, \"ticket\": {\"hint\": \"x\"}}}]}",
                when + "{\"time\": {\"inside\": \"7-22\"}}}]}",
                when + "{\"time\": {\"inside\": \"07:00-25:00\"}}}]}",
                when + "{\"action.x\": {\"inNetwork\": \"office\"}}}]}",
                when + "{\"action.x\": {\"glob\": \"a\\\\\"}}}]}",
                when + "{\"action.x\": {\"olderThan\": \"2 days\"}}}]}",
                when + "{\"action.x\": {\"lessThan\": \"10MB\"}}}]}",
                "{\"rules\": [], \"calendars\": {\"c\": [\"25.12.\"]}}",
                "{\"rules\": [], \"conditions\": {\"a\": {\"condition\": \"b\"}}}",
                "{\"rules\": [], \"approvers\": {\"a\": {\"approvers\": \"b\"}}}")) {
            assertThat(codes(document(document))).as(document).isNotEmpty();
            assertThat(SHIPPED.faults(document(document))).as(document).isNotEmpty();
        }
    }

    private static Object document(String json) {
        return SchemaCheck.data(new PolicyText("policy.json", json)).orElseThrow();
    }

    /** An operand that looks like a time and is none, such as 30 February. */
    private static boolean isNoSuchDay(ConfigurationProblem problem) {
        if (!problem.code().equals(Code.OPERAND.code())) {
            return false;
        }
        Matcher was = NO_TIME.matcher(problem.what().lines().findFirst().orElse(""));
        return was.find() && was.group(1).matches(Shapes.ORDERED);
    }

    /** Of the faults that the reader finds, be the document alone or not. */
    private static Set<String> codes(Object document) {
        PolicyText text = new PolicyText("policy.json", MAPPER.writeValueAsString(document));
        try {
            Policy.parse(List.of(text, new PolicyText("default.json", ANY_DEFAULT)));
            return Set.of();
        } catch (JitConfigurationException e) {
            return e.problems().stream()
                    .filter(problem -> !problem.code().equals(Code.DEFAULTS_DIFFER.code()))
                    .map(problem -> isNoSuchDay(problem) ? Code.DATE.code() : problem.code())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
