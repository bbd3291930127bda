package io.jitapproval.core.binding;

import io.jitapproval.core.binding.Shape.Kind;
import io.jitapproval.spi.ArgumentCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Shape} of a class: the exact classes of the JDK first, then codecs, then kinds of classes. */
@SuppressWarnings("JavaUtilDate") // arguments of applications
final class Shapes extends ClassValue<Shape> {

    private static final String ADVICE = "; pass an immutable value or a record of such, or register an ArgumentCodec";
    private static final Map<Class<?>, Shape> BUILT_IN = builtIn();

    private final List<ArgumentCodec<?>> codecs;

    Shapes(List<ArgumentCodec<?>> codecs) {
        this.codecs = List.copyOf(codecs);
        Set<Class<?>> seen = new HashSet<>();
        for (ArgumentCodec<?> codec : this.codecs) {
            Class<?> type = codec.type();
            if (type == Object.class || type.isPrimitive() || type.isArray() || BUILT_IN.containsKey(type)) {
                throw new IllegalArgumentException(
                        "ArgumentCodec " + codec.getClass().getName() + " is for " + type.getTypeName()
                                + ", whose freezing is fixed; register it for a class of your own");
            }
            if (!seen.add(type)) {
                throw new IllegalArgumentException(
                        "Two ArgumentCodecs are for " + type.getTypeName() + "; keep one of them");
            }
        }
    }

    static Set<Class<?>> builtInTypes() {
        return BUILT_IN.keySet();
    }

    List<ArgumentCodec<?>> codecs() {
        return codecs;
    }

    private static Map<Class<?>, Shape> builtIn() {
        Map<Class<?>, Shape> shapes = new HashMap<>();
        shapes.put(String.class, Shape.of(Kind.STRING));
        shapes.put(Boolean.class, Shape.of(Kind.BOOLEAN));
        for (Class<?> type : List.of(Byte.class, Short.class, Integer.class, Long.class)) {
            shapes.put(type, Shape.of(Kind.INTEGER));
        }
        shapes.put(BigInteger.class, Shape.of(Kind.BIG_INTEGER));
        shapes.put(BigDecimal.class, Shape.of(Kind.DECIMAL));
        shapes.put(Double.class, Shape.of(Kind.DOUBLE));
        shapes.put(Float.class, Shape.of(Kind.FLOAT));
        shapes.put(Character.class, Shape.of(Kind.CHARACTER));
        shapes.put(Date.class, Shape.of(Kind.DATE));
        shapes.put(Optional.class, Shape.of(Kind.OPTIONAL));
        for (Class<?> type : List.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class)) {
            shapes.put(type, Shape.of(Kind.OPTIONAL_PRIMITIVE));
        }
        texts(shapes);
        temporals(shapes);
        return Map.copyOf(shapes);
    }

    private static void texts(Map<Class<?>, Shape> shapes) {
        shapes.put(UUID.class, Shape.text(Kind.TEXT, "$uuid", Object::toString));
        shapes.put(URI.class, Shape.text(Kind.TEXT, "$uri", Object::toString));
        shapes.put(Currency.class, Shape.text(Kind.TEXT, "$currency", Object::toString));
        shapes.put(Locale.class, Shape.text(Kind.TEXT, "$locale", value -> languageTag((Locale) value)));
        Shape zone = Shape.text(Kind.TEXT, "$zone", value -> ((ZoneId) value).getId());
        shapes.put(ZoneId.of("Europe/Berlin").getClass(), zone);
        shapes.put(ZoneOffset.class, zone);
    }

    private static void temporals(Map<Class<?>, Shape> shapes) {
        Map<String, Class<?>> temporals = Map.ofEntries(
                Map.entry("$instant", Instant.class),
                Map.entry("$localDate", LocalDate.class),
                Map.entry("$localTime", LocalTime.class),
                Map.entry("$localDateTime", LocalDateTime.class),
                Map.entry("$offsetDateTime", OffsetDateTime.class),
                Map.entry("$offsetTime", OffsetTime.class),
                Map.entry("$zonedDateTime", ZonedDateTime.class),
                Map.entry("$duration", Duration.class),
                Map.entry("$period", Period.class),
                Map.entry("$year", Year.class),
                Map.entry("$yearMonth", YearMonth.class),
                Map.entry("$monthDay", MonthDay.class));
        temporals.forEach((tag, type) -> shapes.put(type, Shape.text(Kind.TEMPORAL, tag, Object::toString)));
    }

    /** Only a locale that its tag tells completely: ill-formed ones would share a tag. */
    private static String languageTag(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            throw new UnsupportedArgumentException(Locale.class, "a locale that no BCP 47 language tag stands for");
        }
        return tag;
    }

    @Override
    protected Shape computeValue(Class<?> type) {
        Shape builtIn = BUILT_IN.get(type);
        if (builtIn != null) {
            return builtIn;
        }
        ArgumentCodec<?> codec = codecFor(type);
        if (codec != null) {
            return Shape.codec(codec);
        }
        if (type.isArray()) {
            return arrayShape(type.getComponentType());
        }
        if (Enum.class.isAssignableFrom(type)) {
            return enumShape(type);
        }
        if (type.isRecord()) {
            return RecordShape.of(type);
        }
        if (Map.class.isAssignableFrom(type)) {
            return Shape.of(Kind.MAP);
        }
        if (Collection.class.isAssignableFrom(type)) {
            return Shape.of(Set.class.isAssignableFrom(type) ? Kind.SET : Kind.COLLECTION);
        }
        return Shape.unsupported(refusal(type));
    }

    private static Shape arrayShape(Class<?> component) {
        if (component == byte.class) {
            return Shape.of(Kind.BYTES);
        }
        return Shape.of(component.isPrimitive() ? Kind.PRIMITIVES : Kind.ARRAY);
    }

    private static Shape enumShape(Class<?> type) {
        Class<?> declaring = type.isEnum() || type == Enum.class ? type : type.getSuperclass();
        if (declaring.getName().indexOf('#') >= 0) {
            return Shape.unsupported("an enum with '#' in the name of its class");
        }
        return Shape.enumeration(declaring);
    }

    static String refusal(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text that may change; pass a String";
        }
        for (Class<?> known : BUILT_IN.keySet()) {
            if (known.isAssignableFrom(type)) {
                return "a subclass of " + known.getName() + " may behave in any way" + ADVICE;
            }
        }
        return "not known to be a value that cannot change" + ADVICE;
    }

    /** Only for exactly this class: a subclass may hold more than the codec of the class above it tells. */
    @Nullable
    ArgumentCodec<?> codecFor(Class<?> type) {
        for (ArgumentCodec<?> codec : codecs) {
            if (codec.type() == type) {
                return codec;
            }
        }
        return null;
    }
}
