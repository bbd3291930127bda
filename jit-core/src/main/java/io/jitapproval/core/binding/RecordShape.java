package io.jitapproval.core.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How one record class is read and rebuilt.
 *
 * <p>Read are the fields, not the accessors: an accessor that masks a secret would leave it out of the digest. Where
 * the record's module is closed to us, only the public accessors are left.
 */
final class RecordShape {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

    private final Class<?> type;
    private final String[] names;
    private final byte[][] keys;
    private final Class<?>[] types;
    private final MethodHandle[] getters;
    private final MethodHandle constructor;

    /** Positions of the components in canonical order. */
    private final int[] sorted;

    private RecordShape(Class<?> type, RecordComponent[] components) throws ReflectiveOperationException {
        int count = components.length;
        this.type = type;
        names = new String[count];
        keys = new byte[count][];
        types = new Class<?>[count];
        getters = new MethodHandle[count];
        for (int i = 0; i < count; i++) {
            names[i] = components[i].getName();
            types[i] = components[i].getType();
            getters[i] = getter(type, components[i]).asType(GETTER);
            JsonSink key = new JsonSink();
            key.string(names[i]);
            key.raw(':');
            keys[i] = key.toByteArray();
        }
        constructor = constructor(type, types)
                .asFixedArity()
                .asSpreader(Object[].class, count)
                .asType(CONSTRUCTOR);
        sorted = Arrays.stream(names)
                .sorted(Comparator.naturalOrder())
                .mapToInt(Arrays.asList(names)::indexOf)
                .toArray();
    }

    static Shape of(Class<?> type) {
        try {
            return Shape.record(type, new RecordShape(type, type.getRecordComponents()));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return Shape.unsupported("a record whose components cannot be read or whose canonical constructor cannot be"
                    + " called; make it public, or open its package to io.jitapproval.core");
        }
    }

    private static MethodHandle getter(Class<?> type, RecordComponent component) throws ReflectiveOperationException {
        try {
            Field field = type.getDeclaredField(component.getName());
            field.setAccessible(true);
            return LOOKUP.unreflectGetter(field);
        } catch (InaccessibleObjectException closed) {
            return LOOKUP.unreflect(component.getAccessor());
        }
    }

    private static MethodHandle constructor(Class<?> type, Class<?>[] types) throws ReflectiveOperationException {
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        try {
            canonical.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            return LOOKUP.unreflectConstructor(canonical);
        }
        return LOOKUP.unreflectConstructor(canonical);
    }

    int count() {
        return names.length;
    }

    int sorted(int position) {
        return sorted[position];
    }

    String name(int index) {
        return names[index];
    }

    /** The component's name as the key of a JSON member, with quotes and colon. */
    byte[] key(int index) {
        return keys[index];
    }

    Class<?> type(int index) {
        return types[index];
    }

    @Nullable
    Object get(Object owner, int index) {
        try {
            return (@Nullable Object) getters[index].invokeExact(owner);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw UnsupportedArgumentException.failed(type, "accessor " + names[index], e);
        }
    }

    Object rebuild(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw UnsupportedArgumentException.failed(type, "its canonical constructor, given defensive copies,", e);
        }
    }
}
