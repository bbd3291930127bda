package io.jitapproval.walls.shapes;

import static io.jitapproval.walls.shapes.Shape.ACTION;
import static io.jitapproval.walls.shapes.Shape.guarded;
import static io.jitapproval.walls.shapes.Shape.open;

import io.jitapproval.RequiresJitApproval;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Overriding and implementing through generic super-types. */
final class GenericShapes {

    private GenericShapes() {}

    interface Unbounded<T> {
        @RequiresJitApproval(action = ACTION)
        void run(T order);
    }

    interface Bounded<T extends Number> {
        @RequiresJitApproval(action = ACTION)
        void run(T order);
    }

    static class OfUnbounded implements Unbounded<String> {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OfBounded implements Bounded<Integer> {
        @Override
        public void run(Integer order) {
            Runs.mark();
        }
    }

    interface Specific extends Unbounded<String> {
        @Override
        void run(String order);
    }

    static class OfSpecific implements Specific {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface Binding extends Unbounded<String> {}

    static class OfBinding implements Binding {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    abstract static class Base<T> {
        @RequiresJitApproval(action = ACTION)
        public void run(T order) {
            throw new AssertionError();
        }
    }

    abstract static class BoundedBase<T extends Number> {
        @RequiresJitApproval(action = ACTION)
        public abstract void run(T order);
    }

    interface RunString {
        void run(String order);
    }

    interface RunInteger {
        void run(Integer order);
    }

    static class OfBase extends Base<String> implements RunString {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OfBoundedBase extends BoundedBase<Integer> implements RunInteger {
        @Override
        public void run(Integer order) {
            Runs.mark();
        }
    }

    abstract static class Second<A, B> extends Base<B> {}

    abstract static class Third<X> extends Second<Integer, X> {}

    static class MultiLevel extends Third<String> implements RunString {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    abstract static class Narrowing<N extends Number> extends Base<N> {}

    static class OfNarrowing extends Narrowing<Integer> implements RunInteger {
        @Override
        public void run(Integer order) {
            Runs.mark();
        }
    }

    abstract static class Between<T> extends Base<T> {
        @Override
        public void run(T order) {
            throw new AssertionError();
        }
    }

    static class OfBetween extends Between<String> implements RunString {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    /** What is raw is raw on purpose. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    static class Raw implements Unbounded {
        @Override
        public void run(Object order) {
            Runs.mark();
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    static class RawBounded extends BoundedBase implements RunNumber {
        @Override
        public void run(Number order) {
            Runs.mark();
        }
    }

    interface RunNumber {
        void run(Number order);
    }

    @SuppressWarnings("rawtypes")
    abstract static class RawBetween extends Base {}

    @SuppressWarnings("unchecked")
    static class OfRawBetween extends RawBetween implements RunObject {
        @Override
        public void run(Object order) {
            Runs.mark();
        }
    }

    interface RunObject {
        void run(Object order);
    }

    static class StillGeneric<T> implements Unbounded<T> {
        @Override
        public void run(T order) {
            Runs.mark();
        }
    }

    static class StillBounded<T extends CharSequence> implements Unbounded<T> {
        @Override
        public void run(T order) {
            Runs.mark();
        }
    }

    /** Its method fits the interface by what another class makes of the variable. */
    static class Stranger {
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Adopted extends Stranger implements Unbounded<String> {}

    static class GenericStranger<T> {
        @RequiresJitApproval(action = ACTION)
        public void run(T order) {
            Runs.mark();
        }
    }

    static class AdoptedGeneric extends GenericStranger<String> implements RunString {}

    interface OwnVariable {
        @RequiresJitApproval(action = ACTION)
        <S extends CharSequence> void run(S order);
    }

    static class OfOwnVariable implements OwnVariable {
        @Override
        public <S extends CharSequence> void run(S order) {
            Runs.mark();
        }
    }

    interface BoundByOther<T> {
        @RequiresJitApproval(action = ACTION)
        <S extends T> void run(S order);
    }

    static class OfBoundByOther implements BoundByOther<String> {
        @Override
        public <S extends String> void run(S order) {
            Runs.mark();
        }
    }

    interface Arrays<T> {
        @RequiresJitApproval(action = ACTION)
        void run(T[] orders);
    }

    static class OfArrays implements Arrays<String> {
        @Override
        public void run(String[] orders) {
            Runs.mark();
        }
    }

    interface Nested<T> {
        @RequiresJitApproval(action = ACTION)
        void run(Map<String, List<T>> orders);
    }

    static class OfNested implements Nested<String> {
        @Override
        public void run(Map<String, List<String>> orders) {
            Runs.mark();
        }
    }

    interface Result<R> {
        @RequiresJitApproval(action = ACTION)
        R run();
    }

    static class OfResult implements Result<String> {
        @Override
        public String run() {
            Runs.mark();
            return "";
        }
    }

    interface Two<A, B> {
        @RequiresJitApproval(action = ACTION)
        void run(A one, B other);
    }

    abstract static class Swapped<A, B> implements Two<B, A> {}

    static class OfSwapped extends Swapped<Integer, String> {
        @Override
        public void run(String one, Integer other) {
            Runs.mark();
        }
    }

    interface Recursive<T extends Recursive<T>> {
        @RequiresJitApproval(action = ACTION)
        void run(List<T> others);
    }

    static class OfRecursive implements Recursive<OfRecursive> {
        @Override
        public void run(List<OfRecursive> others) {
            Runs.mark();
        }
    }

    static class OverloadBeside implements Unbounded<String> {
        @Override
        public void run(String order) {
            throw new AssertionError();
        }

        public void run(Integer order) {
            Runs.mark();
        }
    }

    static class OpenOverload extends OverloadBeside implements RunInteger {}

    static class OfPlatform implements Callable<String> {
        @Override
        @RequiresJitApproval(action = ACTION)
        public String call() {
            Runs.mark();
            return "";
        }
    }

    static class Outer<T> {
        @SuppressWarnings("ClassCanBeStatic") // an inner class is the point
        class Inner implements Unbounded<T> {
            @Override
            public void run(T order) {
                throw new AssertionError();
            }
        }
    }

    static class OfInner extends Outer<String>.Inner implements RunString {
        OfInner(Outer<String> outer) {
            outer.super();
        }

        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @SuppressWarnings("unchecked")
    static List<Shape<?>> all() {
        return List.of(
                guarded("CVE-2025-22223: unbounded interface", Unbounded.class, OfUnbounded::new, run -> run.run("1")),
                guarded("CVE-2025-22223: bounded interface", Bounded.class, OfBounded::new, run -> run.run(1)),
                guarded("CVE-2025-22223: bounded super-class", RunInteger.class, OfBoundedBase::new, run -> run.run(1)),
                guarded(
                        "CVE-2025-22223: method's own variable",
                        OwnVariable.class,
                        OfOwnVariable::new,
                        x -> x.run("1")),
                guarded("CVE-2025-41248: unbounded super-class", RunString.class, OfBase::new, run -> run.run("1")),
                guarded(
                        "CVE-2025-41248: three levels, variables swapped",
                        RunString.class,
                        MultiLevel::new,
                        x -> x.run("1")),
                guarded(
                        "CVE-2025-41249: bound added on the way",
                        RunInteger.class,
                        OfNarrowing::new,
                        run -> run.run(1)),
                guarded("CVE-2025-41249: overridden on the way", RunString.class, OfBetween::new, run -> run.run("1")),
                guarded("more specific interface", Specific.class, OfSpecific::new, run -> run.run("1")),
                guarded(
                        "more specific interface, by its bridge",
                        Unbounded.class,
                        OfSpecific::new,
                        run -> run.run("1")),
                guarded("interface that only binds", Binding.class, OfBinding::new, run -> run.run("1")),
                guarded(
                        "lambda of an interface that only binds",
                        Binding.class,
                        () -> order -> Runs.mark(),
                        x -> x.run("1")),
                guarded("raw interface", Unbounded.class, Raw::new, run -> run.run("1")),
                guarded("raw bounded super-class", RunNumber.class, RawBounded::new, run -> run.run(1)),
                guarded("raw super-class between", RunObject.class, OfRawBetween::new, run -> run.run("1")),
                guarded("variable left open", Unbounded.class, StillGeneric::new, run -> run.run("1")),
                guarded("variable left open, bounded", Unbounded.class, StillBounded::new, run -> run.run("1")),
                guarded(
                        "generic interface implemented by a stranger",
                        Unbounded.class,
                        Adopted::new,
                        run -> run.run("1")),
                guarded("on a generic stranger", RunString.class, AdoptedGeneric::new, run -> run.run("1")),
                guarded("variable bound by a variable", BoundByOther.class, OfBoundByOther::new, run -> run.run("1")),
                guarded("array of a variable", Arrays.class, OfArrays::new, run -> run.run(new String[] {"1"})),
                guarded("variable inside other types", Nested.class, OfNested::new, run -> run.run(Map.of())),
                guarded("variable as result", Result.class, OfResult::new, run -> run.run()),
                guarded("variables swapped", Two.class, OfSwapped::new, run -> run.run("1", 2)),
                guarded("variable bound by itself", Recursive.class, OfRecursive::new, run -> run.run(List.of())),
                open("overload that only looks alike", RunInteger.class, OpenOverload::new, run -> run.run(1)),
                guarded("interface of the JDK", Callable.class, OfPlatform::new, GenericShapes::call),
                guarded(
                        "inner class of a generic one",
                        RunString.class,
                        () -> new OfInner(new Outer<>()),
                        x -> x.run("1")));
    }

    private static void call(Callable<?> callable) {
        try {
            callable.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
