package io.jitapproval.spring;

import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

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

    /** Begins to run the function on this thread, as a call of it does, and not when somebody subscribes. */
    static Object begun(Object returned) {
        return returned instanceof Publisher<?> publisher ? Mono.from(publisher).toFuture() : returned;
    }

    private static final class Suspending implements Bridge {

        @Override
        public boolean outcomeGoesToLastParameter() {
            return true;
        }

        @Override
        public Object answer(Invocation invocation) {
            return new GuardedMono<>(invocation, Suspending::outcome);
        }

        @SuppressWarnings("unchecked") // of whatever the function returns
        private static Publisher<Object> outcome(Object begun) {
            return begun instanceof CompletableFuture<?> future
                    ? Mono.fromFuture((CompletableFuture<Object>) future)
                    : Mono.just(begun);
        }
    }
}
