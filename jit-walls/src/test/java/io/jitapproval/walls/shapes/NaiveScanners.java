package io.jitapproval.walls.shapes;

import io.jitapproval.RequiresJitApproval;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;

/** Broken twins of the scanner: each finds the annotation in the way that first comes to mind. */
final class NaiveScanners {

    private NaiveScanners() {}

    /** Looks at the method that is invoked, and nowhere else. */
    static final BiPredicate<Method, Class<?>> INVOKED_METHOD_ONLY =
            (invoked, target) -> invoked.isAnnotationPresent(RequiresJitApproval.class);

    /** Looks at the target's own class, and nowhere else. */
    static final BiPredicate<Method, Class<?>> OWN_CLASS_ONLY =
            (invoked, target) -> target.isAnnotationPresent(RequiresJitApproval.class) || carries(target, invoked);

    /** Looks everywhere, for methods of the very same parameter types. */
    static final BiPredicate<Method, Class<?>> IGNORING_GENERICS = NaiveScanners::anywhere;

    private static boolean anywhere(Method invoked, Class<?> target) {
        Deque<Class<?>> open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (carries(type, invoked)
                    || (declares(type, invoked) && type.isAnnotationPresent(RequiresJitApproval.class))) {
                return true;
            }
            open.addAll(List.of(type.getInterfaces()));
            if (type.getSuperclass() != null) {
                open.add(type.getSuperclass());
            }
        }
        return false;
    }

    private static boolean declares(Class<?> type, Method invoked) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> looksLike(method, invoked));
    }

    private static boolean carries(Class<?> type, Method invoked) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(
                        method -> looksLike(method, invoked) && method.isAnnotationPresent(RequiresJitApproval.class));
    }

    private static boolean looksLike(Method method, Method invoked) {
        return !method.isBridge()
                && method.getName().equals(invoked.getName())
                && Arrays.equals(method.getParameterTypes(), invoked.getParameterTypes());
    }
}
