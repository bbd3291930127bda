package io.jitapproval.core.binding;

import io.jitapproval.spi.ArgumentCodec;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The places where code that is not ours runs: whatever it throws becomes a refusal. */
final class Foreign {

    private Foreign() {}

    /** A counter that a lambda may change. */
    static final class Index {
        int value;
    }

    static void forEach(Collection<?> elements, Limits.Budget budget, Consumer<@Nullable Object> action) {
        try {
            for (Object element : elements) {
                budget.spend(elements);
                action.accept(element);
            }
        } catch (UnsupportedArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw UnsupportedArgumentException.failed(elements.getClass(), "reading its elements", e);
        }
    }

    static void forEach(Map<?, ?> map, Limits.Budget budget, BiConsumer<@Nullable Object, @Nullable Object> action) {
        try {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                budget.spend(map);
                action.accept(entry.getKey(), entry.getValue());
            }
        } catch (UnsupportedArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw UnsupportedArgumentException.failed(map.getClass(), "reading its entries", e);
        }
    }

    /** Only a hint; the walk itself counts. */
    static int size(Map<?, ?> map) {
        try {
            return map.size();
        } catch (RuntimeException e) {
            throw UnsupportedArgumentException.failed(map.getClass(), "reading its size", e);
        }
    }

    static @Nullable Object toPlain(ArgumentCodec<Object> codec, Object value) {
        try {
            return codec.toPlain(value);
        } catch (UnsupportedArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw UnsupportedArgumentException.failed(value.getClass(), "toPlain of its ArgumentCodec", e);
        }
    }

    static Object copy(ArgumentCodec<Object> codec, Object value) {
        Object copy;
        try {
            copy = codec.copy(value);
        } catch (RuntimeException e) {
            throw UnsupportedArgumentException.failed(value.getClass(), "copy of its ArgumentCodec", e);
        }
        if (!codec.type().isInstance(copy)) {
            throw new UnsupportedArgumentException(value.getClass(), "copy of its ArgumentCodec gave something else");
        }
        return copy;
    }

    static UnsupportedArgumentException refusedKey(Map<?, ?> map, @Nullable Object key) {
        String met = key == null ? "null" : "a " + key.getClass().getName();
        return new UnsupportedArgumentException(
                map.getClass(), "a key is " + met + "; keys are Strings, enums, integers or UUIDs");
    }
}
