package io.jitapproval.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** What stands in front of a bean. */
final class Proxies {

    private Proxies() {}

    /** The class whose annotations count. */
    static Class<?> type(Object bean) {
        return ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
    }

    /** The proxy that has the guard's advice: the bean itself, or one within; null if there is none. */
    static @Nullable Advised guarding(Object bean) {
        Object candidate = bean;
        while (candidate instanceof Advised advised) {
            for (Advisor advisor : advised.getAdvisors()) {
                if (advisor instanceof JitAdvisor) {
                    return advised;
                }
            }
            candidate = AopProxyUtils.getSingletonTarget(advised);
        }
        return null;
    }

    /** Beans that run no action of their own: scoped proxies, whose target is a bean again, and the mocks of a test. */
    static boolean harmless(Object bean) {
        return bean instanceof ScopedObject || isMock(bean);
    }

    private static boolean isMock(Object bean) {
        ClassLoader loader = bean.getClass().getClassLoader();
        if (!ClassUtils.isPresent("org.mockito.Mockito", loader)) {
            return false;
        }
        Class<?> mockito = ClassUtils.resolveClassName("org.mockito.Mockito", loader);
        Class<?> details = ClassUtils.resolveClassName("org.mockito.MockingDetails", loader);
        Object found = call(ClassUtils.getMethod(mockito, "mockingDetails", Object.class), null, bean);
        return found != null
                && Boolean.TRUE.equals(call(ClassUtils.getMethod(details, "isMock"), found))
                && Boolean.FALSE.equals(call(ClassUtils.getMethod(details, "isSpy"), found));
    }

    private static @Nullable Object call(Method method, @Nullable Object target, Object... args) {
        return ReflectionUtils.invokeMethod(method, target, args);
    }
}
