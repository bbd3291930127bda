package io.jitapproval.core.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.binding.BindingInput.Party;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BindingTest {

    private static final ArgumentFreezer FREEZER = ArgumentFreezer.standard();
    private static final Party ALICE = new Party("user", "alice");
    private static final Party BOT = new Party("agent", "bot");
    private static final Party ACCOUNT = new Party("account", "1");

    static BindingInput input(Map<String, ?> args) {
        return new BindingInput("acme", ALICE, List.of(BOT), "pay", ACCOUNT, Map.of("owner", "bob"), args);
    }

    @Test
    @DisplayName("R01: binding = SHA-256 over jit/v1, a zero byte and the canonical JSON")
    void content() throws Exception {
        BindingInput input = input(Map.of("to", "DE1", "amount", 5));
        String json = "{\"action\":\"pay\",\"actors\":[{\"id\":\"bot\",\"type\":\"agent\"}],"
                + "\"args\":{\"amount\":5,\"to\":\"DE1\"},"
                + "\"resource\":{\"id\":\"1\",\"properties\":{\"owner\":\"bob\"},\"type\":\"account\"},"
                + "\"subject\":{\"id\":\"alice\",\"type\":\"user\"},\"tenant\":\"acme\"}";
        assertThat(new String(input.canonical(FREEZER), StandardCharsets.UTF_8)).isEqualTo(json);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write("jit/v1\0".getBytes(StandardCharsets.US_ASCII));
        all.write(json.getBytes(StandardCharsets.UTF_8));
        assertThat(Binding.of(input, FREEZER).bytes()).isEqualTo(Digests.sha256(all.toByteArray()));
    }

    @Test
    @DisplayName("R01: each part counts, and none can pose as another")
    void parts() {
        Map<String, Object> none = Map.of();
        Set<Binding> all = new HashSet<>();
        List<BindingInput> inputs = List.of(
                new BindingInput("", ALICE, List.of(), "pay", ACCOUNT, none, none),
                new BindingInput("t", ALICE, List.of(), "pay", ACCOUNT, none, none),
                new BindingInput("", BOT, List.of(), "pay", ACCOUNT, none, none),
                new BindingInput("", ALICE, List.of(BOT), "pay", ACCOUNT, none, none),
                new BindingInput("", ALICE, List.of(BOT, ALICE), "pay", ACCOUNT, none, none),
                new BindingInput("", ALICE, List.of(ALICE, BOT), "pay", ACCOUNT, none, none),
                new BindingInput("", ALICE, List.of(), "pay2", ACCOUNT, none, none),
                new BindingInput("", ALICE, List.of(), "pay", new Party("account1", ""), none, none),
                new BindingInput("", ALICE, List.of(), "pay", new Party("", "account1"), none, none),
                new BindingInput("", ALICE, List.of(), "pay", ACCOUNT, Map.of("a", 1), none),
                new BindingInput("", ALICE, List.of(), "pay", ACCOUNT, none, Map.of("a", 1)),
                new BindingInput("", ALICE, List.of(), "pay", ACCOUNT, none, Map.of("a", "1")),
                new BindingInput("", ALICE, List.of(), "pay\",\"actors\":[", ACCOUNT, none, none));
        inputs.forEach(input -> all.add(Binding.of(input, FREEZER)));
        assertThat(all).hasSameSizeAs(inputs);
    }

    @Test
    @DisplayName("R52: neither the text of a binding nor of its input tells more than it must")
    void silent() {
        Binding binding = Binding.of(input(Map.of("pin", "4711")), FREEZER);
        assertThat(binding).hasToString(binding.hex().substring(0, 8));
        assertThat(input(Map.of("pin", "4711")).toString()).contains("pin").doesNotContain("4711");
    }

    @Test
    @DisplayName("R01: a stored binding reads back; a damaged one is refused")
    void stored() {
        Binding binding = Binding.of(input(Map.of()), FREEZER);
        assertThat(Binding.ofBytes(binding.bytes())).isEqualTo(binding).hasSameHashCodeAs(binding);
        assertThat(Binding.ofHex(binding.hex())).isEqualTo(binding);
        assertThat(binding).isNotEqualTo(null).isNotEqualTo("x");
        for (int i = 0; i < 32; i++) {
            byte[] damaged = binding.bytes();
            damaged[i] ^= 1;
            assertThat(Binding.ofBytes(damaged)).isNotEqualTo(binding);
        }
        assertThatThrownBy(() -> Binding.ofBytes(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("R02: a refused or huge request leaves nothing behind for the next one")
    void scratchIsClean() {
        Binding before = Binding.of(input(Map.of("a", "x")), FREEZER);
        for (Object bad : List.of(List.of("secret", Double.NaN), "x".repeat(1 << 20), new int[100_001])) {
            assertThatThrownBy(() -> Binding.of(input(Map.of("a", bad)), FREEZER))
                    .isInstanceOf(UnsupportedArgumentException.class);
            assertThat(Binding.of(input(Map.of("a", "x")), FREEZER)).isEqualTo(before);
        }
        assertThatThrownBy(() -> Binding.of(
                        new BindingInput("\ud800", ALICE, List.of(), "a", ACCOUNT, Map.of(), Map.of()), FREEZER))
                .hasMessageContaining("'tenant'");
    }

    @Test
    @DisplayName("R01: many threads get the bindings that one thread gets")
    void threads() throws InterruptedException, ExecutionException {
        List<Binding> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add(Binding.of(input(Map.of("n", i, "text", "t" + i)), FREEZER));
        }
        Callable<List<Binding>> task = () -> {
            List<Binding> bindings = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                bindings.add(Binding.of(input(Map.of("n", i, "text", "t" + i)), FREEZER));
            }
            return bindings;
        };
        ExecutorService pool = Executors.newFixedThreadPool(32);
        try {
            List<Callable<List<Binding>>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(task);
            }
            for (Future<List<Binding>> done : pool.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
