package io.jitapproval.core.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jitapproval.spi.ArgumentCodec;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@SuppressWarnings({
    "JavaUtilDate",
    "JdkObsolete",
    "NonApiType",
    "UnusedVariable",
    "UnusedMethod",
    "UnnecessaryStringBuilder"
})
class ArgumentFreezerTest {

    private static final String CANARY = "4111-1111-1111-1111";
    private static final ArgumentFreezer FREEZER = ArgumentFreezer.standard();

    record Line(String sku, Object when) {}

    record Order(String id, List<Line> lines) {}

    record Box<T>(T value) {}

    record Node(List<Node> next) {}

    record Picky(List<String> names) {
        Picky {
            if (!(names instanceof ArrayList)) {
                throw new IllegalStateException("refused " + names);
            }
        }
    }

    record Masked(String pan) {
        @Override
        public String pan() {
            return "****";
        }
    }

    record Concrete(ArrayList<Object> list, TreeMap<String, Object> map) {}

    static class Bean {
        String name = CANARY;

        @Override
        public String toString() {
            return name;
        }
    }

    static final class Money {
        long cents;

        Money(long cents) {
            this.cents = cents;
        }
    }

    static final class Cents implements ArgumentCodec<Money> {
        @Override
        public Class<Money> type() {
            return Money.class;
        }

        @Override
        public Money copy(Money value) {
            return new Money(value.cents);
        }

        @Override
        public Object toPlain(Money value) {
            return value.cents;
        }
    }

    sealed interface Shape permits Circle, Blob {}

    record Circle(int radius) implements Shape {}

    static final class Blob implements Shape {}

    sealed interface OnlyBlobs permits Goo {}

    static final class Goo implements OnlyBlobs {}

    @Test
    @DisplayName("R06: each kind has its own tagged form")
    void forms() {
        Map<Object, String> forms = new LinkedHashMap<>();
        forms.put("a", "\"a\"");
        forms.put(true, "true");
        forms.put((byte) 1, "1");
        forms.put(Long.MIN_VALUE, "{\"$int\":\"-9223372036854775808\"}");
        forms.put(1L << 53, "9007199254740992");
        forms.put((1L << 53) + 1, "{\"$int\":\"9007199254740993\"}");
        forms.put(BigInteger.TEN.pow(20), "{\"$int\":\"100000000000000000000\"}");
        forms.put(new BigDecimal("1.0"), "{\"$dec\":\"1.0\"}");
        forms.put(1.0, "{\"$dbl\":1}");
        forms.put(-0.0, "{\"$dbl\":\"-0\"}");
        forms.put(0.1f, "{\"$flt\":0.10000000149011612}");
        forms.put('x', "{\"$chr\":\"x\"}");
        forms.put(DayOfWeek.MONDAY, "{\"$enum\":\"java.time.DayOfWeek#MONDAY\"}");
        forms.put(Graphs.Colour.GREEN, "{\"$enum\":\"io.jitapproval.core.binding.Graphs$Colour#GREEN\"}");
        forms.put(new UUID(0, 1), "{\"$uuid\":\"00000000-0000-0000-0000-000000000001\"}");
        forms.put(URI.create("a:b"), "{\"$uri\":\"a:b\"}");
        forms.put(Currency.getInstance("EUR"), "{\"$currency\":\"EUR\"}");
        forms.put(Locale.GERMANY, "{\"$locale\":\"de-DE\"}");
        forms.put(ZoneId.of("Europe/Berlin"), "{\"$zone\":\"Europe/Berlin\"}");
        forms.put(ZoneOffset.UTC, "{\"$zone\":\"Z\"}");
        forms.put(Instant.EPOCH, "{\"$instant\":\"1970-01-01T00:00:00Z\"}");
        forms.put(new Date(0), "{\"$date\":\"1970-01-01T00:00:00Z\"}");
        forms.put(LocalDate.EPOCH, "{\"$localDate\":\"1970-01-01\"}");
        forms.put(LocalTime.NOON, "{\"$localTime\":\"12:00\"}");
        forms.put(LocalDateTime.of(1970, 1, 1, 0, 0), "{\"$localDateTime\":\"1970-01-01T00:00\"}");
        forms.put(OffsetDateTime.MIN.withYear(1970), "{\"$offsetDateTime\":\"1970-01-01T00:00+18:00\"}");
        forms.put(Instant.EPOCH.atZone(ZoneOffset.UTC), "{\"$zonedDateTime\":\"1970-01-01T00:00Z\"}");
        forms.put(Duration.ofMillis(-500), "{\"$duration\":\"PT-0.5S\"}");
        forms.put(Period.ofDays(1), "{\"$period\":\"P1D\"}");
        forms.put(Year.of(1), "{\"$year\":\"1\"}");
        forms.put(YearMonth.of(2000, 1), "{\"$yearMonth\":\"2000-01\"}");
        forms.put(new byte[] {1, 2}, "{\"$bytes\":\"AQI=\"}");
        forms.put(new char[] {'"'}, "[{\"$chr\":\"\\\"\"}]");
        forms.put(new long[] {1, 2}, "[1,2]");
        forms.put(new boolean[] {true}, "[true]");
        forms.put(new double[] {1}, "[{\"$dbl\":1}]");
        forms.put(new ArrayDeque<>(List.of(1)), "[1]");
        forms.put(Optional.empty(), "{\"$opt\":[]}");
        forms.put(OptionalInt.of(1), "{\"$opt\":[1]}");
        forms.put(OptionalLong.of(1), "{\"$opt\":[1]}");
        forms.put(OptionalDouble.of(1), "{\"$opt\":[{\"$dbl\":1}]}");
        forms.put(new LinkedHashSet<>(List.of("b", "a", 3)), "{\"$set\":[\"a\",\"b\",3]}");
        forms.put(new TreeMap<>(Map.of("$int", 1, "$$", 2, "a", Map.of())), "{\"$$$\":2,\"$$int\":1,\"a\":{}}");
        forms.put(Map.of(1, 2), "{\"$int:1\":2}");
        forms.put(Map.of(new UUID(0, 1), 2), "{\"$uuid:00000000-0000-0000-0000-000000000001\":2}");
        forms.put(Map.of(DayOfWeek.MONDAY, 2), "{\"$enum:java.time.DayOfWeek#MONDAY\":2}");
        forms.put(
                new Line("s", null),
                "{\"$rec\":\"io.jitapproval.core.binding.ArgumentFreezerTest$Line\",\"v\":{\"sku\":\"s\",\"when\":null}}");
        forms.forEach((value, form) -> assertThat(canonical(FREEZER, value)).isEqualTo(form));
        assertThat(canonical(FREEZER, null)).isEqualTo("null");
        assertThat(canonical(new ArgumentFreezer(List.of(new Cents())), new Money(7)))
                .isEqualTo("{\"$type\":\"io.jitapproval.core.binding.ArgumentFreezerTest$Money\",\"v\":7}");
    }

    @Test
    @DisplayName("R06: a masking accessor does not hide a component from the digest")
    void masked() {
        assertThat(FREEZER.canonical(new Masked("1"))).isNotEqualTo(FREEZER.canonical(new Masked("2")));
        assertThat(FREEZER.plain(new Masked("1"))).isEqualTo(Map.of("pan", "1"));
    }

    @Test
    @DisplayName("R06: elements or keys that share a form are refused")
    void duplicates() {
        refused(new LinkedHashSet<>(List.of(1, 1L)), "");
        refused(Map.of(1, "a", 1L, "b"), "");
        IdentityHashMap<String, Integer> identity = new IdentityHashMap<>();
        identity.put(new String("k"), 1);
        identity.put(new String("k"), 2);
        refused(identity, "");
        assertThatThrownBy(() -> FREEZER.plain(Map.of(1, "a", "1", "b")))
                .isInstanceOf(UnsupportedArgumentException.class);
    }

    @Test
    @DisplayName("R52: a refusal names path and class, never the value")
    void refusalsAreSilent() {
        Order order =
                new Order("1", List.of(new Line("a", 1), new Line("b", 2), new Line(CANARY, Calendar.getInstance())));
        UnsupportedArgumentException refused = catchThrowableOfType(
                UnsupportedArgumentException.class,
                () -> Binding.of(BindingTest.input(Map.of("order", order)), FREEZER));
        assertThat(refused.path()).isEqualTo("order.lines[2].when");
        assertThat(refused).hasMessageContaining("'order.lines[2].when' of type java.util.GregorianCalendar");
        refused(new StringBuilder(CANARY), "");
        refused(new Bean(), "");
        refused(Map.of(CANARY, new Bean()), "{}");
        refused(Map.of(new Bean(), 1), "");
        refused(List.of(CANARY + "\ud800"), "[0]");
        refused(List.of(1, Double.NaN), "[1]");
        refused(new double[] {0, Double.POSITIVE_INFINITY}, "[1]");
        refused(Optional.of(new Bean[] {new Bean()}), "[0]");
        refused(new Box<>(new Bean()), "value");
        refused(new BigDecimal(1) {}, "");
        refused(new BigInteger("1") {}, "");
        refused(new Date(0) {}, "");
        refused(new Object(), "");
        refused((Supplier<String>) () -> CANARY, "");
        refused(new Locale("a_b"), "");
        refused(BigInteger.ONE.shiftLeft(40_000), "");
        assertThatThrownBy(() -> FREEZER.copy(new Picky(new ArrayList<>(List.of(CANARY)))))
                .isInstanceOf(UnsupportedArgumentException.class)
                .hasMessageContaining("IllegalStateException")
                .hasNoCause()
                .message()
                .doesNotContain(CANARY);
    }

    @Test
    @DisplayName("R02: hostile collections are refused, whatever they throw, however large or deep they are")
    void hostile() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(Map.of("again", cyclic));
        refusedEverywhere(cyclic);
        Object deep = "x";
        for (int i = 0; i < 65; i++) {
            deep = List.of(deep);
        }
        refusedEverywhere(deep);
        Object dag = new ArrayList<>(List.of("x"));
        for (int i = 0; i < 40; i++) {
            dag = new ArrayList<>(List.of(dag, dag));
        }
        refusedEverywhere(dag);
        refusedEverywhere(endless());
        refusedEverywhere(Collections.nCopies(100_001, 1));
        refusedEverywhere(new Object[100_001]);
        refusedEverywhere(new int[100_001]);
        refusedEverywhere(new byte[1 << 20]);
        refusedEverywhere(throwing(new ConcurrentModificationException(CANARY)));
        refusedEverywhere(throwing(new NullPointerException(CANARY)));
        assertThatThrownBy(() -> FREEZER.canonical("x".repeat(1 << 20)))
                .isInstanceOf(UnsupportedArgumentException.class);
        assertThatCode(() -> FREEZER.canonical(((List<?>) nested(64)))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("R02: a list that another thread changes is refused, or its copy is whole and stays as it is")
    void racing() throws InterruptedException {
        List<Object> shared = new ArrayList<>(List.of(1, 2, 3));
        Thread mutator = new Thread(() -> {
            for (int i = 0; i < 200_000 && !Thread.currentThread().isInterrupted(); i++) {
                shared.add(i);
                shared.remove(shared.size() - 1);
            }
        });
        mutator.start();
        while (mutator.isAlive()) {
            try {
                List<?> copy = (List<?>) FREEZER.copy(shared);
                assertThat(copy.size()).isBetween(3, 4);
                assertThat(copy.subList(0, 3)).isEqualTo(List.of(1, 2, 3));
                byte[] digest = FREEZER.canonical(copy);
                assertThat(FREEZER.isDeeplyImmutable(copy)).isTrue();
                assertThat(FREEZER.canonical(copy)).isEqualTo(digest);
            } catch (UnsupportedArgumentException changedMeanwhile) {
                assertThat(changedMeanwhile).hasNoCause();
            }
        }
        mutator.join();
        assertThat(FREEZER.copy(shared)).isEqualTo(List.of(1, 2, 3));
    }

    @Test
    @DisplayName("R02: copies are unmodifiable, of the same kind, in the same order; immutable values are not copied")
    void copies() {
        for (Object same : List.of(
                "s",
                1,
                BigDecimal.TEN,
                List.of(1, List.of("a")),
                Map.of("a", Set.of(1)),
                new Line("a", Instant.EPOCH),
                Optional.of(1),
                Stream.of(1).toList(),
                Collections.emptyList(),
                Collections.singletonMap("a", 1))) {
            assertThat(FREEZER.copy(same)).isSameAs(same);
            assertThat(FREEZER.isDeeplyImmutable(same)).isTrue();
        }
        List<Object> list = new ArrayList<>(Arrays.asList(2, null, 1));
        assertThat(FREEZER.copy(list)).isEqualTo(list).isNotSameAs(list);
        assertUnmodifiable((Collection<?>) FREEZER.copy(list));
        assertThat(((List<?>) FREEZER.copy(list)).contains(null)).isTrue();
        Set<Object> set = new LinkedHashSet<>(List.of(3, 1, 2));
        assertThat(new ArrayList<Object>((Set<?>) FREEZER.copy(set))).containsExactly(3, 1, 2);
        assertUnmodifiable((Collection<?>) FREEZER.copy(set));
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", null);
        map.put("a", new ArrayList<>(List.of(1)));
        assertThat(FREEZER.copy(map)).isEqualTo(map).isInstanceOf(Map.class);
        assertThat(((Map<?, ?>) FREEZER.copy(map)).keySet().iterator().next()).isEqualTo("b");
        assertThatThrownBy(() -> ((Map<?, ?>) FREEZER.copy(map)).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        TreeMap<String, Object> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.put("Key", 1);
        assertThat(((SortedMap<?, ?>) FREEZER.copy(sorted)).containsKey("KEY")).isTrue();
        assertThat(FREEZER.copy(new TreeSet<>(Set.of(1)))).isInstanceOf(NavigableSet.class);
        assertThat(FREEZER.isDeeplyImmutable(FREEZER.copy(list))).isTrue();
        assertThat(FREEZER.isDeeplyImmutable(list)).isFalse();
        assertThat(FREEZER.isDeeplyImmutable(List.of(new Date()))).isFalse();
        assertThat(FREEZER.isDeeplyImmutable(new int[0])).isFalse();
    }

    @Test
    @DisplayName("R02: a copy fits the declared class, also inside of a record")
    void declaredClasses() {
        Object list = FREEZER.copy(new ArrayList<>(List.of(1)), ArrayList.class);
        assertThat(list).isInstanceOf(ArrayList.class).isEqualTo(List.of(1));
        assertThat(FREEZER.copy(new LinkedList<>(List.of(1)), Deque.class)).isInstanceOf(Deque.class);
        assertThat(FREEZER.copy(new ArrayDeque<>(List.of(1)), ArrayDeque.class)).isInstanceOf(ArrayDeque.class);
        assertThat(FREEZER.copy(EnumSet.of(DayOfWeek.MONDAY), EnumSet.class)).isEqualTo(EnumSet.of(DayOfWeek.MONDAY));
        assertThat(FREEZER.copy(new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1)), EnumMap.class))
                .isEqualTo(Map.of(DayOfWeek.MONDAY, 1));
        assertThat(FREEZER.copy(new HashSet<>(Set.of(1)), HashSet.class)).isInstanceOf(HashSet.class);
        assertThat(FREEZER.copy(new HashMap<>(Map.of(1, 2)), HashMap.class)).isInstanceOf(HashMap.class);
        assertThat(FREEZER.copy(5, int.class)).isEqualTo(5);
        Concrete concrete = new Concrete(new ArrayList<>(List.of(1)), new TreeMap<>(Map.of("a", 1)));
        Concrete copy = (Concrete) FREEZER.copy(concrete);
        assertThat(copy).isEqualTo(concrete);
        assertThat(copy.list()).isNotSameAs(concrete.list());
        assertThatThrownBy(() -> FREEZER.copy(new Vector<>(List.of(1)), Vector.class))
                .isInstanceOf(UnsupportedArgumentException.class);
    }

    @Test
    @DisplayName("R02: arrays keep their class and are copied deeply")
    void arrays() {
        Date[][] dates = {{new Date(1)}, null};
        Date[][] copy = (Date[][]) FREEZER.copy(dates);
        dates[0][0].setTime(2);
        assertThat(copy[0][0]).isEqualTo(new Date(1));
        assertThat(copy[1]).isNull();
        assertThat(FREEZER.copy(new int[] {1})).isEqualTo(new int[] {1});
    }

    @Test
    @DisplayName("R04: the plain view")
    void plain() {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", "1");
        order.put("lines", List.of(Map.of("sku", "a", "when", "MONDAY")));
        assertThat(FREEZER.plain(new Order("1", List.of(new Line("a", DayOfWeek.MONDAY)))))
                .isEqualTo(order);
        assertThat(FREEZER.plain(List.of(1, (short) 2, 'c', 0.5f, new Date(0), Optional.of("x"), new byte[] {1})))
                .isEqualTo(List.of(1L, 2L, "c", 0.5, Instant.EPOCH, "x", "AQ=="));
        assertThat(FREEZER.plain(new int[] {1})).isEqualTo(List.of(1L));
        assertThat(FREEZER.plain(Map.of(new UUID(0, 1), Locale.GERMANY)))
                .isEqualTo(Map.of("00000000-0000-0000-0000-000000000001", "de-DE"));
        assertThat(FREEZER.plain(Optional.empty())).isNull();
        assertThat(FREEZER.plain(OptionalInt.of(1))).isEqualTo(1L);
        assertThat(FREEZER.plain(OptionalLong.empty())).isNull();
        assertThat(FREEZER.plain(ZonedDateTime.of(2000, 1, 1, 1, 1, 1, 1, ZoneOffset.UTC)))
                .isInstanceOf(ZonedDateTime.class);
    }

    @Test
    @DisplayName("R02: codecs copy, show and bind; they serve exactly their class; what they throw is a refusal")
    void codecs() {
        ArgumentFreezer freezer = new ArgumentFreezer(List.of(new Cents()));
        Money money = new Money(5);
        Money copy = (Money) freezer.copy(money);
        money.cents = 6;
        assertThat(copy.cents).isEqualTo(5);
        assertThat(freezer.plain(List.of(copy))).isEqualTo(List.of(5L));
        assertThat(freezer.isDeeplyImmutable(copy)).isFalse();
        assertThat(freezer.unsupported(Money.class)).isEmpty();
        assertThat(FREEZER.unsupported(Money.class)).hasSize(1);
        assertThatThrownBy(() -> new ArgumentFreezer(List.of(new Cents(), new Cents())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ArgumentFreezer(List.of(codec(String.class, value -> value))))
                .isInstanceOf(IllegalArgumentException.class);
        ArgumentFreezer failing = new ArgumentFreezer(List.of(codec(Bean.class, value -> {
            throw new IllegalStateException(CANARY);
        })));
        assertThatThrownBy(() -> failing.canonical(new Bean()))
                .hasNoCause()
                .message()
                .doesNotContain(CANARY);
        assertThatThrownBy(() -> failing.copy(new Bean())).isInstanceOf(UnsupportedArgumentException.class);
        ArgumentFreezer selfish = new ArgumentFreezer(List.of(codec(Bean.class, value -> value)));
        assertThatThrownBy(() -> selfish.canonical(new Bean())).isInstanceOf(UnsupportedArgumentException.class);
    }

    @Test
    @DisplayName("R02: a codec may call the library again")
    void reentrant() {
        ArgumentFreezer freezer = new ArgumentFreezer(List.of(codec(
                Bean.class,
                value -> Binding.of(BindingTest.input(Map.of("inner", value.name)), FREEZER)
                        .hex())));
        Map<String, Object> args = Map.of("a", new Bean(), "b", new Bean());
        assertThat(Binding.of(BindingTest.input(args), freezer))
                .isEqualTo(Binding.of(BindingTest.input(args), freezer));
    }

    interface Declared {
        void fine(
                int a,
                Long b,
                List<? extends Order> c,
                Map<DayOfWeek, List<Instant>> d,
                Object e,
                Number f,
                Temporal g,
                Comparable<String> h,
                Box<String> i,
                Node j,
                int[][] k,
                Optional<UUID> l,
                Shape m,
                Set<?> n,
                Iterable<Date> o,
                ArrayList<String> p,
                CharSequence q,
                SortedMap<String, byte[]> r,
                ZoneId s,
                EnumSet<DayOfWeek> t,
                Collection<Integer> u,
                Graphs.Colour v,
                Declared w);

        <T extends Order, U> void generic(T a, List<T> b, U c, Box<U> d);

        void refused(
                Bean a,
                InputStream b,
                Bean[] c,
                List<Bean> d,
                Map<String, Bean> e,
                Map<Bean, String> f,
                Box<Bean> g,
                Optional<InputStream> h,
                StringBuilder i,
                Path j,
                Stream<String> k,
                Iterator<String> l,
                Runnable m,
                OnlyBlobs n,
                List<? extends Bean> o,
                Vector<String> p,
                Calendar q,
                List<Bean>[] r,
                BlockingQueue<String> s,
                Map<LocalDate, String> t,
                Class<?> u);
    }

    @Test
    @DisplayName("R02: what can never be frozen is told at the start, with reasons")
    void declaredTypes() {
        for (Method method : Declared.class.getMethods()) {
            for (var parameter : method.getParameters()) {
                List<String> reasons = FREEZER.unsupported(parameter.getParameterizedType());
                if (method.getName().equals("refused")) {
                    assertThat(reasons).as(parameter.toString()).hasSize(1);
                } else {
                    assertThat(reasons).as(parameter.toString()).isEmpty();
                }
            }
        }
        record Nested(List<Map<String, Bean>> beans, Bean bean) {}
        assertThat(FREEZER.unsupported(Nested.class)).singleElement().asString().contains("Bean at 'beans[]{}'");
    }

    private static <T> ArgumentCodec<T> codec(Class<T> type, Function<T, Object> plain) {
        return new ArgumentCodec<>() {
            @Override
            public Class<T> type() {
                return type;
            }

            @Override
            public T copy(T value) {
                throw new IllegalStateException(CANARY);
            }

            @Override
            public Object toPlain(T value) {
                return plain.apply(value);
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static void assertUnmodifiable(Collection<?> copy) {
        List<ThrowingCallable> changes = List.of(
                () -> ((Collection<Object>) copy).add(1),
                () -> copy.remove(3),
                () -> copy.remove(null),
                () -> copy.clear(),
                () -> copy.removeIf(element -> true),
                () -> {
                    Iterator<?> iterator = copy.iterator();
                    iterator.next();
                    iterator.remove();
                });
        Object[] before = copy.toArray();
        for (var change : changes) {
            Throwable thrown = catchThrowable(change);
            assertThat(thrown == null || thrown instanceof UnsupportedOperationException)
                    .isTrue();
            assertThat(copy.toArray()).containsExactly(before);
        }
        assertThatThrownBy(() -> copy.clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Object nested(int levels) {
        Object value = "x";
        for (int i = 0; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static Collection<Object> endless() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return 1;
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
    }

    private static Collection<Object> throwing(RuntimeException failure) {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                throw failure;
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    private static void refusedEverywhere(Object value) {
        assertThatThrownBy(() -> FREEZER.copy(value)).isInstanceOf(UnsupportedArgumentException.class);
        assertThatThrownBy(() -> FREEZER.plain(value)).isInstanceOf(UnsupportedArgumentException.class);
        refused(value, null);
        assertThat(FREEZER.isDeeplyImmutable(value)).isFalse();
    }

    private static void refused(Object value, String path) {
        assertThatThrownBy(() -> FREEZER.canonical(value))
                .isInstanceOfSatisfying(UnsupportedArgumentException.class, refused -> {
                    if (path != null) {
                        assertThat(refused.path()).isEqualTo(path);
                    }
                    assertThat(refused.typeName()).isNotEmpty();
                    assertThat(refused.reason()).isNotEmpty();
                })
                .hasNoCause()
                .message()
                .doesNotContain(CANARY);
    }

    private static String canonical(ArgumentFreezer freezer, Object value) {
        return new String(freezer.canonical(value), StandardCharsets.UTF_8);
    }
}
