package io.jitapproval.core.binding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing buffer of canonical JSON (RFC 8785) in UTF-8. One walk, one thread. */
final class JsonSink {

    private static final int INITIAL = 512;
    private static final int LONGEST_UNIT = 32;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** For each ASCII character: 0 as it is, 'u' as four hex digits, else the letter after the backslash. */
    private static final byte[] ESCAPES = escapes();

    private final Limits.Budget budget = new Limits.Budget();
    private byte[] buffer = new byte[INITIAL];
    private int size;
    private int highest;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] escapes() {
        byte[] table = new byte[128];
        Arrays.fill(table, 0, 0x20, (byte) 'u');
        table['\b'] = 'b';
        table['\t'] = 't';
        table['\n'] = 'n';
        table['\f'] = 'f';
        table['\r'] = 'r';
        table['"'] = '"';
        table['\\'] = '\\';
        return table;
    }

    Limits.Budget budget() {
        return budget;
    }

    int size() {
        return size;
    }

    byte[] buffer() {
        return buffer;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    byte[] since(int mark) {
        return Arrays.copyOfRange(buffer, mark, size);
    }

    void rewind(int mark) {
        highest = Math.max(highest, size);
        size = mark;
    }

    /** Forgets everything, so that no argument stays behind in memory that is used again. */
    void wipe() {
        rewind(0);
        Arrays.fill(buffer, 0, highest, (byte) 0);
        highest = 0;
        budget.reset();
    }

    void raw(char ascii) {
        reserve(1);
        buffer[size++] = (byte) ascii;
    }

    void raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    void nothing() {
        raw(NULL);
    }

    void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    void string(String text) {
        raw('"');
        text(text);
        raw('"');
    }

    /** The inside of a string, without its quotes. */
    void text(String text) {
        int length = text.length();
        reserve(length);
        byte[] bytes = buffer;
        int at = size;
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c >= 0x80 || ESCAPES[c] != 0) {
                break;
            }
            bytes[at++] = (byte) c;
            i++;
        }
        size = at;
        if (i < length) {
            textSlowly(text, i);
        }
    }

    private void textSlowly(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            reserve(LONGEST_UNIT);
            if (c < 0x80) {
                asciiCharacter(c);
            } else if (c < 0x800) {
                buffer[size++] = (byte) (0xC0 | (c >> 6));
                buffer[size++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                buffer[size++] = (byte) (0xE0 | (c >> 12));
                buffer[size++] = continuation(c >> 6);
                buffer[size++] = continuation(c);
            } else {
                int next = i + 1;
                if (next == text.length() || !Character.isSurrogatePair(c, text.charAt(next))) {
                    throw new UnsupportedArgumentException(
                            String.class, "holds half of a surrogate pair, which has no form in JSON");
                }
                int point = Character.toCodePoint(c, text.charAt(next));
                buffer[size++] = (byte) (0xF0 | (point >> 18));
                buffer[size++] = continuation(point >> 12);
                buffer[size++] = continuation(point >> 6);
                buffer[size++] = continuation(point);
                i = next;
            }
        }
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private void asciiCharacter(char c) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
            buffer[size++] = (byte) c;
            return;
        }
        buffer[size++] = '\\';
        buffer[size++] = escape;
        if (escape == 'u') {
            buffer[size++] = '0';
            buffer[size++] = '0';
            buffer[size++] = HEX[c >> 4];
            buffer[size++] = HEX[c & 0xF];
        }
    }

    void integer(long value) {
        reserve(LONGEST_UNIT);
        if (value < 0) {
            buffer[size++] = '-';
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + Math.abs((int) (rest % 10)));
            rest /= 10;
        }
        size += digits;
    }

    /** A finite number as ECMAScript prints it. Minus zero is 0 there: who must tell them apart does so before. */
    void number(double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(value) < EcmaNumber.TWO_TO_53) {
            integer(whole);
        } else {
            raw(ascii(EcmaNumber.format(value)));
        }
    }

    private void reserve(int more) {
        if (size > Limits.MAX_BYTES || more > Limits.MAX_BYTES) {
            throw new UnsupportedArgumentException(
                    "JSON", "its canonical form exceeds " + Limits.MAX_BYTES + " bytes; bind a digest of it instead");
        }
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    /** To be asked once when everything is written. */
    void requireWithinLimit() {
        reserve(0);
    }
}
