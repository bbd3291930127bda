package io.jitapproval.core.intercept;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds guarded methods and everything that keeps one from being guarded. Immutable and thread-safe; scanning is for start-up.
 *
 * <p>All declarations that one call may mean (own, overridden, implemented, bridges) are taken together. An annotation on any
 * of these methods counts; only where there is none, those on the types that declare them do. Those that count must be equal.
 * An annotation on a type covers the instance methods that this type itself declares and that are not private, wherever they
 * are overridden; neither inherited ones nor those of an enclosed class.
 *
 * <p>A parameter is sensitive where any declaration says so, and unbound only where every declaration that carries the
 * annotation says so.
 */
public final class AnnotationScanner {

    private final Function<Type, List<String>> unsupported;
    private final List<AsyncReturnType> returnTypes;

    /**
     * A scanner.
     *
     * @param unsupported why values of a declared type can never be frozen; empty where they can
     * @param returnTypes how methods may give their outcome later, beside by a stage
     */
    public AnnotationScanner(Function<Type, List<String>> unsupported, List<AsyncReturnType> returnTypes) {
        this.unsupported = unsupported;
        this.returnTypes = joined(List.of(new Stages()), returnTypes);
    }

    private static List<AsyncReturnType> joined(List<AsyncReturnType> first, List<AsyncReturnType> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /**
     * The outcome of a scan.
     *
     * @param methods  by every declaration through which a guarded method may be invoked
     * @param problems what cannot be enforced; unless empty, nothing may start
     */
    public record Scan(Map<Method, GuardedMethod> methods, List<ConfigurationProblem> problems) {

        /** Copies both. */
        public Scan {
            methods = Map.copyOf(methods);
            problems = List.copyOf(problems);
        }

        /**
         * What guards a method.
         *
         * @param invoked the method as it is invoked, also by a type that was not scanned: then its signature counts
         * @return null where it just runs
         */
        public @Nullable GuardedMethod find(Method invoked) {
            GuardedMethod known = methods.get(invoked);
            if (known != null || methods.isEmpty()) {
                return known;
            }
            if (Modifier.isStatic(invoked.getModifiers()) || Modifier.isPrivate(invoked.getModifiers())) {
                return null;
            }
            for (Map.Entry<Method, GuardedMethod> entry : methods.entrySet()) {
                Method method = entry.getKey();
                if (method.getName().equals(invoked.getName())
                        && method.getParameterCount() == invoked.getParameterCount()
                        && Arrays.equals(method.getParameterTypes(), invoked.getParameterTypes())) {
                    return entry.getValue();
                }
            }
            return null;
        }
    }

    /**
     * Scans for a JDK proxy.
     *
     * @param type   the interface through which the object will be called
     * @param target the object's class
     * @return methods and problems
     */
    public Scan scanInterface(Class<?> type, Class<?> target) {
        Problems problems = new Problems();
        Reach.OfInterface reach = new Reach.OfInterface(type, target, problems);
        return reach.isPossible()
                ? new ClassScan(target, reach, unsupported, returnTypes, problems).scan()
                : failed(problems);
    }

    /**
     * Scans for a proxy that extends the class, or implements all its interfaces.
     *
     * @param target    the class behind the proxy
     * @param ofProxies how methods may give their outcome later that these proxies alone understand
     * @return methods and problems
     */
    public Scan scanClass(Class<?> target, AsyncReturnType... ofProxies) {
        Problems problems = new Problems();
        Reach reach = new Reach.OfClass(target, problems);
        return new ClassScan(target, reach, unsupported, joined(returnTypes, List.of(ofProxies)), problems).scan();
    }

    private static Scan failed(Problems problems) {
        return new Scan(Map.of(), problems.toList());
    }

    /**
     * Whether a class or anything above it carries the annotation at all, enforceable or not. A class that cannot be read does,
     * so that its scan says why.
     *
     * @param target the class
     * @return false where a scan would find nothing
     */
    public static boolean mentions(Class<?> target) {
        try {
            for (Hierarchy.Level level : Hierarchy.of(target).levels()) {
                if (mentionsItself(level.type())) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException | LinkageError unreadable) {
            return true;
        }
    }

    private static boolean mentionsItself(Class<?> type) {
        if (type.getClassLoader() == null) {
            return false;
        }
        if (!Annotations.on(type).isEmpty()) {
            return true;
        }
        for (Method method : type.getDeclaredMethods()) {
            if (!Annotations.on(method).isEmpty()) {
                return true;
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (!Annotations.on(constructor).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
