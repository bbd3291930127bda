package io.jitapproval.spring;

import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.MethodGuard.Inspected;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.MethodMatcher;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Puts the guard in front of beans whose class mentions the annotation. The pointcut takes every method of such a class and the
 * guard itself says at the call which are guarded: so proxies can be made before the guard exists, which may depend on
 * the very bean, and one reading of the annotations serves all.
 */
final class JitAdvisor implements PointcutAdvisor, Pointcut, Ordered {

    private final Inspections inspections;
    private final MethodInterceptor advice;
    private final int order;

    JitAdvisor(Inspections inspections, int order) {
        this.inspections = inspections;
        this.advice = new GuardInterceptor(inspections);
        this.order = order;
    }

    /** Everything is there: the guard can be fetched. */
    void started() {
        inspections.guard();
    }

    @Override
    public Pointcut getPointcut() {
        return this;
    }

    @Override
    public ClassFilter getClassFilter() {
        return Mentions::in;
    }

    @Override
    public MethodMatcher getMethodMatcher() {
        return MethodMatcher.TRUE;
    }

    @Override
    public Advice getAdvice() {
        return advice;
    }

    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public String toString() {
        return "the guard of @RequiresJitApproval";
    }

    private record GuardInterceptor(Inspections inspections) implements MethodInterceptor {

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Inspected inspected = inspections.of(targetClass(invocation));
            @Nullable Object[] given = invocation.getArguments();
            MethodGuard.Proceed proceed = args ->
                    args == given ? invocation.proceed() : proceed((ProxyMethodInvocation) invocation, args, inspected);
            return inspected.invoke(invocation.getMethod(), given, proceed);
        }

        private static @Nullable Object proceed(
                ProxyMethodInvocation call, @Nullable Object[] frozen, Inspected inspected) throws Throwable {
            if (!inspected.answersLater(call.getMethod())) {
                call.setArguments(frozen);
                return call.proceed();
            }
            // May run later, on another thread and several times, when the advice before this one is long done with the
            // invocation.
            return call.invocableClone(frozen).proceed();
        }

        private static Class<?> targetClass(MethodInvocation invocation) {
            Object target = invocation.getThis();
            return target == null
                    ? invocation.getMethod().getDeclaringClass()
                    : ClassUtils.getUserClass(AopUtils.getTargetClass(target));
        }
    }
}
