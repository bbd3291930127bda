package io.jitapproval.walls;

import java.io.IOException;
import java.io.Serial;
import java.util.function.Supplier;

/** Everything that code in a strange place can throw, whether it may or not. */
@SuppressWarnings("ImmutableEnumChecker") // the makers keep nothing
enum Blow {
    RUNTIME(() -> new IllegalStateException("injected")),
    CHECKED(() -> new IOException("injected")),
    INTERRUPTED(() -> new InterruptedException("injected")),
    ERROR(() -> new Error("injected")),
    STACK_OVERFLOW(() -> new StackOverflowError("injected")),
    OUT_OF_MEMORY(() -> new OutOfMemoryError("injected")),
    ASSERTION(() -> new AssertionError("injected")),
    NO_CLASS(() -> new NoClassDefFoundError("injected")),
    DEATH(Death::new);

    private final Supplier<Throwable> maker;

    Blow(Supplier<Throwable> maker) {
        this.maker = maker;
    }

    /** Throws it, declared or not. */
    RuntimeException strike() {
        throw Blow.<RuntimeException>sneaky(maker.get());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** As what {@code Thread.stop} once threw. */
    private static final class Death extends Error {

        @Serial
        private static final long serialVersionUID = 1L;
    }
}
