package io.jitapproval.core.intercept;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a path into a value: an entry of a map, a component of a record, or a getter.
 *
 * @param name     the name as written
 * @param accessor what the declared type offers for it; absent where only the value can tell
 */
record Step(String name, @Nullable Method accessor) {

    static @Nullable Object unwrap(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /** The value behind this step; null where there is none or getting it fails. */
    @Nullable
    Object from(Object value) {
        if (value instanceof Map<?, ?> map) {
            return entry(map);
        }
        Method known = accessor;
        if (known == null && value instanceof Record) {
            known = component(value.getClass(), name);
        }
        if (known == null || !known.getDeclaringClass().isInstance(value) || !known.trySetAccessible()) {
            return null;
        }
        try {
            return known.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException unusable) {
            return null;
        }
    }

    /** By walking the keys, because a sorted or immutable map may throw when asked for a key of another class. */
    private @Nullable Object entry(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            boolean same = key instanceof Enum<?> constant ? constant.name().equals(name) : name.equals(key);
            if (same) {
                return entry.getValue();
            }
        }
        return null;
    }

    /**
     * The record component, or the public getter {@code getName()}, or outside the JDK {@code name()}, that a class offers.
     */
    static @Nullable Method accessor(Class<?> type, String name) {
        if (type.isRecord()) {
            Method component = component(type, name);
            if (component != null) {
                return component;
            }
        }
        Method getter = getter(type, "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        return getter == null && !isOfThePlatform(type) ? getter(type, name) : getter;
    }

    private static @Nullable Method component(Class<?> type, String name) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return component.getAccessor();
            }
        }
        return null;
    }

    private static @Nullable Method getter(Class<?> type, String name) {
        Method best = null;
        for (Method method : type.getMethods()) {
            boolean fits = method.getName().equals(name)
                    && method.getParameterCount() == 0
                    && method.getReturnType() != void.class
                    && !method.isBridge()
                    && !Modifier.isStatic(method.getModifiers())
                    && !isOfAnyObject(method);
            if (fits && (best == null || best.getReturnType().isAssignableFrom(method.getReturnType()))) {
                best = method;
            }
        }
        return best;
    }

    private static boolean isOfAnyObject(Method method) {
        try {
            Object.class.getMethod(method.getName());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static boolean isOfThePlatform(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }
}
