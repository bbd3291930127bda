package io.jitapproval.spring;

import static java.util.Objects.requireNonNull;

import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType.Invocation;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One subscription, which is one call: it waits for the guard, then subscribes to the action, and ends the use before it passes
 * on how the action ended.
 *
 * @param <T> the values
 */
final class GuardedSubscription<T> extends Operators.DeferredSubscription
        implements CoreSubscriber<T>, AsyncCall.Listener {

    private final CoreSubscriber<? super T> actual;
    private final Function<Object, Publisher<T>> source;
    private final boolean single;
    private @Nullable AsyncCall call;

    GuardedSubscription(CoreSubscriber<? super T> actual, Function<Object, Publisher<T>> source, boolean single) {
        this.actual = actual;
        this.source = source;
        this.single = single;
    }

    /** Starts the call of a subscription, elsewhere if this thread must not block: a store, a sink, an attribute may. */
    static void start(Invocation invocation, GuardedSubscription<?> subscription) {
        AsyncCall call = invocation.call(subscription);
        subscription.call = call;
        subscription.actual.onSubscribe(subscription);
        if (!Schedulers.isInNonBlockingThread()) {
            call.start();
            return;
        }
        try {
            Schedulers.boundedElastic().schedule(call::start);
        } catch (RejectedExecutionException noThread) {
            call.abandon();
            subscription.actual.onError(noThread);
        }
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void started(AsyncCall running, Object returned) {
        source.apply(returned).subscribe(this);
    }

    @Override
    public void failed(Throwable failure) {
        actual.onError(failure);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        set(subscription);
    }

    @Override
    public void onNext(T value) {
        if (single) {
            call().succeeded();
        }
        actual.onNext(value);
    }

    @Override
    public void onError(Throwable failure) {
        call().failed(failure);
        actual.onError(failure);
    }

    @Override
    public void onComplete() {
        call().succeeded();
        actual.onComplete();
    }

    @Override
    public void cancel() {
        boolean over = call().abandon();
        super.cancel();
        if (!over) {
            call().cancelled();
        }
    }

    private AsyncCall call() {
        return requireNonNull(call, "call");
    }
}
