package io.jitapproval.spring;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.core.MethodGuard.Inspected;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.aopalliance.aop.Advice;
import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Whether the guard of a proxy stands where it has to: before whatever answers a call, behind whatever refuses it. */
final class AdviceOrder {

    /** The role checks of Spring Security; deferred ones are known by the name of their bean only. */
    private static final Map<String, String> ROLE_CHECKS = Map.of(
            "preAuthorizeAuthorizationMethodInterceptor", "@PreAuthorize",
            "securedAuthorizationMethodInterceptor", "@Secured",
            "jsr250AuthorizationMethodInterceptor", "the check of @RolesAllowed");

    private final ConfigurableListableBeanFactory beans;

    AdviceOrder(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    void check(
            String bean, Class<?> type, Advised proxy, Inspected inspected, Consumer<ConfigurationProblem> problems) {
        List<Advisor> advisors = List.of(proxy.getAdvisors());
        int guard = advisors.indexOf(advisors.stream()
                .filter(JitAdvisor.class::isInstance)
                .findFirst()
                .orElseThrow());
        int order = ((JitAdvisor) advisors.get(guard)).getOrder();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
            if (method.isBridge() || !inspected.guards(method)) {
                continue;
            }
            String name = Problems.method(method);
            if (!reaches(proxy, method, inspected)) {
                problems.accept(Problems.outOfReach(bean, type, name));
            }
            for (Advisor advisor : advisors.subList(0, guard)) {
                String answers = answers(advisor.getAdvice());
                if (!answers.isEmpty() && matches(advisor, method, type)) {
                    problems.accept(Problems.answersFirst(bean, type, name, answers));
                }
            }
            for (Advisor advisor : advisors.subList(guard + 1, advisors.size())) {
                String check = roleCheck(advisor.getAdvice());
                if (!check.isEmpty() && matches(advisor, method, type)) {
                    problems.accept(Problems.asksFirst(bean, type, name, check, order));
                }
            }
        }
    }

    /** Generics make the method of the interface and that of the class look different: their guard is the same. */
    private static boolean reaches(Advised proxy, Method method, Inspected inspected) {
        boolean meant = Modifier.isPublic(method.getModifiers())
                || AnnotatedElementUtils.hasAnnotation(method, RequiresJitApproval.class);
        return !meant
                || !Proxy.isProxyClass(proxy.getClass())
                || Arrays.stream(proxy.getClass().getInterfaces())
                        .flatMap(type -> Arrays.stream(type.getMethods()))
                        .anyMatch(declared -> declared.getName().equals(method.getName())
                                && declared.getParameterCount() == method.getParameterCount()
                                && inspected.guards(declared));
    }

    private static String answers(Advice advice) {
        if (advice instanceof CacheInterceptor) {
            return "the cache of @Cacheable";
        }
        return advice instanceof AsyncExecutionInterceptor ? "@Async" : "";
    }

    private String roleCheck(Advice advice) {
        String found = ROLE_CHECKS.entrySet().stream()
                .filter(check ->
                        beans.containsSingleton(check.getKey()) && beans.getSingleton(check.getKey()) == advice)
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
        boolean before = found.isEmpty()
                && advice.getClass()
                        .getName()
                        .equals(
                                "org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor");
        return before ? "an authorization manager" : found;
    }

    private static boolean matches(Advisor advisor, Method method, Class<?> type) {
        return !(advisor instanceof PointcutAdvisor advice)
                || (advice.getPointcut().getClassFilter().matches(type)
                        && advice.getPointcut().getMethodMatcher().matches(method, type));
    }
}
