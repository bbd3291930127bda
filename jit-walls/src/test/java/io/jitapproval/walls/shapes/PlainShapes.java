package io.jitapproval.walls.shapes;

import static io.jitapproval.walls.shapes.Shape.ACTION;
import static io.jitapproval.walls.shapes.Shape.guarded;
import static io.jitapproval.walls.shapes.Shape.open;

import io.jitapproval.RequiresJitApproval;
import java.util.List;

/** Overriding and implementing without generics. */
final class PlainShapes {

    private PlainShapes() {}

    interface Run {
        void run(String order);
    }

    interface AnnotatedRun {
        @RequiresJitApproval(action = ACTION)
        void run(String order);
    }

    static class Own implements Run {
        @Override
        @RequiresJitApproval(action = ACTION)
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OfInterface implements AnnotatedRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Overriding extends Own {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OverridingTwice extends Overriding {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Inheriting extends Own {}

    interface Middle extends AnnotatedRun {}

    interface Redeclaring extends AnnotatedRun {
        @Override
        void run(String order);
    }

    static class OfMiddle implements Middle {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OfRedeclaring implements Redeclaring {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface Default {
        @RequiresJitApproval(action = ACTION)
        default void run(String order) {
            Runs.mark();
        }
    }

    static class OfDefault implements Default {}

    static class OverridingDefault implements Default {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface DefaultFor extends AnnotatedRun {
        @Override
        default void run(String order) {
            Runs.mark();
        }
    }

    static class OfDefaultFor implements DefaultFor {}

    /** Has the method, and knows nothing of the interface. */
    static class Stranger {
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Adopted extends Stranger implements AnnotatedRun {}

    static class AnnotatedStranger {
        @RequiresJitApproval(action = ACTION)
        public void run(String order) {
            Runs.mark();
        }
    }

    static class AdoptedAnnotated extends AnnotatedStranger implements Run {}

    abstract static class AbstractRun implements Run {
        @Override
        @RequiresJitApproval(action = ACTION)
        public abstract void run(String order);
    }

    static class OfAbstract extends AbstractRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    abstract static class SilentAbstract implements AnnotatedRun {}

    static class OfSilentAbstract extends SilentAbstract {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    abstract static class Template implements Run {
        @Override
        public void run(String order) {
            step(order);
        }

        protected abstract void step(String order);
    }

    static class OfTemplate extends Template implements AnnotatedRun {
        @Override
        protected void step(String order) {
            Runs.mark();
        }
    }

    interface Left extends AnnotatedRun {}

    interface Right extends AnnotatedRun {}

    static class Diamond implements Left, Right {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface LeftEqual {
        @RequiresJitApproval(action = ACTION)
        void run(String order);
    }

    static class Equal implements AnnotatedRun, LeftEqual {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    /** The other interface carries the annotation. */
    static class Sideways implements Run, AnnotatedRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    /** Public methods of a package-private class reach a public one by compiled bridges. */
    static class Hidden {
        @RequiresJitApproval(action = ACTION)
        public void run(String order) {
            Runs.mark();
        }
    }

    public static class Shown extends Hidden implements Run {}

    interface Overloads {
        void run(String order);

        @RequiresJitApproval(action = "shape.other")
        void run(Integer order);
    }

    static class Overloaded implements Overloads {
        @Override
        public void run(String order) {
            Runs.mark();
        }

        @Override
        public void run(Integer order) {
            throw new AssertionError();
        }
    }

    static class Widening implements AnnotatedRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }

        public void run(Object order) {
            throw new AssertionError();
        }
    }

    interface Wide {
        @RequiresJitApproval(action = ACTION)
        Object run(String order);
    }

    static class Covariant implements Wide {
        @Override
        public String run(String order) {
            Runs.mark();
            return order;
        }
    }

    interface Narrow extends Wide {
        @Override
        String run(String order);
    }

    static class OfNarrow implements Narrow {
        @Override
        public String run(String order) {
            Runs.mark();
            return order;
        }
    }

    interface Many {
        @RequiresJitApproval(action = ACTION)
        void run(String... orders);
    }

    static class Varargs implements Many {
        @Override
        public void run(String... orders) {
            Runs.mark();
        }
    }

    static List<Shape<?>> all() {
        return List.of(
                guarded("on the method itself", Run.class, Own::new, run -> run.run("1")),
                guarded("on the interface's method", AnnotatedRun.class, OfInterface::new, run -> run.run("1")),
                guarded("overridden without it", Run.class, Overriding::new, run -> run.run("1")),
                guarded("overridden twice without it", Run.class, OverridingTwice::new, run -> run.run("1")),
                guarded("inherited", Run.class, Inheriting::new, run -> run.run("1")),
                guarded("on a super-interface", Middle.class, OfMiddle::new, run -> run.run("1")),
                guarded("redeclared by a sub-interface", Redeclaring.class, OfRedeclaring::new, run -> run.run("1")),
                guarded("interface default", Default.class, OfDefault::new, run -> run.run("1")),
                guarded("interface default overridden", Default.class, OverridingDefault::new, run -> run.run("1")),
                guarded("default that implements it", DefaultFor.class, OfDefaultFor::new, run -> run.run("1")),
                guarded("implemented by a stranger", AnnotatedRun.class, Adopted::new, run -> run.run("1")),
                guarded("on a stranger", Run.class, AdoptedAnnotated::new, run -> run.run("1")),
                guarded("on an abstract method", Run.class, OfAbstract::new, run -> run.run("1")),
                guarded("abstract class between", AnnotatedRun.class, OfSilentAbstract::new, run -> run.run("1")),
                guarded("template method, adopted", Run.class, OfTemplate::new, run -> run.run("1")),
                guarded("diamond", Left.class, Diamond::new, run -> run.run("1")),
                guarded("two equal annotations", LeftEqual.class, Equal::new, run -> run.run("1")),
                guarded("on another interface of the target", Run.class, Sideways::new, run -> run.run("1")),
                guarded("package-private class behind a public one", Run.class, Shown::new, run -> run.run("1")),
                open("only the overload carries it", Overloads.class, Overloaded::new, run -> run.run("1")),
                guarded("beside a wider overload", AnnotatedRun.class, Widening::new, run -> run.run("1")),
                guarded("covariant return", Wide.class, Covariant::new, run -> run.run("1")),
                guarded("covariant return of an interface", Narrow.class, OfNarrow::new, run -> run.run("1")),
                guarded("covariant, by the interface's bridge", Wide.class, OfNarrow::new, run -> run.run("1")),
                guarded("varargs", Many.class, Varargs::new, run -> run.run("1", "2")));
    }
}
