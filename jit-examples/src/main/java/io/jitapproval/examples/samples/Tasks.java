package io.jitapproval.examples.samples;

import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Guards methods that return a {@link Task}. */
@SuppressWarnings("FutureReturnValueIgnored") // what the callbacks return is nobody's business
final class Tasks implements AsyncReturnType {

    @Override
    public Optional<Bridge> forMethod(Method method, Class<?> returnType) {
        return returnType == Task.class
                ? Optional.of(invocation -> (Task<Object>) () -> run(invocation))
                : Optional.empty();
    }

    private static CompletableFuture<Object> run(Invocation invocation) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        AsyncCall call = invocation.call(new AsyncCall.Listener() {
            @Override
            public void started(AsyncCall running, Object returned) {
                ((Task<?>) returned).run().whenComplete((value, failure) -> {
                    if (failure == null) {
                        running.succeeded();
                        result.complete(value);
                    } else {
                        running.failed(failure);
                        result.completeExceptionally(failure);
                    }
                });
            }

            @Override
            public void failed(Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((value, failure) -> call.abandon());
        call.start();
        return result;
    }
}
