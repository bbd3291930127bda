package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.binding.ArgumentFreezer;
import io.jitapproval.core.binding.Commitments;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 12, R53: a hidden value can be proved by who has the key, and guessed by nobody")
class ProvableValuesTest {

    private static final int GUESSES = 1_000_000;
    private static final int PIN = 493_817;
    private static final byte[] KEY = new byte[32];
    private static final byte[] OTHER_KEY = new byte[32];
    private static final Commitments COMMITMENTS = new Commitments(ArgumentFreezer.standard());

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "free", "actions": ["pin.free"], "effect": "allow"},
              {"id": "ask", "actions": ["pin.asked"], "effect": "require-approval",
               "approval": {"by": {"role": "BOSS"}, "people": 1}}]}
            """;

    static {
        Arrays.fill(KEY, (byte) 7);
        Arrays.fill(OTHER_KEY, (byte) 8);
    }

    /** How a record shows a hidden value: as a commitment, in a context. */
    private record Shown(String context, String commitment) {}

    /** Writes hidden values down. */
    private interface Writer {

        Shown write(Object value);
    }

    private static final class House implements AutoCloseable {

        final MemoryAuditSink records = AuditSinks.memory(1000);
        final JitGuard guard;

        House(byte[] key) {
            guard = Jit.guard()
                    .policy(PolicySources.text("pin.json", POLICY))
                    .people(People.of(People.person("mia", "BOSS"), People.person("ana")))
                    .time(new HandTime())
                    .audit(records)
                    .commitmentKey(key)
                    .build();
        }

        void call(String action, Object value) {
            try {
                guard.attempt(action)
                        .by(Subject.user("ana"))
                        .withSensitive("pin", value)
                        .call(() -> "done");
            } catch (JitApprovalException refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }

        ApprovalRequest ask(Object value) {
            try {
                guard.attempt("pin.asked")
                        .by(Subject.user("ana"))
                        .withSensitive("pin", value)
                        .call(() -> "done");
            } catch (ApprovalPendingException pending) {
                return pending.request();
            }
            throw new AssertionError("ran unasked");
        }

        AuditRecord last(Kind kind) {
            return records.records().stream()
                    .filter(record -> record.kind() == kind)
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }

        @Override
        public void close() {
            guard.close();
        }
    }

    /** What the record says of where its commitments stand: the request, the use, or a detail. */
    private static Set<String> contexts(AuditRecord record) {
        Set<String> contexts = new HashSet<>();
        record.requestId().ifPresent(contexts::add);
        contexts.add(record.use());
        record.requestId().ifPresent(id -> contexts.add(id + "/" + record.use()));
        record.details().values().forEach(detail -> contexts.add(String.valueOf(detail)));
        return contexts;
    }

    private static void checkProved(AuditRecord record, byte[] key, Object value, Object other) {
        ShownArgument shown = record.arguments().get(0);
        assertThat(shown.hidden()).isTrue();
        String commitment = String.valueOf(shown.value());
        assertThat(contexts(record)).as("contexts of %s", record).anySatisfy(context -> {
            assertThat(COMMITMENTS.verify(key, context, "pin", value, commitment))
                    .isTrue();
            assertThat(COMMITMENTS.verify(key, context, "pin", other, commitment))
                    .isFalse();
            assertThat(COMMITMENTS.verify(OTHER_KEY, context, "pin", value, commitment))
                    .isFalse();
            assertThat(COMMITMENTS.opens(COMMITMENTS.salt(key, context, "pin"), value, commitment))
                    .isTrue();
        });
    }

    @Test
    @DisplayName("wall 12, R53: each record that shows a hidden value can be proved")
    void proved() {
        Map<Object, Object> values = Map.of(
                PIN, PIN + 1, true, false, "secret", "Secret", List.of(1, List.of("x")), List.of(1, List.of("y")));
        values.forEach((value, other) -> {
            try (House house = new House(KEY)) {
                house.call("pin.free", value);
                checkProved(house.last(Kind.USE_BEGUN), KEY, value, other);
                ApprovalRequest request = house.ask(value);
                checkProved(house.last(Kind.REQUESTED), KEY, value, other);
                house.guard.approvals().vote(request.id(), Vote.approve(request, Ref.user("mia")));
                house.call("pin.asked", value);
                checkProved(house.last(Kind.USE_BEGUN), KEY, value, other);
                assertThatThrownBy(() -> checkProved(house.last(Kind.USE_BEGUN), KEY, other, value))
                        .isInstanceOf(AssertionError.class);
            }
        });
    }

    @Test
    @DisplayName("wall 12, R53: so can the record of a refusal")
    void refusalsProved() {
        try (House house = new House(KEY)) {
            house.call("pin.forbidden", PIN);
            checkProved(house.last(Kind.DENIED), KEY, PIN, PIN + 1);
        }
    }

    private static void checkUnlinked(List<Writer> writers, Object value) {
        Set<String> commitments = new HashSet<>();
        int written = 0;
        for (Writer writer : writers) {
            for (int i = 0; i < 20; i++) {
                commitments.add(writer.write(value).commitment());
                written++;
            }
        }
        assertThat(commitments).as("commitments to %s", value).hasSize(written);
    }

    private static Writer ours(House house) {
        return value -> {
            house.call("pin.free", value);
            AuditRecord record = house.last(Kind.USE_BEGUN);
            return new Shown(
                    record.use(), String.valueOf(record.arguments().get(0).value()));
        };
    }

    private static Shown bare(Object value) {
        return new Shown("", guess("", value));
    }

    @Test
    @DisplayName("wall 12, R53: equal booleans and numbers look different in each record")
    void unlinked() {
        try (House house = new House(KEY);
                House other = new House(OTHER_KEY)) {
            for (Object value : List.of(true, false, 0, 1, "")) {
                checkUnlinked(List.of(ours(house), ours(other)), value);
                assertThatThrownBy(() -> checkUnlinked(List.of(ProvableValuesTest::bare), value))
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    @Test
    @DisplayName("wall 12, R53: binding and match key are no oracle for who has another key")
    void noOracle() {
        try (House house = new House(KEY);
                House attacker = new House(OTHER_KEY);
                House second = new House(KEY)) {
            ApprovalRequest asked = house.ask(true);
            for (Object guess : List.of(true, false)) {
                ApprovalRequest tried = attacker.ask(guess);
                assertThat(tried.matchKey()).isNotEqualTo(asked.matchKey());
                assertThat(tried.binding()).isNotEqualTo(asked.binding());
            }
            assertThat(second.ask(true).matchKey()).isEqualTo(asked.matchKey());
            assertThat(second.ask(false).matchKey()).isNotEqualTo(asked.matchKey());
        }
    }

    /** A dictionary attack by who has the record but not the key. */
    private static void checkGuessed(Writer writer) {
        Shown shown = writer.write(PIN);
        byte[] noKey = new byte[32];
        int guess = 0;
        boolean found = false;
        while (guess < GUESSES && !found) {
            found = guess(shown.context(), guess).equals(shown.commitment())
                    // The library's own scheme, for every 50th value and the right one: it is slow.
                    || ((guess % 50 == 0 || guess == PIN)
                            && COMMITMENTS
                                    .commit(noKey, shown.context(), "pin", guess)
                                    .equals(shown.commitment()));
            guess++;
        }
        assertThat(found).as("guessed after %d guesses", guess).isFalse();
    }

    private static String guess(String context, Object value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(context.getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("wall 12, R53: a million guesses without the key find nothing; the twin, a bare SHA-256, falls")
    void dictionary() {
        try (House house = new House(KEY)) {
            checkGuessed(ours(house));
        }
        assertThatThrownBy(() -> checkGuessed(ProvableValuesTest::bare)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> checkGuessed(
                        value -> new Shown("use-1", COMMITMENTS.commit(new byte[32], "use-1", "pin", value))))
                .as("a key of zeros")
                .isInstanceOf(AssertionError.class);
    }
}
