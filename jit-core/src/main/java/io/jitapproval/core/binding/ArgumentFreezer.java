package io.jitapproval.core.binding;

import io.jitapproval.spi.ArgumentCodec;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Freezes argument values: copies them, shows them plainly, and writes them in one canonical form that tells types
 * apart. Immutable and thread-safe; every walk is bounded (64 levels, 100 000 elements, 1 MiB canonical).
 *
 * <p>Supported are null, String, Boolean, Character, the integral and floating numbers, BigInteger, BigDecimal, enums,
 * UUID, URI, Currency, Locale, ZoneId, the values of java.time, java.util.Date, Optional and its primitive kin, arrays,
 * collections, sets, maps with String, enum, integral or UUID keys, records of all these, and classes with an
 * {@link ArgumentCodec}. Other classes, and subclasses of the exact ones, are refused.
 *
 * <p>Two values have the same canonical form exactly when they are equal in this sense:
 *
 * <ul>
 *   <li>integral numbers by value, whatever their class: {@code 1}, {@code 1L} and {@code BigInteger.ONE} are equal;
 *       an integral number, a BigDecimal, a double and a float are never equal to each other
 *   <li>BigDecimals by value and scale: 1.0 and 1 differ, as in {@link Object#equals}; floating numbers by their bits:
 *       0.0 and -0.0 differ
 *   <li>Strings by their characters: nothing is normalized
 *   <li>arrays, lists and collections that are no sets by their elements in order, with no regard to their class;
 *       {@code byte[]} only with {@code byte[]}
 *   <li>sets and maps by their elements and entries without order, nor comparator; a String key is never equal to a key
 *       of another class, keys of integral classes by value
 *   <li>an Optional, OptionalInt, OptionalLong and OptionalDouble by what it holds
 *   <li>enums, records and values with a codec by class and content; URIs and all other values by their text
 * </ul>
 */
public final class ArgumentFreezer {

    private static final ArgumentFreezer STANDARD = new ArgumentFreezer(List.of());

    private final Shapes shapes;
    private final CanonicalWriter writer;

    /**
     * A freezer that knows more classes.
     *
     * @param codecs a codec serves exactly its type, no subclass of it
     * @throws IllegalArgumentException when two are for one class, or one is for a class of the JDK handled here
     */
    public ArgumentFreezer(List<ArgumentCodec<?>> codecs) {
        this.shapes = new Shapes(codecs);
        this.writer = new CanonicalWriter(shapes);
    }

    /** The freezer without codecs. */
    public static ArgumentFreezer standard() {
        return STANDARD;
    }

    /**
     * A deep copy that no later change of the original reaches; the very same instance when that is immutable.
     * Collections become unmodifiable ones of the same kind (List, Set, Map, sorted ones with their comparator, order
     * kept), arrays and Dates are cloned, a record is rebuilt by its canonical constructor when a component had to be.
     *
     * @throws UnsupportedArgumentException when the value cannot be frozen
     */
    public @Nullable Object copy(@Nullable Object value) {
        return copy(value, Object.class);
    }

    /**
     * As {@link #copy(Object)}, giving an instance of {@code declared}: for {@code ArrayList} and its like a fresh one.
     *
     * @param declared the type of the parameter; primitive means any
     */
    public @Nullable Object copy(@Nullable Object value, Class<?> declared) {
        return isScalar(value)
                ? value
                : new Copier(shapes).copy(value, declared.isPrimitive() ? Object.class : declared, 0);
    }

    /**
     * The value as policies compare it and people read it: String, Boolean, Long, BigInteger, BigDecimal, Double and
     * values of java.time; enums as their name; Date as Instant; records and maps as unmodifiable {@code Map<String,
     * Object>} in order; arrays and collections as List; an Optional as its value or null; {@code byte[]} as Base64;
     * everything else as String. A float becomes the double of exactly the same value.
     *
     * @throws UnsupportedArgumentException when the value cannot be frozen, or two keys of a map read the same
     */
    public @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof String ? value : new PlainView(shapes).of(value, 0);
    }

    /** Whether the value can never change, so that a second digest of it is bound to equal the first. */
    public boolean isDeeplyImmutable(@Nullable Object value) {
        return isScalar(value) || new Copier(shapes).isDeeplyImmutable(value, 0);
    }

    /** Most arguments are: they need no walk, and nothing that keeps account of one. */
    private boolean isScalar(@Nullable Object value) {
        return value == null
                || value instanceof String
                || shapes.get(value.getClass()).isScalar();
    }

    /**
     * The canonical form in UTF-8.
     *
     * @throws UnsupportedArgumentException when the value cannot be frozen
     */
    public byte[] canonical(@Nullable Object value) {
        Scratch scratch = Scratch.take();
        try {
            writer.write(scratch.sink(), value, 0);
            scratch.sink().requireWithinLimit();
            return scratch.sink().toByteArray();
        } finally {
            scratch.giveBack();
        }
    }

    /**
     * Why values of a declared type can never be frozen, for checks at start. Examined are type arguments, array
     * components, record components and permitted subclasses. What only a call can tell is not refused: Object, Number,
     * type variables, interfaces that a supported class, a record or an enum may implement.
     *
     * @return reasons, empty when the type is supported or only a call can tell
     */
    public List<String> unsupported(Type declared) {
        return new DeclaredTypes(shapes).check(declared);
    }

    void write(JsonSink out, @Nullable Object value) {
        writer.write(out, value, 0);
    }

    void writeNamed(JsonSink out, Map<String, ? extends @Nullable Object> members) {
        writer.writeMap(out, members, 0, true);
    }
}
