package io.jitapproval.core.intercept;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JDK proxies in front of plain objects. */
public final class InterfaceProxies {

    private InterfaceProxies() {}

    /**
     * Puts a proxy in front of an object. Guarded methods go through the guard, all others straight to the object; what the
     * object throws arrives as it was thrown. The proxy equals itself only.
     *
     * @param type   the interface
     * @param target the object
     * @param scan   the {@linkplain AnnotationScanner#scanInterface scan} of both
     * @param guard  decides
     * @param <T>    the interface
     * @return the proxy
     * @throws JitConfigurationException if the scan has problems
     */
    public static <T> T protect(Class<T> type, T target, Scan scan, MethodCallGuard guard) {
        if (!scan.problems().isEmpty()) {
            throw new JitConfigurationException(scan.problems());
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new Handler(target, calls(type, target, scan, guard))));
    }

    /** The proxy of a type may be asked for any method of its super-types, bridges too. */
    private static Map<Method, Proceed> calls(Class<?> type, Object target, Scan scan, MethodCallGuard guard) {
        Map<Method, Proceed> calls = new HashMap<>();
        for (MethodGroup group : Hierarchy.of(type).groups()) {
            for (MethodGroup.Member member : group.members()) {
                Method method = member.method();
                Proceed direct = direct(method, target);
                GuardedMethod guarded = scan.find(method);
                calls.put(method, guarded == null ? direct : args -> guard.invoke(guarded, args, direct));
            }
        }
        return calls;
    }

    private static Proceed direct(Method method, Object target) {
        MethodHandle handle;
        try {
            method.trySetAccessible();
            handle = MethodHandles.lookup()
                    .unreflect(method)
                    .bindTo(target)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "the scan found " + Problems.where(method) + " accessible, but it is not", e);
        }
        return args -> (Object) handle.invokeExact(args);
    }

    private record Handler(Object target, Map<Method, Proceed> calls) implements InvocationHandler {

        private static final @Nullable Object[] NONE = {};

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            Proceed call = calls.get(method);
            if (call != null) {
                return call.proceed(args == null ? NONE : args);
            }
            return switch (method.getName()) {
                case "equals" -> args != null && proxy == args[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> target.toString();
                default -> throw new IllegalStateException("unknown method " + Problems.where(method));
            };
        }
    }
}
