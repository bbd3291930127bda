package io.jitapproval.core.intercept;

import io.jitapproval.spi.AsyncCall;
import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Methods that return a stage: the call starts at once, and a refusal fails the stage. */
public final class Stages implements AsyncReturnType {

    @Override
    public Optional<Bridge> forMethod(Method method, Class<?> returnType) {
        return returnType == CompletionStage.class || returnType == CompletableFuture.class
                ? Optional.of(Stages::answered)
                : Optional.empty();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // not ignored: it is what the method returns
    private static Object answered(Invocation invocation) {
        return answer(invocation);
    }

    /**
     * Makes one call and starts it.
     *
     * @param invocation what to call
     * @param <T>        what the action's stage completes with
     * @return completes as that stage does, or fails with the refusal
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback ends in the call
    public static <T extends @Nullable Object> CompletableFuture<T> answer(Invocation invocation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        AsyncCall call = invocation.call(new Following<>(result));
        call.start();
        if (!result.isDone()) {
            // Whoever completes the result before the action begins gives it up.
            result.whenComplete((value, failure) -> call.abandon());
        }
        return result;
    }

    private record Following<T extends @Nullable Object>(CompletableFuture<T> result) implements AsyncCall.Listener {

        @Override
        @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"
        }) // the method's type; the callback ends in the result
        public void started(AsyncCall call, Object returned) {
            ((CompletionStage<T>) returned).whenComplete((value, failure) -> {
                if (failure == null) {
                    call.succeeded();
                    result.complete(value);
                } else {
                    call.failed(unwrapped(failure));
                    result.completeExceptionally(failure);
                }
            });
        }

        @Override
        public void failed(Throwable failure) {
            result.completeExceptionally(failure);
        }

        private static Throwable unwrapped(Throwable failure) {
            return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failure;
        }
    }
}
