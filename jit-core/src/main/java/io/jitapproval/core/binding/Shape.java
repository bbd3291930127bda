package io.jitapproval.core.binding;

import io.jitapproval.spi.ArgumentCodec;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How values of one class are frozen; found once per class, asked by every walk, so that the walks cannot differ. */
final class Shape {

    private static final byte[] NO_PREFIX = {};

    enum Kind {
        STRING,
        BOOLEAN,
        INTEGER,
        BIG_INTEGER,
        DECIMAL,
        DOUBLE,
        FLOAT,
        CHARACTER,
        ENUM,
        /** An immutable value of the JDK that its text tells completely; policy sees the text. */
        TEXT,
        /** As {@link #TEXT}, but policy sees the value. */
        TEMPORAL,
        DATE,
        OPTIONAL,
        OPTIONAL_PRIMITIVE,
        BYTES,
        PRIMITIVES,
        ARRAY,
        SET,
        COLLECTION,
        MAP,
        RECORD,
        CODEC,
        UNSUPPORTED
    }

    private final Kind kind;
    private final byte[] prefix;
    private final @Nullable Function<Object, String> text;
    private final @Nullable RecordShape components;
    private final @Nullable ArgumentCodec<Object> codec;
    private final String reason;

    private Shape(
            Kind kind,
            byte[] prefix,
            @Nullable Function<Object, String> text,
            @Nullable RecordShape components,
            @Nullable ArgumentCodec<Object> codec,
            String reason) {
        this.kind = kind;
        this.prefix = prefix;
        this.text = text;
        this.components = components;
        this.codec = codec;
        this.reason = reason;
    }

    Kind kind() {
        return kind;
    }

    /** What stands before the content. */
    byte[] prefix() {
        return prefix;
    }

    /** Why the class is refused. */
    String reason() {
        return reason;
    }

    static Shape of(Kind kind) {
        return new Shape(kind, NO_PREFIX, null, null, null, "");
    }

    static Shape text(Kind kind, String tag, Function<Object, String> text) {
        return new Shape(kind, JsonSink.ascii("{\"" + tag + "\":\""), text, null, null, "");
    }

    static Shape enumeration(Class<?> type) {
        return new Shape(Kind.ENUM, quoted("{\"$enum\":", type, "#"), null, null, null, "");
    }

    static Shape record(Class<?> type, RecordShape components) {
        return new Shape(Kind.RECORD, closed("{\"$rec\":", type, ",\"v\":{"), null, components, null, "");
    }

    @SuppressWarnings("unchecked") // only met with values that codec.type() matched
    static Shape codec(ArgumentCodec<?> codec) {
        return new Shape(
                Kind.CODEC,
                closed("{\"$type\":", codec.type(), ",\"v\":"),
                null,
                null,
                (ArgumentCodec<Object>) codec,
                "");
    }

    static Shape unsupported(String reason) {
        return new Shape(Kind.UNSUPPORTED, NO_PREFIX, null, null, null, reason);
    }

    private static byte[] quoted(String before, Class<?> type, String after) {
        JsonSink out = new JsonSink();
        out.raw(JsonSink.ascii(before + "\""));
        out.text(type.getName() + after);
        return out.toByteArray();
    }

    private static byte[] closed(String before, Class<?> type, String after) {
        JsonSink out = new JsonSink();
        out.raw(JsonSink.ascii(before));
        out.string(type.getName());
        out.raw(JsonSink.ascii(after));
        return out.toByteArray();
    }

    String textOf(Object value) {
        if (text == null) {
            throw new IllegalStateException(kind + " has no text");
        }
        return text.apply(value);
    }

    RecordShape requireComponents() {
        if (components == null) {
            throw new IllegalStateException(kind + " has no components");
        }
        return components;
    }

    ArgumentCodec<Object> requireCodec() {
        if (codec == null) {
            throw new IllegalStateException(kind + " has no codec");
        }
        return codec;
    }

    /** Whether the value alone, without looking inside, can never change. */
    boolean isScalar() {
        return kind.compareTo(Kind.TEMPORAL) <= 0 || kind == Kind.OPTIONAL_PRIMITIVE;
    }
}
