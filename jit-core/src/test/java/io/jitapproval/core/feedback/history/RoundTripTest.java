package io.jitapproval.core.feedback.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

@Label("wall 16: what is written is what is read")
class RoundTripTest {

    @Property(tries = 300)
    @Label("write, then read is identity; and written again it is the same text")
    void identity(@ForAll("decisions") List<PastDecision> decisions) {
        check(decisions, DecisionWriter::line);
    }

    @Property(tries = 1)
    @Label("broken twin: a writer that takes numbers for doubles is found")
    void twin() {
        PastDecision exact = decision(new Random(1), "exact", Map.of("n", new BigDecimal("0.10")));
        assertThatThrownBy(() -> check(
                        List.of(exact),
                        decision -> DecisionWriter.line(decision).replace("0.10", "0.1")))
                .isInstanceOf(AssertionError.class);
    }

    private static void check(List<PastDecision> decisions, Function<PastDecision, String> writer) {
        StringBuilder text = new StringBuilder();
        decisions.forEach(decision -> text.append(writer.apply(decision)).append('\n'));
        List<PastDecision> read = read(text.toString(), false);
        assertThat(read.stream().map(each -> at(each, "")))
                .containsExactlyElementsOf(
                        decisions.stream().map(each -> at(each, "")).toList());
        StringBuilder again = new StringBuilder();
        read.forEach(decision -> again.append(writer.apply(decision)).append('\n'));
        assertThat(again).hasToString(text.toString());
        assertThat(read(text.toString(), true)).hasSameSizeAs(read);
    }

    private static List<PastDecision> read(String text, boolean packed) {
        try {
            Path file = Files.createTempFile("round", ".jsonl");
            try {
                Files.write(file, packed ? gzip(text) : text.getBytes(StandardCharsets.UTF_8));
                List<PastDecision> all = new ArrayList<>();
                Reading reading = Histories.of(List.of(file)).read(all::add);
                assertThat(reading.decisions()).isEqualTo(all.size());
                return all;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static PastDecision at(PastDecision d, String origin) {
        return new PastDecision(
                d.id(),
                origin,
                d.opened(),
                d.decided(),
                d.request(),
                d.result(),
                d.route(),
                d.voices(),
                d.rules(),
                d.policy(),
                d.asked(),
                d.queueDepth(),
                d.decideBy(),
                d.grant(),
                d.outcome(),
                d.probability(),
                d.reason(),
                d.more());
    }

    @Provide
    Arbitrary<List<PastDecision>> decisions() {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            List<PastDecision> all = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                all.add(decision(random, "d" + i + text(random), properties(random, 2)));
            }
            return all;
        });
    }

    private static PastDecision decision(Random random, String id, Map<String, @Nullable Object> properties) {
        Result result = pick(random, Result.values());
        boolean people = random.nextBoolean();
        Route route = people ? pick(random, Route.PEOPLE, Route.AUDIT, Route.UNKNOWN) : pick(random, Route.values());
        List<Voice> voices = new ArrayList<>();
        for (int i = people ? random.nextInt(3) : 0; i > 0; i--) {
            voices.add(new Voice(
                    ref(random),
                    random.nextBoolean(),
                    time(random),
                    maybe(random, duration(random)),
                    random.nextBoolean()));
        }
        return new PastDecision(
                id,
                "origin",
                time(random),
                result == Result.PENDING ? Optional.empty() : maybe(random, time(random)),
                new EvaluationRequest(
                        new Subject(text(random), text(random), properties),
                        random.nextBoolean() ? List.of() : List.of(Subject.user(text(random))),
                        new Action(text(random), properties(random, 2)),
                        new Resource(text(random), text(random), properties(random, 2)),
                        properties(random, 2)),
                result,
                route,
                voices,
                random.nextBoolean() ? List.of() : List.of(text(random)),
                random.nextBoolean() ? "" : text(random),
                random.nextBoolean() ? List.of() : List.of(ref(random), ref(random)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(Integer.MAX_VALUE)),
                maybe(random, time(random)),
                maybe(random, grant(random)),
                pick(random, Outcome.values()),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble()),
                random.nextBoolean() ? "" : text(random),
                properties(random, 2));
    }

    private static GrantUse grant(Random random) {
        return new GrantUse(
                random.nextBoolean() ? "" : text(random),
                time(random),
                time(random),
                maybe(random, time(random)),
                maybe(random, ref(random)),
                random.nextInt(3),
                random.nextInt(9),
                maybe(random, time(random)),
                maybe(random, time(random)));
    }

    private static Map<String, @Nullable Object> properties(Random random, int depth) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            all.put("x" + text(random), value(random, depth));
        }
        return all;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> BigDecimal.valueOf(random.nextLong(), 1 + random.nextInt(30));
            case 4 -> text(random);
            case 5 -> List.of(random.nextLong(), text(random));
            default -> properties(random, depth - 1);
        };
    }

    private static String text(Random random) {
        return pick(
                random,
                "ana",
                "mia",
                "a b",
                "\"",
                "\\",
                "line\nend",
                "ä€😀",
                "\u202E",
                "\u0000x",
                "rule",
                "people",
                "{",
                "7");
    }

    private static Ref ref(Random random) {
        return new Ref(pick(random, "user", "slack"), text(random));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), pick(random, 0, 1, 120_000_000, 999_999_999));
    }

    private static Duration duration(Random random) {
        return Duration.ofSeconds(random.nextInt(1_000_000), random.nextInt(1_000_000_000));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(value);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
