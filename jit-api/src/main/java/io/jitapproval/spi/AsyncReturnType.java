package io.jitapproval.spi;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Teaches the guard to answer methods that give their outcome later, by a type of their own: a {@code Mono}, a {@code Uni}, a
 * promise. Values, {@link java.util.concurrent.CompletionStage} and {@link java.util.concurrent.CompletableFuture} need none.
 * A method whose return type looks asynchronous and that no such object knows stops the start.
 *
 * <p>For eager types {@link Bridge#answer} makes one call and starts it. For lazy ones it makes and starts one for each
 * subscription: each is decided, uses a grant and is recorded for itself, while subject and arguments are those that were
 * captured when the method was called.
 */
public interface AsyncReturnType {

    /**
     * Whether and how calls of a method are answered. Asked when a class is inspected, once for each method; the first object that
     * knows the method wins.
     *
     * <p><b>Threads:</b> must be thread-safe. <b>Blocking:</b> must not block. <b>Throwing:</b> stops the start. <b>Twice:</b>
     * must give equal answers.
     *
     * @param method     the method, as callers reach it
     * @param returnType what it returns to them, type variables replaced as far as is known
     * @return how; empty if this is another type
     */
    Optional<Bridge> forMethod(Method method, Class<?> returnType);

    /** Answers the calls of one method. */
    @FunctionalInterface
    interface Bridge {

        /**
         * Whether the method's last parameter is where its outcome goes, as a continuation or a callback. Then it is no argument:
         * nobody is shown it, it is bound to nothing, and the method gets it as it came.
         *
         * @return by default false
         */
        default boolean outcomeGoesToLastParameter() {
            return false;
        }

        /**
         * What the caller of the method gets.
         *
         * <p><b>Threads:</b> the caller's. <b>Blocking:</b> should not block. <b>Throwing:</b> denies
         * the call. <b>Twice:</b> once for each call of the method.
         *
         * @param invocation subject and arguments, captured on this thread; if that failed, each of its calls fails
         * @return an instance of the method's return type, never null
         */
        Object answer(Invocation invocation);
    }

    /** One invocation of a method. Thread-safe. */
    @FunctionalInterface
    interface Invocation {

        /**
         * A call of its own, with copies of the captured arguments of its own.
         *
         * @param listener hears how it goes on
         * @return the call, not yet started
         */
        AsyncCall call(AsyncCall.Listener listener);
    }
}
