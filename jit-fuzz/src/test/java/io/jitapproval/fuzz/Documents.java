package io.jitapproval.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds of bytes that are to be a policy: they are one, or they are refused with all their faults. Nothing else. */
final class Documents {

    /** Reads a document; the engine, or a broken twin. */
    @FunctionalInterface
    interface Reader {
        Policy read(PolicyText document);
    }

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int MOST_ACTIONS = 5;

    private Documents() {}

    /** As JSON, and as YAML, which knows almost all JSON too: what both take must be the same policy. */
    static void check(byte[] bytes, Reader reader) throws Exception {
        Optional<Policy> json = read("fuzz.json", bytes, reader);
        Optional<Policy> yaml = read("fuzz.yaml", bytes, reader);
        if (json.isPresent() && yaml.isPresent()) {
            assertThat(yaml.get().version()).isEqualTo(json.get().version());
        }
    }

    private static Optional<Policy> read(String origin, byte[] bytes, Reader reader) throws Exception {
        List<PolicyText> documents;
        try {
            documents = PolicySources.classpath(new OneResource(bytes), origin).load();
        } catch (CharacterCodingException e) {
            assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\uFFFD");
            return Optional.empty();
        }
        Policy policy;
        try {
            policy = reader.read(documents.get(0));
        } catch (JitConfigurationException e) {
            Verdicts.refused(e);
            return Optional.empty();
        }
        assertThat(reader.read(documents.get(0)).version()).isEqualTo(policy.version());
        policy.actions().stream().limit(MOST_ACTIONS).forEach(action -> Verdicts.decide(policy, asked(action), NOW));
        return Optional.of(policy);
    }

    private static EvaluationRequest asked(String action) {
        return new EvaluationRequest(
                new Subject("user", "ana", Map.of("roles", List.of("SUPPORT"))),
                List.of(),
                new Action(action, Map.of("amount", new BigDecimal("5000"), "hidden", "secret")),
                new Resource("order", "42", Map.of("owner", "mia", "tags", List.of("a", "b"))),
                Map.of("ip", "10.1.2.3", "text", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"));
    }

    /** A class path of one resource, whatever its name. */
    private static final class OneResource extends ClassLoader {

        private final byte[] bytes;

        OneResource(byte[] bytes) {
            super(null);
            this.bytes = bytes;
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return new ByteArrayInputStream(bytes);
        }
    }
}
