package io.jitapproval.spring;

import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/**
 * Kotlin's suspend functions, as Spring's proxies see them: advice gets and gives a {@code Mono}, and the proxy makes a
 * coroutine of it again. Other proxies do not, so only beans have it.
 */
final class SuspendReturnType implements AsyncReturnType {

    private static final AsyncReturnType[] NONE = {};

    private SuspendReturnType() {}

    /** What Spring's proxies understand: suspend functions where Spring itself finds what it needs for them. */
    static AsyncReturnType[] ofProxies() {
        return KotlinDetector.isKotlinReflectPresent()
                        && ClassUtils.isPresent(
                                "kotlinx.coroutines.reactor.MonoKt", SuspendReturnType.class.getClassLoader())
                ? new AsyncReturnType[] {new SuspendReturnType()}
                : NONE;
    }

    @Override
    public Optional<Bridge> forMethod(Method method, Class<?> returnType) {
        return KotlinDetector.isSuspendingFunction(method) ? Optional.of(new Suspending()) : Optional.empty();
    }

    private static final class Suspending implements Bridge {

        @Override
        public boolean outcomeGoesToLastParameter() {
            return true;
        }

        @Override
        public Object answer(Invocation invocation) {
            return new GuardedMono<>(invocation, ReactorReturnType::publisher);
        }
    }
}
