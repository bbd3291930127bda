package io.jitapproval.spi;

/**
 * Teaches the guard to freeze arguments of a type that it does not know: an entity, a money class, a command object.
 * Without one, a mutable type that the guard does not know is refused at start.
 *
 * <p><b>Threads:</b> must be thread-safe. <b>Blocking:</b> must not block. <b>Throwing:</b> anything thrown denies the call.
 * <b>Twice:</b> both methods may be called several times for one call, and must be pure.
 *
 * @param <T> the type
 */
public interface ArgumentCodec<T> {

    /** {@return the exact class that this codec is for} */
    Class<T> type();

    /**
     * A copy that nobody else can change; the action receives it. An immutable value may be returned as it is.
     *
     * @param value the value
     * @return the copy
     */
    T copy(T value);

    /**
     * Everything that matters of the value, as a value that the guard knows: text, number, boolean, time, list, map or
     * record. Two values that differ in what the action does must differ here: this is what is shown, bound and compared.
     *
     * @param value the value
     * @return its content
     */
    Object toPlain(T value);
}
