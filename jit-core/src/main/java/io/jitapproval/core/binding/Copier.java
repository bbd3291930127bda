package io.jitapproval.core.binding;

import io.jitapproval.core.binding.Shape.Kind;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One defensive deep copy. Made for one walk. */
@SuppressWarnings("JavaUtilDate") // arguments of applications
final class Copier {

    /** Classes that a copy can be, besides the interfaces that an unmodifiable copy has. */
    static final Set<Class<?>> CONCRETE = Set.of(
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            Queue.class,
            Deque.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            EnumSet.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            EnumMap.class);

    private final Shapes shapes;
    private final Limits.Budget budget = new Limits.Budget();

    /** Apart from the budget of the copy: looking again must not make a copy fail. */
    private final Limits.Budget looks = new Limits.Budget();

    Copier(Shapes shapes) {
        this.shapes = shapes;
    }

    @Nullable
    Object copy(@Nullable Object value, Class<?> target, int depth) {
        if (value == null || value instanceof String) {
            return value;
        }
        Shape shape = shapes.get(value.getClass());
        if (shape.isScalar()) {
            return value;
        }
        switch (shape.kind()) {
            case DATE -> {
                return new Date(((Date) value).getTime());
            }
            case BYTES -> {
                Numbers.requireReasonable((byte[]) value);
                return ((byte[]) value).clone();
            }
            case PRIMITIVES -> {
                return primitives(value);
            }
            case UNSUPPORTED -> throw new UnsupportedArgumentException(value.getClass(), shape.reason());
            default -> {
                Limits.requireDepth(depth, value);
                Object copy = container(value, shape, target, depth);
                if (!target.isInstance(copy)) {
                    throw new UnsupportedArgumentException(
                            value.getClass(),
                            "its defensive copy is no " + target.getName() + "; declare List, Set, Map or a record");
                }
                return copy;
            }
        }
    }

    private Object container(Object value, Shape shape, Class<?> target, int depth) {
        return switch (shape.kind()) {
            case OPTIONAL -> optional((Optional<?>) value, depth);
            case ARRAY -> array((Object[]) value, depth);
            case COLLECTION -> list((Collection<?>) value, target, depth);
            case SET -> set((Set<?>) value, target, depth);
            case MAP -> map((Map<?, ?>) value, target, depth);
            case RECORD -> record(value, shape.requireComponents(), depth);
            case CODEC -> Foreign.copy(shape.requireCodec(), value);
            default -> throw new IllegalStateException(shape.kind() + " is no container");
        };
    }

    private Object primitives(Object array) {
        int length = Array.getLength(array);
        budget.spend(array, length);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    private Object optional(Optional<?> value, int depth) {
        if (value.isEmpty()) {
            return value;
        }
        budget.spend(value);
        Object before = value.get();
        Object after = copy(before, Object.class, depth + 1);
        return same(before, after) ? value : Optional.of(Objects.requireNonNull(after));
    }

    private Object array(Object[] value, int depth) {
        budget.spend(value, value.length);
        Class<?> component = value.getClass().getComponentType();
        @Nullable Object[] copy = (@Nullable Object[]) Array.newInstance(component, value.length);
        for (int i = 0; i < value.length; i++) {
            try {
                copy[i] = copy(value[i], component, depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within("[" + i + "]");
            }
        }
        return copy;
    }

    @SuppressWarnings("JdkObsolete") // declared so, or needed for its nulls
    private Object list(Collection<?> value, Class<?> target, int depth) {
        var changes = new Changes();
        ArrayList<@Nullable Object> copies = new ArrayList<>();
        Foreign.forEach(value, budget, element -> {
            try {
                copies.add(changes.see(element, copy(element, Object.class, depth + 1)));
            } catch (UnsupportedArgumentException e) {
                throw e.within("[" + copies.size() + "]");
            }
        });
        if (!changes.any && Frozen.hasFixedStructure(value) && target.isInstance(value)) {
            return value;
        }
        if (target == ArrayList.class) {
            return copies;
        }
        if (target == ArrayDeque.class) {
            return new ArrayDeque<>(copies);
        }
        if (CONCRETE.contains(target)) {
            return new LinkedList<>(copies);
        }
        return new Frozen.FrozenList(copies, changes.deep);
    }

    private Object set(Set<?> value, Class<?> target, int depth) {
        var changes = new Changes();
        Set<@Nullable Object> copies = emptySet(value, target);
        Foreign.forEach(value, budget, element -> {
            try {
                if (!copies.add(changes.see(element, copy(element, Object.class, depth + 1)))) {
                    throw new UnsupportedArgumentException(value.getClass(), "two of its elements are equal");
                }
            } catch (UnsupportedArgumentException e) {
                throw e.within("{}");
            }
        });
        if (!changes.any && Frozen.hasFixedStructure(value) && target.isInstance(value)) {
            return value;
        }
        if (CONCRETE.contains(target)) {
            return copies;
        }
        if (copies instanceof TreeSet) {
            return Collections.unmodifiableNavigableSet((TreeSet<@Nullable Object>) copies);
        }
        return new Frozen.FrozenSet(copies, changes.deep);
    }

    @SuppressWarnings("unchecked") // what was in such a set goes into another such set
    private static Set<@Nullable Object> emptySet(Set<?> value, Class<?> target) {
        if (target == EnumSet.class) {
            EnumSet<?> copy = ((EnumSet<?>) value).clone();
            copy.clear();
            return (Set<@Nullable Object>) (Set<?>) copy;
        }
        if (value instanceof SortedSet) {
            return new TreeSet<>(((SortedSet<@Nullable Object>) value).comparator());
        }
        return new LinkedHashSet<>();
    }

    private Object map(Map<?, ?> value, Class<?> target, int depth) {
        var changes = new Changes();
        Map<@Nullable Object, @Nullable Object> copies = emptyMap(value, target);
        Foreign.forEach(value, budget, (key, element) -> {
            requireScalarKey(value, key);
            try {
                Object copy = changes.see(element, copy(element, Object.class, depth + 1));
                if (copies.containsKey(key)) {
                    throw new UnsupportedArgumentException(value.getClass(), "two of its keys are equal");
                }
                copies.put(key, copy);
            } catch (UnsupportedArgumentException e) {
                throw e.within("{}");
            }
        });
        if (!changes.any && Frozen.hasFixedStructure(value) && target.isInstance(value)) {
            return value;
        }
        if (CONCRETE.contains(target)) {
            return copies;
        }
        if (copies instanceof TreeMap) {
            return Collections.unmodifiableNavigableMap((TreeMap<@Nullable Object, @Nullable Object>) copies);
        }
        return new Frozen.FrozenMap<@Nullable Object>(copies, changes.deep);
    }

    private void requireScalarKey(Map<?, ?> map, @Nullable Object key) {
        if (key == null || !shapes.get(key.getClass()).isScalar()) {
            throw Foreign.refusedKey(map, key);
        }
    }

    @SuppressWarnings("unchecked") // what was in such a map goes into another such map
    private static Map<@Nullable Object, @Nullable Object> emptyMap(Map<?, ?> value, Class<?> target) {
        if (target == EnumMap.class) {
            EnumMap<?, ?> copy = ((EnumMap<?, ?>) value).clone();
            copy.clear();
            return (Map<@Nullable Object, @Nullable Object>) (Map<?, ?>) copy;
        }
        if (value instanceof SortedMap) {
            return new TreeMap<>(((SortedMap<@Nullable Object, @Nullable Object>) value).comparator());
        }
        return new LinkedHashMap<>();
    }

    private Object record(Object value, RecordShape components, int depth) {
        @Nullable Object[] copies = new @Nullable Object[components.count()];
        boolean changed = false;
        for (int i = 0; i < copies.length; i++) {
            budget.spend(value);
            Object before = components.get(value, i);
            try {
                copies[i] = copy(before, boxed(components.type(i)), depth + 1);
            } catch (UnsupportedArgumentException e) {
                throw e.within(components.name(i));
            }
            changed |= !same(before, copies[i]);
        }
        return changed ? components.rebuild(copies) : value;
    }

    /** Primitives are never containers, so only references are asked. */
    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? Object.class : type;
    }

    @SuppressWarnings("ReferenceEquality") // whether a copy was needed is a question of identity
    private static boolean same(@Nullable Object before, @Nullable Object after) {
        return before == after;
    }

    boolean isDeeplyImmutable(@Nullable Object value, int depth) {
        if (value == null || value instanceof String) {
            return true;
        }
        if (value instanceof Frozen.Known known) {
            return known.deep();
        }
        Shape shape = shapes.get(value.getClass());
        if (shape.isScalar()) {
            return true;
        }
        if (depth >= Limits.MAX_DEPTH || !looks.trySpend()) {
            return false;
        }
        if (shape.kind() == Kind.OPTIONAL) {
            return isDeeplyImmutable(((Optional<?>) value).orElse(null), depth + 1);
        }
        if (shape.kind() == Kind.RECORD) {
            return hasImmutableComponents(value, shape.requireComponents(), depth);
        }
        if (!Frozen.hasFixedStructure(value)) {
            return false;
        }
        if (shape.kind() == Kind.MAP) {
            Map<?, ?> map = (Map<?, ?>) value;
            return areImmutable(map.keySet(), depth) && areImmutable(map.values(), depth);
        }
        return areImmutable((Collection<?>) value, depth);
    }

    private boolean hasImmutableComponents(Object value, RecordShape components, int depth) {
        for (int i = 0; i < components.count(); i++) {
            if (!components.type(i).isPrimitive() && !isDeeplyImmutable(components.get(value, i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean areImmutable(Collection<?> elements, int depth) {
        for (Object element : elements) {
            if (!isDeeplyImmutable(element, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** What was seen while a container was copied. */
    private final class Changes {

        private boolean any;
        private boolean deep = true;

        @Nullable
        Object see(@Nullable Object before, @Nullable Object after) {
            any |= !same(before, after);
            deep = deep && isDeeplyImmutable(after, 0);
            return after;
        }
    }
}
