package io.jitapproval.core.intercept;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JDK proxies in front of plain objects. */
public final class InterfaceProxies {

    private InterfaceProxies() {}

    /** A method on a proxy. */
    private interface Call {
        @Nullable
        Object on(Object proxy, @Nullable Object[] args) throws Throwable;
    }

    /**
     * Puts a proxy in front of an object. Guarded methods go through the guard, all others straight to the object; what the
     * object throws arrives as it was thrown. The proxy equals itself only.
     *
     * <p>Default methods that the object inherits from the interface run on the proxy, guarded or not, so that the guard sees
     * what they call.
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
    private static Map<Method, Call> calls(Class<?> type, Object target, Scan scan, MethodCallGuard guard) {
        Map<Method, Call> calls = new HashMap<>();
        for (MethodGroup group : Hierarchy.of(type).groups()) {
            for (MethodGroup.Member member : group.members()) {
                Method method = member.method();
                GuardedMethod guarded = scan.find(method);
                Method inherited = inherited(method, type, target.getClass());
                if (guarded != null && inherited != null && inherited.isBridge()) {
                    // on the proxy it would come back through the guard: once is enough
                    inherited = inherited(group.implementation().method(), type, target.getClass());
                }
                Call direct = inherited == null ? direct(method, target) : onProxy(inherited);
                calls.put(
                        method,
                        guarded == null
                                ? direct
                                : (proxy, args) -> guard.invoke(guarded, args, given -> direct.on(proxy, given)));
            }
        }
        return calls;
    }

    /**
     * The default method that a call runs, where a proxy of the interface has it too.
     *
     * @return null where the code is of the target's class, or of an interface that the proxy does not have
     */
    private static @Nullable Method inherited(Method method, Class<?> type, Class<?> target) {
        try {
            Method runs = target.getMethod(method.getName(), method.getParameterTypes());
            return runs.isDefault() && runs.getDeclaringClass().isAssignableFrom(type) && runs.trySetAccessible()
                    ? runs
                    : null;
        } catch (NoSuchMethodException notPublic) {
            return null;
        }
    }

    private static Call onProxy(Method inherited) {
        Class<?> type = inherited.getDeclaringClass();
        if (Modifier.isPublic(type.getModifiers())) {
            return (proxy, args) -> InvocationHandler.invokeDefault(proxy, inherited, args);
        }
        // invokeDefault does not heed that the method was made accessible, which here means that its package is open
        try {
            InterfaceProxies.class.getModule().addReads(type.getModule());
            MethodHandle handle = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .unreflectSpecial(inherited, type)
                    .asFixedArity()
                    .asSpreader(Object[].class, inherited.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
            return (proxy, args) -> (Object) handle.invokeExact(proxy, args);
        } catch (IllegalAccessException e) {
            throw inaccessible(inherited, e);
        }
    }

    private static Call direct(Method method, Object target) {
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
            throw inaccessible(method, e);
        }
        return (proxy, args) -> (Object) handle.invokeExact(args);
    }

    private static IllegalStateException inaccessible(Method method, IllegalAccessException cause) {
        return new IllegalStateException(
                "the scan found " + Problems.where(method) + " accessible, but it is not", cause);
    }

    private record Handler(Object target, Map<Method, Call> calls) implements InvocationHandler {

        private static final @Nullable Object[] NONE = {};

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            Call call = calls.get(method);
            if (call != null) {
                return call.on(proxy, args == null ? NONE : args);
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
