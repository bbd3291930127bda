package io.jitapproval.walls.feedback;

import static io.jitapproval.walls.feedback.Bureau.ASKS;
import static io.jitapproval.walls.feedback.Bureau.OLGA;
import static io.jitapproval.walls.feedback.Bureau.OWNERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Decision;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.test.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("wall 16: from a history to a rule in force, by its model or by its values")
class SuggestionLearningTest {

    @TempDir
    Path work;

    private Path history() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            int department = random.nextInt(8);
            boolean denied = department >= 6 ? random.nextInt(10) < 7 : random.nextInt(1_000) < 2;
            lines.add(String.format(
                    "{\"time\": \"%s\", \"subject\": {\"type\": \"user\", \"id\": \"u%d\", \"properties\": {\"department\": \"d%d\"}},"
                            + " \"action\": {\"name\": \"pay\"}, \"resource\": {\"type\": \"shop\", \"id\": \"s%d\"}, \"context\": {},"
                            + " \"decision\": \"%s\", \"decidedBy\": \"%s\"}",
                    TestClock.START.minus(Duration.ofDays(40)).plus(Duration.ofMinutes(14L * i)),
                    random.nextInt(60),
                    department,
                    random.nextInt(4),
                    denied ? "denied" : "approved",
                    random.nextBoolean() ? "mia" : "tom"));
        }
        return Files.write(work.resolve("history.jsonl"), lines);
    }

    private static Decision decide(Bureau bureau, String department) {
        return bureau.guard
                .attempt("pay")
                .by(new Subject("user", "u1", java.util.Map.of("department", department)))
                .on(Resource.of("shop", "s1"))
                .with("amount", 5)
                .decide();
    }

    private void check(SuggestionSettings settings) throws IOException {
        Path file = history();
        for (String form : List.of("score", "rules")) {
            try (Bureau bureau = Bureau.of(settings, ASKS, OWNERS)) {
                Proposal proposal = bureau.desk().learn(List.of(file), 0.02, 0.95).stream()
                        .filter(each -> each.id().equals(form + ":pay"))
                        .findFirst()
                        .orElseThrow();
                assertThat(proposal.isProved()).as("%s", proposal.refusals()).isTrue();
                assertThat(proposal.model().isPresent()).isEqualTo(form.equals("score"));
                assertThat(proposal.beneficiaries()).contains(Ref.user("u1")).hasSizeBetween(40, 60);
                assertThat(bureau.desk().propose(proposal).isDone()).isTrue();
                assertThat(bureau.desk().accept(proposal.id(), OLGA, "").isDone())
                        .isTrue();
                assertThat(decide(bureau, "d1").reason()).isEqualTo(Reason.AUTO_APPROVED);
                assertThat(decide(bureau, "d7").kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
                assertThat(decide(bureau, "never seen").kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
                assertThat(bureau.desk().learn(List.of(file), 0.02, 0.95)).contains(proposal);
            }
        }
    }

    @Test
    @DisplayName(
            "a suggestion learnt from a file is accepted and answers what people approve, and nothing else; its model is in the store")
    void learnt() throws IOException {
        check(Bureau.SETTINGS.withShadowDecisions(0));
    }

    @Test
    @DisplayName("a model in a directory is the certified one, byte by byte; changed or gone, its rule answers nobody")
    void pinned() throws IOException {
        Path models = Files.createDirectory(work.resolve("models"));
        SuggestionSettings settings = Bureau.SETTINGS.withShadowDecisions(0).withModels(models);
        check(settings);
        Path model;
        try (Stream<Path> all = Files.list(models)) {
            model = all.findFirst().orElseThrow();
        }
        Path file = history();
        TestClock clock = new TestClock();
        var store = io.jitapproval.core.GrantStores.memory(clock);
        try (Bureau bureau = new Bureau(clock, store, settings, builder -> builder, ASKS, OWNERS)) {
            Proposal proposal = bureau.desk().learn(List.of(file), 0.02, 0.95).get(0);
            bureau.desk().propose(proposal);
            assertThat(bureau.desk().accept(proposal.id(), OLGA, "").isDone()).isTrue();
        }
        String content = Files.readString(model);
        Files.writeString(model, content.replace("d7", "d1"));
        try (Bureau bureau = new Bureau(clock, store, settings, builder -> builder, ASKS, OWNERS)) {
            assertThat(decide(bureau, "d1").kind()).isEqualTo(Decision.Kind.APPROVAL_REQUIRED);
        }
        Files.writeString(model, content);
        try (Bureau bureau = new Bureau(clock, store, settings, builder -> builder, ASKS, OWNERS)) {
            assertThat(decide(bureau, "d1").reason()).isEqualTo(Reason.AUTO_APPROVED);
        }
    }
}
