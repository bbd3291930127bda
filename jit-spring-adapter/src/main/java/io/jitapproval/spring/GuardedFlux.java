package io.jitapproval.spring;

import io.jitapproval.spi.AsyncReturnType.Invocation;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Many values, behind the guard.
 *
 * @param <T> the values
 */
final class GuardedFlux<T> extends Flux<T> {

    private final Invocation invocation;
    private final Function<Object, Publisher<T>> source;

    /** With what makes a publisher of what the method returns. */
    GuardedFlux(Invocation invocation, Function<Object, Publisher<T>> source) {
        this.invocation = invocation;
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        GuardedSubscription.start(invocation, new GuardedSubscription<>(actual, source, false));
    }
}
