package io.jitapproval.core.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.binding.BindingInput.Party;
import io.jitapproval.core.binding.Graphs.Node;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walls as properties, each of them also put to naive twins that must fail it. */
class FreezingPropertiesTest {

    private static final ArgumentFreezer FREEZER = ArgumentFreezer.standard();
    private static final Party ALICE = new Party("user", "alice");
    private static final int DEPTH = 4;
    private static final int ENOUGH_FOR_A_TWIN = 3_000;

    @Property(tries = 4_000)
    @Label(
            "R06: two values have one canonical form exactly when they are equal; order of keys and classes of collections"
                    + " and integers do not count")
    void injective(@ForAll long seed) {
        checkNoCollision(FreezingPropertiesTest::canonical, seed);
        checkOneForm(FreezingPropertiesTest::canonical, seed);
    }

    @Property(tries = 3_000)
    @Label("R01: changing any one leaf of the arguments changes the binding")
    void everyLeafCounts(@ForAll long seed) {
        checkEveryLeafCounts(args -> bind(args).hex(), seed);
    }

    @Property(tries = 2_000)
    @Label("R02: a copy is equal, and no later change of the original reaches it")
    void copiesAreIsolated(@ForAll long seed) {
        checkIsolated(FREEZER::copy, seed);
    }

    @Property(tries = 2_000)
    @Label("R02: what is called deeply immutable survives vandals; copying it gives the same instance")
    void immutableIsImmutable(@ForAll long seed) {
        Random random = new Random(seed);
        Object copy = FREEZER.copy(Graphs.realize(Graphs.node(random, DEPTH), random));
        if (FREEZER.isDeeplyImmutable(copy)) {
            String before = canonical(copy);
            try {
                Graphs.vandalize(copy);
            } catch (UnsupportedOperationException refused) {
                assertThat(copy).isNotNull();
            }
            assertThat(canonical(copy)).isEqualTo(before);
            assertThat(FREEZER.copy(copy)).isSameAs(copy);
        }
    }

    @Property(tries = 1_000)
    @Label("R04: the plain view can itself be frozen, and never is another for equal values in the same order")
    void plainIsPlain(@ForAll long seed) {
        Random random = new Random(seed);
        Node node = Graphs.node(random, DEPTH);
        Object first;
        try {
            first = FREEZER.plain(Graphs.realize(node, new Random(seed)));
        } catch (UnsupportedArgumentException keysReadTheSame) {
            return;
        }
        assertThat(FREEZER.canonical(first))
                .isEqualTo(FREEZER.canonical(FREEZER.plain(Graphs.realize(node, new Random(seed)))));
        assertThat(FREEZER.canonical(FREEZER.plain(first))).isEqualTo(FREEZER.canonical(first));
    }

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    enum Twin {
        STRING_VALUE(String::valueOf),
        DEEP_TO_STRING(value -> Arrays.deepToString(new Object[] {value})),
        HASH_CODE(value -> Integer.toHexString(Objects.hashCode(value)));

        private final Function<Object, String> form;

        Twin(Function<Object, String> form) {
            this.form = form;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R06: each naive twin has one form for two different values")
    void twinsAreNotInjective(Twin twin) {
        assertThatThrownBy(() -> repeat(seed -> checkNoCollision(twin.form, seed)))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R06: each naive twin has two forms for one value")
    void twinsHaveTwoForms(Twin twin) {
        assertThatThrownBy(() -> repeat(seed -> checkOneForm(twin.form, seed))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R01: each naive twin misses the change of a leaf")
    void twinsMissLeaves(Twin twin) {
        assertThatThrownBy(() -> repeat(seed -> checkEveryLeafCounts(twin.form::apply, seed)))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R02: no copy, and a shallow copy, are reached by later changes")
    void shallowCopiesAreReached(Shallow twin) {
        assertThatThrownBy(() -> repeat(seed -> checkIsolated(twin.copy, seed))).isInstanceOf(AssertionError.class);
    }

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    enum Shallow {
        NONE(value -> value),
        SHALLOW(value -> value instanceof Map<?, ?> map ? new HashMap<>(map) : value);

        private final UnaryOperator<Object> copy;

        Shallow(UnaryOperator<Object> copy) {
            this.copy = copy;
        }
    }

    private static void checkNoCollision(Function<Object, String> form, long seed) {
        Random random = new Random(seed);
        Node first = Graphs.node(random, DEPTH);
        Node second = random.nextBoolean() ? Graphs.mutate(first, random) : Graphs.node(random, 1 + random.nextInt(2));
        if (!first.equals(second)) {
            assertThat(form.apply(Graphs.realize(first, random)))
                    .as("%s and %s", first, second)
                    .isNotEqualTo(form.apply(Graphs.realize(second, random)));
        }
    }

    private static void checkOneForm(Function<Object, String> form, long seed) {
        Random random = new Random(seed);
        Node node = Graphs.node(random, DEPTH);
        assertThat(form.apply(Graphs.realize(node, random))).isEqualTo(form.apply(Graphs.realize(node, random)));
    }

    private static void checkEveryLeafCounts(Function<Map<String, Object>, String> binding, long seed) {
        Random random = new Random(seed);
        Node node = Graphs.node(random, DEPTH);
        Node mutant = Graphs.mutate(node, random);
        long order = random.nextLong();
        assertThat(binding.apply(arguments(node, order)))
                .as("%s and %s", node, mutant)
                .isNotEqualTo(binding.apply(arguments(mutant, order)));
    }

    private static Map<String, Object> arguments(Node node, long order) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("order", Graphs.realize(node, new Random(order)));
        arguments.put("amount", 100);
        return arguments;
    }

    private static void checkIsolated(UnaryOperator<Object> copier, long seed) {
        Random random = new Random(seed);
        Map<String, Object> original = new HashMap<>();
        original.put("order", Graphs.realize(Graphs.node(random, DEPTH), random));
        String approved = canonical(original);
        Object copy = copier.apply(original);
        assertThat(canonical(copy)).isEqualTo(approved);
        Graphs.vandalize(original);
        assertThat(canonical(copy)).isEqualTo(approved);
    }

    private static void repeat(LongConsumer check) {
        new Random(42).longs(ENOUGH_FOR_A_TWIN).forEach(check);
    }

    private static String canonical(Object value) {
        return new String(FREEZER.canonical(value), StandardCharsets.UTF_8);
    }

    private static Binding bind(Map<String, Object> arguments) {
        return Binding.of(
                new BindingInput("", ALICE, List.of(), "pay", new Party("account", "1"), Map.of(), arguments), FREEZER);
    }
}
