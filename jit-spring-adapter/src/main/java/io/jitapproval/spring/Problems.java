package io.jitapproval.spring;

import io.jitapproval.ConfigurationProblem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/** What this module can find wrong, with its codes. */
final class Problems {

    static final String NO_POLICY = "JIT-S001";
    static final String BAD_POLICY = "JIT-S002";
    static final String BAD_PROPERTY = "JIT-S003";
    static final String SET_TWICE = "JIT-S004";
    static final String SEVERAL_BEANS = "JIT-S005";
    static final String NO_GUARD = "JIT-S006";
    static final String NOT_PROXIED = "JIT-S007";
    static final String OUT_OF_REACH = "JIT-S008";
    static final String WRONG_ORDER = "JIT-S009";

    private Problems() {}

    static ConfigurationProblem noGuard(String bean, Class<?> type) {
        return new ConfigurationProblem(
                NO_GUARD,
                bean(bean, type),
                "carries @RequiresJitApproval, but there is no guard in this application context:"
                        + " JitAutoConfiguration was excluded or is not part of this test slice."
                        + " Bring it back, in a slice with @ImportAutoConfiguration(JitAutoConfiguration.class)");
    }

    static ConfigurationProblem notProxied(String bean, Class<?> type) {
        return new ConfigurationProblem(
                NOT_PROXIED,
                bean(bean, type),
                "carries @RequiresJitApproval, but its calls do not go through the guard: the bean has no proxy."
                        + " It was created too early (as a dependency of a BeanPostProcessor or of an Advisor),"
                        + " was registered as a ready-made object, or is left out of proxying."
                        + " Let Spring create it later, or guard the call with JitGuard.attempt(...) or JitGuard.protect(...)");
    }

    static ConfigurationProblem outOfReach(String bean, Class<?> type, String method) {
        return new ConfigurationProblem(
                OUT_OF_REACH,
                bean(bean, type),
                method
                        + " carries @RequiresJitApproval, but is in none of the interfaces of the bean's proxy, so no call can reach"
                        + " it through the guard. Declare it in an interface, or proxy classes:"
                        + " spring.aop.proxy-target-class=true");
    }

    static ConfigurationProblem answersFirst(String bean, Class<?> type, String method, String advice) {
        return new ConfigurationProblem(
                WRONG_ORDER,
                bean(bean, type),
                method + " is guarded, but " + advice
                        + " comes before the guard: it would answer the call, or hand it to another"
                        + " thread, before the guard has seen it. Give that advice a later order than jit.advice-order, or"
                        + " put its annotation on a method of another bean, behind the guarded one");
    }

    static ConfigurationProblem asksFirst(String bean, Class<?> type, String method, String advice, int order) {
        return new ConfigurationProblem(
                WRONG_ORDER,
                bean(bean, type),
                method + " is guarded, but " + advice
                        + " comes after the guard: people would be asked about calls that their"
                        + " caller may not make anyway. Raise jit.advice-order, now " + order
                        + ", by the offset of @EnableMethodSecurity");
    }

    static ConfigurationProblem several(Class<?> type, List<String> beans) {
        return new ConfigurationProblem(
                SEVERAL_BEANS,
                type.getSimpleName(),
                "there are several beans of this type, and the guard takes one: " + String.join(", ", beans)
                        + ". Keep one, or mark it @Primary");
    }

    static ConfigurationProblem setTwice(String property, Class<?> type) {
        return new ConfigurationProblem(
                SET_TWICE,
                property,
                "is set, but there is also a bean of the type " + type.getSimpleName()
                        + ", and only one of them can hold. Remove one");
    }

    static ConfigurationProblem twoPolicies() {
        return new ConfigurationProblem(
                SET_TWICE,
                "jit.policy",
                "is not set, and there are both " + JitProperties.DEFAULT_POLICY + " and "
                        + JitProperties.OTHER_DEFAULT_POLICY
                        + ", of which only one can hold. Remove one, or set jit.policy");
    }

    static ConfigurationProblem property(String property, String what) {
        return new ConfigurationProblem(BAD_PROPERTY, property, what);
    }

    static String method(java.lang.reflect.Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(ClassUtils::getShortName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String bean(String bean, Class<?> type) {
        return "bean '" + bean + "' (" + type.getName() + ")";
    }
}
