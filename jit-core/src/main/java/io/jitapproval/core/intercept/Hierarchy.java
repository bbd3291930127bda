package io.jitapproval.core.intercept;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class with everything that it extends and implements, except {@link Object}, and its instance methods put together by
 * what they override: two methods belong together when their signatures are equal, either as compiled or with the type
 * variables replaced by what this class makes of them.
 *
 * <p>Where Java would keep package-private look-alikes of different packages apart, this does not: rather one method too
 * many is guarded than one too few.
 */
final class Hierarchy {

    /** One type of the hierarchy, and what its variables stand for. */
    record Level(Class<?> type, Map<TypeVariable<?>, Type> bindings) {}

    private record Signature(String name, List<Class<?>> parameters) {}

    private final List<Level> levels;
    private final Map<Signature, Signature> parents = new HashMap<>();

    private Hierarchy(List<Level> levels) {
        this.levels = levels;
    }

    static Hierarchy of(Type target) {
        Class<?> type = Types.erase(target);
        Set<Level> levels = new LinkedHashSet<>();
        Level level = new Level(type, Types.bind(target, Map.of()));
        Deque<Level> open = new ArrayDeque<>();
        for (@Nullable Level next = level; next != null; next = superclass(next)) {
            levels.add(next);
            open.add(next);
        }
        while (!open.isEmpty()) {
            Level next = open.remove();
            for (Type parent : next.type().getGenericInterfaces()) {
                Level found = new Level(Types.erase(parent), Types.bind(parent, next.bindings()));
                if (levels.add(found)) {
                    open.add(found);
                }
            }
        }
        return new Hierarchy(List.copyOf(levels));
    }

    private static @Nullable Level superclass(Level level) {
        Type parent = level.type().getGenericSuperclass();
        return parent == null || parent == Object.class
                ? null
                : new Level(Types.erase(parent), Types.bind(parent, level.bindings()));
    }

    /** The class itself, its super-classes from near to far, then the interfaces from near to far. */
    List<Level> levels() {
        return levels;
    }

    /** The instance methods that are not private, those of one signature together. */
    List<MethodGroup> groups() {
        List<MethodGroup.Member> members = new ArrayList<>();
        for (Level level : levels) {
            for (Method method : level.type().getDeclaredMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
                    members.add(new MethodGroup.Member(method, level));
                    unite(compiled(method), resolved(method, level));
                }
            }
        }
        uniteOrphanedBridges(members);
        return grouped(members).stream().map(MethodGroup::new).toList();
    }

    private Collection<List<MethodGroup.Member>> grouped(List<MethodGroup.Member> members) {
        Map<Signature, List<MethodGroup.Member>> groups = new LinkedHashMap<>();
        for (MethodGroup.Member member : members) {
            groups.computeIfAbsent(root(compiled(member.method())), signature -> new ArrayList<>())
                    .add(member);
        }
        return groups.values();
    }

    /** Class files may have lost their generic signatures. Then a bridge is put together with all it may lead to. */
    private void uniteOrphanedBridges(List<MethodGroup.Member> members) {
        for (List<MethodGroup.Member> group : grouped(members)) {
            if (group.stream().noneMatch(MethodGroup.Member::isBridge)
                    || group.stream().anyMatch(member -> !member.isBridge() && !member.isInterface())) {
                continue;
            }
            for (MethodGroup.Member bridge : group) {
                for (MethodGroup.Member other : members) {
                    if (bridge.isBridge() && !other.isBridge() && !other.isInterface() && mayLeadTo(bridge, other)) {
                        unite(compiled(bridge.method()), compiled(other.method()));
                    }
                }
            }
        }
    }

    private static boolean mayLeadTo(MethodGroup.Member bridge, MethodGroup.Member other) {
        Class<?>[] wide = bridge.method().getParameterTypes();
        Class<?>[] narrow = other.method().getParameterTypes();
        if (!bridge.method().getName().equals(other.method().getName())
                || wide.length != narrow.length
                || !other.level().type().isAssignableFrom(bridge.level().type())) {
            return false;
        }
        for (int i = 0; i < wide.length; i++) {
            if (!wide[i].isAssignableFrom(narrow[i])) {
                return false;
            }
        }
        return bridge.method().getReturnType().isAssignableFrom(other.method().getReturnType());
    }

    private static Signature compiled(Method method) {
        return new Signature(method.getName(), List.of(method.getParameterTypes()));
    }

    private static Signature resolved(Method method, Level level) {
        return new Signature(
                method.getName(),
                Arrays.<Type>stream(method.getGenericParameterTypes())
                        .<Class<?>>map(type -> Types.erase(type, level.bindings()))
                        .toList());
    }

    private void unite(Signature one, Signature other) {
        Signature root = root(one);
        Signature otherRoot = root(other);
        if (!root.equals(otherRoot)) {
            parents.put(root, otherRoot);
        }
    }

    private Signature root(Signature signature) {
        Signature at = signature;
        for (Signature next = parents.get(at); next != null; next = parents.get(at)) {
            at = next;
        }
        return at;
    }
}
