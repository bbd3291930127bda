package io.jitapproval.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.PolicyDocument;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

@Label("the builder mirrors the document one to one")
class PolicyBuilderLawsTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> DURATIONS =
            Set.of("decideWithin", "within", "useWithin", "after", "remindAfter", "coolDown", "reviewWithin");
    private static final Set<String> MOMENTS = Set.of("notBefore", "expires");

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return Documents.any();
    }

    @Label("a document that is said again in Java is the same version")
    @Property(tries = 1000)
    void sameVersion(@ForAll("documents") Map<String, Object> document) {
        PolicyDocument built = Replay.whole().document(document);
        assertThat(version(built)).as(built.json()).isEqualTo(written(document));
    }

    @Label("what it prints, read and said again, prints the same")
    @Property(tries = 200)
    void printed(@ForAll("documents") Map<String, Object> document) {
        String json = Replay.whole().document(document).json();
        assertThat(Replay.whole()
                        .document(Replay.map(SchemaCheck.data(new PolicyText("again.json", json))
                                .orElseThrow()))
                        .json())
                .isEqualTo(json);
    }

    @Example
    @Label("broken twins: whatever field, selector or operator a builder forgot, the law would tell")
    void forgotten() {
        Map<String, Map<String, Object>> examples = new TreeMap<>();
        for (long seed = 0; seed < 600; seed++) {
            Map<String, Object> document = Documents.document(new Random(seed));
            Replay replay = Replay.whole();
            replay.document(document);
            replay.said.forEach(name -> examples.putIfAbsent(name, document));
        }
        assertThat(examples.keySet()).containsAll(everything());
        for (String name : everything()) {
            Map<String, Object> document = examples.get(name);
            assertThat(twin(name, document)).as(name).isNotEqualTo(written(document));
        }
    }

    private static String twin(String name, Map<String, Object> document) {
        try {
            return version(Replay.without(name).document(document));
        } catch (JitConfigurationException e) {
            return "refused";
        }
    }

    /** Whatever the reader knows, as {@code owner.field}. */
    private static Set<String> everything() {
        Set<String> all = new LinkedHashSet<>();
        add(all, "document", DocumentReader.DOCUMENT.stream().filter(name -> !name.equals("$schema")));
        add(all, "default", DocumentReader.DEFAULT.stream());
        add(all, "rule", RuleReader.RULE.stream());
        add(all, "obligation", RuleReader.OBLIGATION.stream());
        add(all, "approval", ApprovalReader.APPROVAL.stream());
        add(all, "stage", StagesReader.STAGE.stream());
        add(all, "way", StagesReader.WAY.stream());
        add(all, "escalation", StagesReader.ESCALATION.stream());
        add(all, "tell", ApprovalReader.TELL.stream());
        add(all, "breakGlass", ApprovalReader.BREAK_GLASS.stream());
        add(all, "demand", ApprovalReader.DEMAND.stream());
        add(all, "grant", GrantReader.GRANT.stream());
        add(all, "selector", ApproversReader.KINDS.stream());
        add(all, "condition", ConditionReader.LOGIC.stream());
        add(all, "condition", Stream.of("subject", "time"));
        add(all, "comparison", Operators.anywhere().keySet().stream());
        add(all, "comparison", Stream.of(ConditionReader.IF_ABSENT));
        add(all, "element", Operators.onElements().keySet().stream());
        add(all, "subject", Operators.onSubject().keySet().stream());
        add(all, "time", WindowReader.WORDS.stream());
        return all;
    }

    private static void add(Set<String> all, String owner, Stream<String> names) {
        names.forEach(name -> all.add(owner + "." + name));
    }

    private static String version(PolicyDocument document) {
        return Policy.parse(document.load()).version();
    }

    private static String written(Map<String, Object> document) {
        String json = MAPPER.writeValueAsString(asJavaWrites("", document));
        return Policy.parse(new PolicyText("written.json", json)).version();
    }

    /** Durations and instants have several ways to be written; Java has one. */
    private static Object asJavaWrites(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, each) -> all.put((String) key, asJavaWrites((String) key, each)));
            return all;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(each -> asJavaWrites("", each)).toList();
        }
        if (DURATIONS.contains(name)) {
            return Duration.parse((String) value).toString();
        }
        return MOMENTS.contains(name)
                ? OffsetDateTime.parse((String) value).toInstant().toString()
                : value;
    }
}
