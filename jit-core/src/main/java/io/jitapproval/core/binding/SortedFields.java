package io.jitapproval.core.binding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object, sorted by UTF-16 code units as RFC 8785 asks. Made for few members. */
final class SortedFields {

    private static final int FEW = 24;
    private static final int MOST_EXPECTED = 1_024;

    private record Field(String key, @Nullable Object value) {}

    private String[] keys;
    private @Nullable Object[] values;
    private int size;

    SortedFields(int expected) {
        int capacity = Math.max(1, Math.min(expected, MOST_EXPECTED));
        keys = new String[capacity];
        values = new @Nullable Object[capacity];
    }

    int size() {
        return size;
    }

    String key(int index) {
        return keys[index];
    }

    @Nullable
    Object value(int index) {
        return values[index];
    }

    void add(String key, @Nullable Object value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        keys[size] = key;
        values[size++] = value;
    }

    void sort(Object owner) {
        if (size <= FEW) {
            sortFew();
        } else {
            sortMany();
        }
        for (int i = 1; i < size; i++) {
            if (keys[i].equals(keys[i - 1])) {
                throw new UnsupportedArgumentException(
                        owner.getClass(), "two of its keys have the same canonical form");
            }
        }
    }

    private void sortFew() {
        for (int i = 1; i < size; i++) {
            String key = keys[i];
            Object value = values[i];
            int at = i - 1;
            while (at >= 0 && keys[at].compareTo(key) > 0) {
                keys[at + 1] = keys[at];
                values[at + 1] = values[at];
                at--;
            }
            keys[at + 1] = key;
            values[at + 1] = value;
        }
    }

    private void sortMany() {
        Field[] fields = new Field[size];
        for (int i = 0; i < size; i++) {
            fields[i] = new Field(keys[i], values[i]);
        }
        Arrays.sort(fields, (a, b) -> a.key().compareTo(b.key()));
        for (int i = 0; i < size; i++) {
            keys[i] = fields[i].key();
            values[i] = fields[i].value();
        }
    }
}
