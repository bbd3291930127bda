package io.jitapproval.core.binding;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Unmodifiable collections that keep order and nulls, and of which we know by their class that nobody else can change
 * them: the JDK's unmodifiable views do not tell.
 */
final class Frozen {

    /** Classes of the JDK whose structure never changes; their elements may. */
    private static final Set<Class<?>> FIXED = Set.of(
            List.of().getClass(),
            List.of(1).getClass(),
            Set.of().getClass(),
            Set.of(1).getClass(),
            Map.of().getClass(),
            Map.of(1, 1).getClass());

    private static final Set<Class<?>> FIXED_TOO = Set.copyOf(List.of(
            Stream.of(1).toList().getClass(),
            Collections.emptyList().getClass(),
            Collections.emptySet().getClass(),
            Collections.emptyMap().getClass(),
            Collections.singletonList(1).getClass(),
            Collections.singleton(1).getClass(),
            Collections.singletonMap(1, 1).getClass()));

    private Frozen() {}

    static boolean hasFixedStructure(Object container) {
        Class<?> type = container.getClass();
        return FIXED.contains(type) || FIXED_TOO.contains(type) || container instanceof Known;
    }

    /** Ours; {@link #deep()} says that the elements cannot change either. */
    interface Known {
        boolean deep();
    }

    static final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess, Known {

        private final @Nullable Object[] elements;
        private final boolean deep;

        FrozenList(Collection<? extends @Nullable Object> elements, boolean deep) {
            this.elements = elements.toArray();
            this.deep = deep;
        }

        @Override
        public boolean deep() {
            return deep;
        }

        @Override
        public @Nullable Object get(int index) {
            return elements[index];
        }

        @Override
        public int size() {
            return elements.length;
        }
    }

    static final class FrozenSet extends AbstractSet<@Nullable Object> implements Known {

        private final Set<@Nullable Object> elements;
        private final boolean deep;

        FrozenSet(Set<@Nullable Object> owned, boolean deep) {
            this.elements = Collections.unmodifiableSet(owned);
            this.deep = deep;
        }

        @Override
        public boolean deep() {
            return deep;
        }

        @Override
        public Iterator<@Nullable Object> iterator() {
            return elements.iterator();
        }

        @Override
        public boolean contains(@Nullable Object element) {
            return elements.contains(element);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    static final class FrozenMap<K extends @Nullable Object> extends AbstractMap<K, @Nullable Object> implements Known {

        private final Map<K, @Nullable Object> entries;
        private final boolean deep;

        FrozenMap(Map<K, @Nullable Object> owned, boolean deep) {
            this.entries = Collections.unmodifiableMap(owned);
            this.deep = deep;
        }

        @Override
        public boolean deep() {
            return deep;
        }

        @Override
        public Set<Map.Entry<K, @Nullable Object>> entrySet() {
            return entries.entrySet();
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return entries.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return entries.containsKey(key);
        }
    }
}
