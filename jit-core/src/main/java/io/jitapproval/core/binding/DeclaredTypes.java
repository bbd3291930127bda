package io.jitapproval.core.binding;

import io.jitapproval.core.binding.Shape.Kind;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One check at start whether a declared type can ever hold a value that can be frozen. */
final class DeclaredTypes {

    private static final Set<Class<?>> KEYS =
            Set.of(String.class, Byte.class, Short.class, Integer.class, Long.class, BigInteger.class, UUID.class);

    private static final Set<Class<?>> OPEN_CLASSES =
            Set.of(Object.class, Number.class, Enum.class, Record.class, ZoneId.class);

    private static final List<Class<?>> COPIES = List.of(
            Frozen.FrozenList.class,
            Frozen.FrozenSet.class,
            Frozen.FrozenMap.class,
            NavigableSet.class,
            NavigableMap.class);

    private final Shapes shapes;
    private final List<String> reasons = new ArrayList<>();
    private final Set<Type> seen = new HashSet<>();

    DeclaredTypes(Shapes shapes) {
        this.shapes = shapes;
    }

    List<String> check(Type declared) {
        check(declared, "", Map.of());
        return List.copyOf(reasons);
    }

    private void check(Type type, String path, Map<TypeVariable<?>, Type> arguments) {
        if (type instanceof Class<?>) {
            checkClass((Class<?>) type, path);
        } else if (type instanceof ParameterizedType parameterizedType) {
            checkParameterized(parameterizedType, path, arguments);
        } else if (type instanceof GenericArrayType genericArrayType) {
            check(genericArrayType.getGenericComponentType(), path + "[]", arguments);
        } else if (type instanceof WildcardType wildcardType) {
            check(wildcardType.getUpperBounds()[0], path, arguments);
        } else if (type instanceof TypeVariable<?>) {
            Type argument = arguments.get(type);
            if (argument != null) {
                check(argument, path, Map.of());
            } else if (seen.add(type)) {
                check(((TypeVariable<?>) type).getBounds()[0], path, arguments);
            }
        }
    }

    private void checkClass(Class<?> type, String path) {
        if (type.isPrimitive() || !seen.add(type)) {
            return;
        }
        if (isCollection(type)) {
            requireCopyable(type, path);
            return;
        }
        Shape shape = shapes.get(type);
        if (shape.kind() == Kind.RECORD) {
            checkComponents(type, path, Map.of());
        } else if (shape.kind() == Kind.ARRAY) {
            check(type.getComponentType(), path + "[]", Map.of());
        } else if (shape.kind() == Kind.UNSUPPORTED && !isOpen(type)) {
            refuse(type, path, shape.reason());
        }
    }

    private boolean isCollection(Class<?> type) {
        boolean family = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        return family && !type.isRecord() && !type.isEnum() && shapes.codecFor(type) == null;
    }

    private void checkParameterized(ParameterizedType type, String path, Map<TypeVariable<?>, Type> outer) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] given = type.getActualTypeArguments();
        if (shapes.get(raw).kind() == Kind.CODEC) {
            return;
        }
        if (raw == Optional.class || raw == Iterable.class) {
            check(given[0], path, outer);
        } else if (isCollection(raw)) {
            requireCopyable(raw, path);
            checkElements(raw, given, path, outer);
        } else if (raw.isRecord()) {
            if (seen.add(type)) {
                checkComponents(raw, path, bind(raw, given, outer));
            }
        } else {
            checkClass(raw, path);
        }
    }

    /** Only where the arguments are those of the interface: a subclass may have put them elsewhere. */
    private void checkElements(Class<?> raw, Type[] given, String path, Map<TypeVariable<?>, Type> outer) {
        if (Map.class.isAssignableFrom(raw) && given.length == 2) {
            checkKey(given[0], path, outer);
            check(given[1], path + "{}", outer);
        } else if (given.length == 1 && !Map.class.isAssignableFrom(raw)) {
            check(given[0], path + "[]", outer);
        }
    }

    private void checkKey(Type key, String path, Map<TypeVariable<?>, Type> outer) {
        Type known = key instanceof TypeVariable<?> ? outer.getOrDefault(key, key) : key;
        if (known instanceof Class<?>) {
            Class<?> type = (Class<?>) known;
            boolean fine = KEYS.contains(type) || Enum.class.isAssignableFrom(type) || isOpen(type);
            if (!fine) {
                refuse(type, path, "as the key of a map; keys are Strings, enums, integers or UUIDs");
            }
        } else if (known instanceof ParameterizedType || known instanceof GenericArrayType) {
            refuse(known, path, "as the key of a map; keys are Strings, enums, integers or UUIDs");
        }
    }

    private static Map<TypeVariable<?>, Type> bind(Class<?> raw, Type[] given, Map<TypeVariable<?>, Type> outer) {
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            bound.put(
                    variables[i],
                    given[i] instanceof TypeVariable<?> ? outer.getOrDefault(given[i], given[i]) : given[i]);
        }
        return bound;
    }

    private void checkComponents(Class<?> type, String path, Map<TypeVariable<?>, Type> arguments) {
        for (RecordComponent component : type.getRecordComponents()) {
            String inner = path.isEmpty() ? component.getName() : path + "." + component.getName();
            check(component.getGenericType(), inner, arguments);
        }
    }

    private void requireCopyable(Class<?> type, String path) {
        if (Copier.CONCRETE.contains(type)) {
            return;
        }
        for (Class<?> copy : COPIES) {
            if (type.isInterface() && type.isAssignableFrom(copy)) {
                return;
            }
        }
        refuse(type, path, "no defensive copy of it can be made; declare List, Set or Map");
    }

    /** Whether some supported value may be an instance of a type that is not itself a supported class. */
    private boolean isOpen(Class<?> type) {
        if (OPEN_CLASSES.contains(type) || isAboveAnyOf(type, shapes)) {
            return true;
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (shapes.get(permitted).kind() != Kind.UNSUPPORTED || isOpen(permitted)) {
                    return true;
                }
            }
            return false;
        }
        return type.isInterface() && !type.isAnnotation() && !isOfThePlatform(type);
    }

    private static boolean isAboveAnyOf(Class<?> type, Shapes shapes) {
        if (type.isInterface()) {
            for (Class<?> known : Shapes.builtInTypes()) {
                if (type.isAssignableFrom(known)) {
                    return true;
                }
            }
            if (type == Iterable.class) {
                return true;
            }
        }
        return shapes.codecs().stream().anyMatch(codec -> type.isAssignableFrom(codec.type()));
    }

    /** Its interfaces stand for behaviour (Runnable, Iterator, Path) unless a supported class has them. */
    private static boolean isOfThePlatform(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    private void refuse(Type type, String path, String reason) {
        String where = path.isEmpty() ? "" : " at '" + path + "'";
        reasons.add(type.getTypeName() + where + ": " + reason);
    }
}
