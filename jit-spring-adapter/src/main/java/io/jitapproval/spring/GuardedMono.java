package io.jitapproval.spring;

import io.jitapproval.spi.AsyncReturnType.Invocation;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * At most one value, behind the guard. Its use ends with that value: many who take one value cancel then.
 *
 * @param <T> the value
 */
final class GuardedMono<T> extends Mono<T> {

    private final Invocation invocation;
    private final Function<Object, Publisher<T>> source;

    /** With what makes a publisher of what the method returns. */
    GuardedMono(Invocation invocation, Function<Object, Publisher<T>> source) {
        this.invocation = invocation;
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        GuardedSubscription.start(invocation, new GuardedSubscription<>(actual, source, true));
    }
}
