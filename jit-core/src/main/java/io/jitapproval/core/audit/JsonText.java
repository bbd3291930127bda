package io.jitapproval.core.audit;

import io.jitapproval.Ref;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/** JSON of plain values: text that cannot break or reorder a line, exact numbers, and nothing that an unknown type says. */
final class JsonText {

    /** The longest number that is written as a number: common parsers refuse longer ones, or take them for an attack. */
    private static final int MAX_NUMBER = 400;

    private static final JsonFactory JSON =
            JsonFactory.builder().characterEscapes(new Escapes()).build();

    private JsonText() {}

    /** Something that writes a part of a line. */
    interface Part {
        void write(JsonGenerator json);
    }

    static String render(Part part) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            part.write(json);
        }
        return text.toString();
    }

    /** Whether a text is one JSON object and nothing else. */
    static boolean isObject(String text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    static void value(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            number(json, number);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            Names names = new Names();
            map.forEach((name, element) -> {
                json.writeName(names.next(wellFormed(text(name))));
                value(json, element);
            });
            json.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            elements.forEach(element -> value(json, element));
            json.writeEndArray();
        } else if (value instanceof Optional<?> optional) {
            value(json, optional.orElse(null));
        } else if (value instanceof Ref ref) {
            json.writeStartObject();
            json.writeStringProperty("type", wellFormed(ref.type()));
            json.writeStringProperty("id", wellFormed(ref.id()));
            json.writeEndObject();
        } else {
            json.writeString(wellFormed(text(value)));
        }
    }

    private static void number(JsonGenerator json, Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.longValue());
        } else if (number instanceof BigDecimal decimal
                && Math.abs((long) decimal.scale()) <= MAX_NUMBER
                && decimal.precision() <= MAX_NUMBER) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer && integer.bitLength() <= 3 * MAX_NUMBER) {
            json.writeNumber(integer);
        } else if (number instanceof Double real && Double.isFinite(real)) {
            json.writeNumber(real);
        } else if (number instanceof Float real && Float.isFinite(real)) {
            json.writeNumber(real);
        } else {
            json.writeString(String.valueOf(number));
        }
    }

    /** What may stand as text. An unknown type is named and never asked what it contains: that may be secret. */
    private static String text(@Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Character
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount) {
            return String.valueOf(value);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return "⟨" + value.getClass().getName() + "⟩";
    }

    /** Replaces surrogates that have no partner, which UTF-8 cannot carry, by their visible number. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    /** Writes the first part of a long text, how long the whole is, and a hash by which the whole can be recognised. */
    static void cut(JsonGenerator json, String text, int limit) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        json.writeStartObject();
        json.writeStringProperty("cut", first(text, limit) + "…");
        json.writeNumberProperty("bytes", whole.length);
        json.writeStringProperty("sha256", sha256(whole));
        json.writeEndObject();
    }

    static String shortName(String name, int limit) {
        String text = wellFormed(name);
        if (text.length() <= limit) {
            return text;
        }
        return first(text, limit) + "… sha256 " + sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String first(String text, int limit) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Keeps the names in one object apart, should two keys read the same. */
    static final class Names {

        private final Set<String> seen = new HashSet<>();

        String next(String name) {
            String free = name;
            for (int i = 2; !seen.add(free); i++) {
                free = name + "⟨" + i + "⟩";
            }
            return free;
        }
    }

    /** Escapes whatever steers instead of showing. Supplementary characters too: both halves, so that none hides there. */
    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[0x7F] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE ->
                    new SerializedString("\\u" + HexFormat.of().toHexDigits((char) c));
                default -> null;
            };
        }
    }
}
