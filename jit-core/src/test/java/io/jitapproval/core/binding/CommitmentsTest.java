package io.jitapproval.core.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommitmentsTest {

    private static final ArgumentFreezer FREEZER = ArgumentFreezer.standard();
    private static final byte[] KEY = Digests.sha256("the instance's key");
    private static final byte[] OTHER_KEY = Digests.sha256("what an attacker tries");

    private final Commitments commitments = new Commitments(FREEZER);

    @Test
    @DisplayName("R53: a commitment proves its value, and no other value, class, place or key")
    void proves() {
        for (Object value : Arrays.asList("4711", 4711, 4711.0, new BigDecimal("4711"), true, null, List.of(4711))) {
            String commitment = commitments.commit(KEY, "rec-1", "args.pin", value);
            assertThat(commitment).hasSize(43).isEqualTo(commitments.commit(KEY, "rec-1", "args.pin", value));
            assertThat(commitments.verify(KEY, "rec-1", "args.pin", value, commitment))
                    .isTrue();
            assertThat(commitments.verify(KEY, "rec-1", "args.pin", "no", commitment))
                    .isFalse();
            assertThat(commitments.verify(KEY, "rec-2", "args.pin", value, commitment))
                    .isFalse();
            assertThat(commitments.verify(KEY, "rec-1", "args.pan", value, commitment))
                    .isFalse();
            assertThat(commitments.verify(OTHER_KEY, "rec-1", "args.pin", value, commitment))
                    .isFalse();
            assertThat(commitments.verify(KEY, "rec-1", "args.pin", value, "not a commitment"))
                    .isFalse();
        }
        assertThat(commitments.verify(KEY, "rec-1", "pin", 4711, commitments.commit(KEY, "rec-1", "pin", "4711")))
                .isFalse();
    }

    @Test
    @DisplayName("R53: one salt opens one commitment")
    void opens() {
        String commitment = commitments.commit(KEY, "rec-1", "pin", 4711);
        assertThat(commitments.opens(commitments.salt(KEY, "rec-1", "pin"), 4711, commitment))
                .isTrue();
        assertThat(commitments.opens(commitments.salt(KEY, "rec-1", "pin"), 4712, commitment))
                .isFalse();
        assertThat(commitments.opens(commitments.salt(KEY, "rec-2", "pin"), 4711, commitment))
                .isFalse();
    }

    @Test
    @DisplayName("R53: a dictionary finds PINs and booleans behind a bare hash, the broken twin, and not behind ours")
    void dictionary() {
        Function<Object, String> bareHash = value ->
                Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(FREEZER.canonical(value)));
        Function<Object, String> guess = value -> commitments.commit(OTHER_KEY, "rec-1", "pin", value);
        assertThat(guessPin(bareHash.apply(4711), bareHash)).contains(4711);
        assertThat(guessPin(commitments.commit(KEY, "rec-1", "pin", 4711), bareHash))
                .isEmpty();
        assertThat(guessPin(commitments.commit(KEY, "rec-1", "pin", 4711), guess))
                .isEmpty();
        assertThat(bareHash.apply(true)).isEqualTo(bareHash.apply(true));
        assertThat(commitments.commit(KEY, "rec-1", "vip", true))
                .isNotEqualTo(commitments.commit(KEY, "rec-2", "vip", true))
                .isNotEqualTo(commitments.commit(KEY, "rec-1", "vip2", true));
    }

    private static Optional<Integer> guessPin(String commitment, Function<Object, String> oracle) {
        return IntStream.range(0, 10_000)
                .boxed()
                .filter(pin -> oracle.apply(pin).equals(commitment))
                .findFirst();
    }

    @Test
    @DisplayName("R53: weak keys and ambiguous places are refused")
    void refused() {
        assertThatThrownBy(() -> commitments.commit(new byte[16], "r", "p", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commitments.commit(KEY, "r\0", "p", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commitments.commit(KEY, "r", "\0p", 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
