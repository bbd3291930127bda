package io.jitapproval.walls.shapes;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One way in which an annotation and the method that is called may be related. Runs through any kind of proxy: make the target,
 * put the proxy in front, call. When the target's action runs it {@linkplain Runs#mark() marks} that.
 *
 * @param name             what it is, and the CVE that it comes from
 * @param type             the interface through which it is called
 * @param target           makes a fresh target
 * @param call             calls the one method that the shape is about
 * @param throughInterface what a JDK proxy of the interface has to do
 * @param throughClass     what a proxy that extends the target's class has to do
 */
public record Shape<T>(
        String name,
        Class<T> type,
        Supplier<? extends T> target,
        Consumer<T> call,
        Expected throughInterface,
        Expected throughClass) {

    /** The action of every guarded shape. */
    public static final String ACTION = "shape.run";

    /** What has to happen. */
    public sealed interface Expected permits Guarded, Open, Refused {}

    /** The call goes through the guard, as {@link #ACTION}. */
    public record Guarded() implements Expected {}

    /** No annotation counts for the method. */
    public record Open() implements Expected {}

    /**
     * The start fails.
     *
     * @param code with this problem
     */
    public record Refused(String code) implements Expected {}

    static <T> Shape<T> guarded(String name, Class<T> type, Supplier<? extends T> target, Consumer<T> call) {
        return new Shape<>(name, type, target, call, new Guarded(), new Guarded());
    }

    /** Guarded by a JDK proxy; the target's class is final, so no other proxy may pretend to. */
    static <T> Shape<T> guardedUnlessClass(String name, Class<T> type, Supplier<? extends T> target, Consumer<T> call) {
        return new Shape<>(name, type, target, call, new Guarded(), new Refused("JIT-A004"));
    }

    static <T> Shape<T> open(String name, Class<T> type, Supplier<? extends T> target, Consumer<T> call) {
        return new Shape<>(name, type, target, call, new Open(), new Open());
    }

    static <T> Shape<T> refused(
            String code, String name, Class<T> type, Supplier<? extends T> target, Consumer<T> call) {
        return new Shape<>(name, type, target, call, new Refused(code), new Refused(code));
    }

    Shape<T> throughClass(Expected expected) {
        return new Shape<>(name, type, target, call, throughInterface, expected);
    }

    Shape<T> throughInterface(Expected expected) {
        return new Shape<>(name, type, target, call, expected, throughClass);
    }

    /** The table. */
    public static List<Shape<?>> all() {
        return Stream.of(
                        PlainShapes.all(),
                        GenericShapes.all(),
                        TypeLevelShapes.all(),
                        MetaShapes.all(),
                        KindShapes.all(),
                        RefusedShapes.all())
                .<Shape<?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
