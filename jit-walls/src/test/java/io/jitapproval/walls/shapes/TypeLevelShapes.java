package io.jitapproval.walls.shapes;

import static io.jitapproval.walls.shapes.Shape.ACTION;
import static io.jitapproval.walls.shapes.Shape.guarded;
import static io.jitapproval.walls.shapes.Shape.open;
import static io.jitapproval.walls.shapes.Shape.refused;

import io.jitapproval.RequiresJitApproval;
import java.util.List;

/** The annotation on a type. */
final class TypeLevelShapes {

    private TypeLevelShapes() {}

    interface Run {
        void run(String order);
    }

    @RequiresJitApproval(action = ACTION)
    interface AnnotatedRun {
        void run(String order);
    }

    @RequiresJitApproval(action = ACTION)
    static class OnClass implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @RequiresJitApproval(action = "shape.{method}")
    static class Named implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OverridingOnClass extends OnClass {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class InheritingOnClass extends OnClass {}

    static class OnInterface implements AnnotatedRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface Below extends AnnotatedRun {}

    static class OnSuperInterface implements Below {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @RequiresJitApproval(action = ACTION)
    interface Generic<T> {
        void run(T order);
    }

    static class OnGenericInterface implements Generic<String> {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @RequiresJitApproval(action = ACTION)
    abstract static class GenericBase<T> {
        public abstract void run(T order);
    }

    abstract static class GenericMiddle<T> extends GenericBase<T> {}

    static class OnGenericSuperClass extends GenericMiddle<String> implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @RequiresJitApproval(action = ACTION)
    interface Default {
        default void run(String order) {
            Runs.mark();
        }
    }

    static class OnInterfaceOfDefault implements Default {}

    /** The method's own annotation is nearer to the method than the type's, wherever it stands. */
    @RequiresJitApproval(action = "shape.type")
    static class MethodBeatsType implements Run {
        @Override
        @RequiresJitApproval(action = ACTION)
        public void run(String order) {
            Runs.mark();
        }
    }

    interface MethodRun {
        @RequiresJitApproval(action = ACTION)
        void run(String order);
    }

    @RequiresJitApproval(action = "shape.type")
    static class InterfaceMethodBeatsType implements MethodRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @RequiresJitApproval(action = ACTION)
    static class Enclosing {
        void acts() {}

        static class Enclosed implements Run {
            @Override
            public void run(String order) {
                Runs.mark();
            }
        }

        @SuppressWarnings("ClassCanBeStatic") // an inner class is the point
        class Inner implements Run {
            @Override
            public void run(String order) {
                Runs.mark();
            }
        }
    }

    static class Plain implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface Other {
        default void other() {}
    }

    /** It covers what it declares, not what it inherits. */
    @RequiresJitApproval(action = "shape.other")
    static class InheritsUncovered extends Plain implements Other {
        @Override
        public void other() {
            throw new AssertionError();
        }
    }

    interface Both extends Run, Other {}

    @RequiresJitApproval(action = "shape.other")
    static class InheritsUncoveredOfBoth extends Plain implements Both {
        @Override
        public void other() {
            throw new AssertionError();
        }
    }

    @RequiresJitApproval(action = ACTION)
    static class CoversNothing extends Plain {}

    @RequiresJitApproval(action = ACTION)
    static class WithHelpers implements Run {
        @Override
        public void run(String order) {
            help();
        }

        private static void help() {
            Runs.mark();
        }

        static WithHelpers create() {
            return new WithHelpers();
        }
    }

    static List<Shape<?>> all() {
        return List.of(
                guarded("on the class", Run.class, OnClass::new, run -> run.run("1")),
                guarded("on the class, named by the method", Run.class, Named::new, run -> run.run("1")),
                guarded("on the class, overridden below", Run.class, OverridingOnClass::new, run -> run.run("1")),
                guarded("on the class, inherited below", Run.class, InheritingOnClass::new, run -> run.run("1")),
                guarded("on the interface", AnnotatedRun.class, OnInterface::new, run -> run.run("1")),
                guarded("on a super-interface, as a whole", Below.class, OnSuperInterface::new, run -> run.run("1")),
                guarded(
                        "on a generic interface",
                        TypeLevelShapes.<Generic<String>>type(Generic.class),
                        OnGenericInterface::new,
                        run -> run.run("1")),
                guarded("on a generic super-class", Run.class, OnGenericSuperClass::new, run -> run.run("1")),
                guarded("on the interface of a default", Default.class, OnInterfaceOfDefault::new, run -> run.run("1")),
                guarded("method beats type", Run.class, MethodBeatsType::new, run -> run.run("1")),
                guarded(
                        "interface's method beats type",
                        MethodRun.class,
                        InterfaceMethodBeatsType::new,
                        x -> x.run("1")),
                open("enclosing class does not count", Run.class, Enclosing.Enclosed::new, run -> run.run("1")),
                open(
                        "enclosing class does not count for an inner one",
                        Run.class,
                        () -> new Enclosing().new Inner(),
                        run -> run.run("1")),
                open("nothing annotated", Run.class, Plain::new, run -> run.run("1")),
                open(
                        "inherited methods are not covered",
                        Both.class,
                        InheritsUncoveredOfBoth::new,
                        run -> run.run("1")),
                open(
                                "a class covers what another interface has",
                                Run.class,
                                InheritsUncovered::new,
                                run -> run.run("1"))
                        .throughInterface(new Shape.Refused("JIT-A006")),
                refused("JIT-A009", "covers nothing", Run.class, CoversNothing::new, run -> run.run("1")),
                guarded(
                        "on a class with private and static helpers",
                        Run.class,
                        WithHelpers::create,
                        run -> run.run("1")));
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> type(Class<?> raw) {
        return (Class<T>) raw;
    }
}
