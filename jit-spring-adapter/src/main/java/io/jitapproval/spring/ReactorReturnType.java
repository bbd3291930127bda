package io.jitapproval.spring;

import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Method;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code Mono} and {@code Flux}, and {@code Publisher} as a {@code Flux}. Subject and arguments are captured when the method is called;
 * each subscription is a call of its own.
 */
final class ReactorReturnType implements AsyncReturnType {

    @Override
    public Optional<Bridge> forMethod(Method method, Class<?> returnType) {
        if (returnType == Mono.class) {
            return Optional.of(invocation -> new GuardedMono<>(invocation, ReactorReturnType::publisher));
        }
        return Publisher.class.isAssignableFrom(returnType) && returnType.isAssignableFrom(Flux.class)
                ? Optional.of(invocation -> new GuardedFlux<>(invocation, ReactorReturnType::publisher))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked") // what the method returns
    static <T> Publisher<T> publisher(Object returned) {
        return (Publisher<T>) returned;
    }
}
