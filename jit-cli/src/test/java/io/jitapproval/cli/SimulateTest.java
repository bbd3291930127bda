package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.core.feedback.evidence.Learner;
import io.jitapproval.core.feedback.history.Histories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("jit simulate: what is read where, and how it ends")
class SimulateTest {

    private static final String ALL = "rules: [{ id: all, actions: ['*'], effect: auto-approve }]\n";

    @TempDir
    private Path directory;

    private Path history;
    private EvidenceModel model;

    @BeforeEach
    void learn() throws IOException {
        StringBuilder lines = new StringBuilder();
        Instant time = Instant.parse("2026-01-05T08:00:00Z");
        for (int i = 0; i < 400; i++) {
            time = time.plusSeconds(3_600);
            boolean sales = i % 4 == 0;
            lines.append(
                    ("{'id':'d%d','time':'%s','subject':{'type':'user','id':'u%d','properties':{'department':'%s'}},"
                                    + "'action':'app.open','resource':'app/1','decision':'%s','decidedBy':{'type':'user','id':'m%d'}}\n")
                            .formatted(
                                    i, time, i % 20, sales ? "sales" : "support", sales ? "denied" : "approved", i % 3)
                            .replace('\'', '"'));
        }
        history = Files.writeString(directory.resolve("past.jsonl"), lines);
        model = Learner.learn(
                        Histories.of(List.of(history)),
                        new Learner.Settings(0.05, 0.95, How.SPLIT, "apps", Optional.empty(), any -> false))
                .model()
                .orElseThrow();
    }

    private Path suggestion(String hash) throws IOException {
        Path out = Files.createDirectories(directory.resolve("out/rules")).getParent();
        Files.writeString(out.resolve("policy.yaml"), """
                rules:
                  - id: by-evidence
                    actions: [app.open]
                    when:
                      evidence.apps.model: { equals: "%s" }
                      evidence.apps.novel: { equals: false }
                      evidence.apps.score: { atLeast: 2 }
                    effect: auto-approve
                """.formatted(hash));
        model.write(out.resolve("model.json"));
        Files.writeString(out.resolve("certificate.json"), "{\"action\": \"app.open\"}");
        Files.writeString(out.resolve("rules/policy.yaml"), ALL);
        Files.writeString(out.resolve("rules/certificate.json"), "{}");
        return out;
    }

    private Run simulate(Path policy, String... more) {
        String[] args = new String[7 + more.length];
        List<String> first =
                List.of("simulate", "--policy", policy.toString(), "--history", history.toString(), "--format", "json");
        for (int i = 0; i < args.length; i++) {
            args[i] = i < first.size() ? first.get(i) : more[i - first.size()];
        }
        return Run.of(args);
    }

    @Test
    @DisplayName("a directory of jit suggest: its own policy and model count, the rules below do not")
    void suggested() throws IOException {
        Run run = simulate(suggestion(model.sha256()));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("\"byPeople\": 400", "\"coverage\": 0.75", "\"covered\": 300", "\"wrongApprovals\": 0");
        assertThat(run.out()).contains("\"evaluable\": 400");
    }

    @Test
    @DisplayName("its file alone finds the model beside it; the rules below are a suggestion of their own")
    void parts() throws IOException {
        Path out = suggestion(model.sha256());
        assertThat(simulate(out.resolve("policy.yaml")).out()).contains("\"covered\": 300");
        Run rules = simulate(out.resolve("rules"), "--list", "0");
        assertThat(rules.exit()).isEqualTo(1);
        assertThat(rules.out())
                .contains("\"covered\": 400", "\"wrongApprovals\": 100", "\"denyToApproveUnlisted\": 100");
    }

    @Test
    @DisplayName("a model with another hash than the policy names permits nothing, and is said to be another")
    void otherModel() throws IOException {
        Run run = simulate(suggestion("9f3c"));
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("\"evaluable\": 0", "\"the model 'apps' is another than the policy names\": 400");
    }

    @Test
    @DisplayName("a directory in which nothing was suggested cannot be used, and a model that is none neither")
    void nothingSuggested() throws IOException {
        Path out = suggestion(model.sha256());
        Files.writeString(out.resolve("model.json"), "{}");
        assertThat(simulate(out).exit()).isEqualTo(2);
        Files.delete(out.resolve("policy.yaml"));
        Run run = simulate(out);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("there is no policy in this directory: nothing was suggested");
    }

    @Test
    @DisplayName("a base that closes the action to machines leaves nothing for a suggestion to permit")
    void base() throws IOException {
        Path base = Files.writeString(
                directory.resolve("base.yaml"),
                "default: deny\nrules: [{ id: people, actions: [app.*], effect: require-approval, "
                        + "approval: { by: { group: ops }, autoApproval: never } }]\n");
        Path out = suggestion(model.sha256());
        Run run = simulate(out.resolve("rules"), "--base", base.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("\"covered\": 0", "\"stillPeople\": 400", "\"fragment\": false");
    }
}
