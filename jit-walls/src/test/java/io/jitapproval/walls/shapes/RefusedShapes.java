package io.jitapproval.walls.shapes;

import static io.jitapproval.walls.shapes.Shape.ACTION;
import static io.jitapproval.walls.shapes.Shape.refused;

import io.jitapproval.RequiresJitApproval;
import java.util.List;

/** What stops the start, however it is proxied. */
final class RefusedShapes {

    private RefusedShapes() {}

    interface Run {
        void run(String order);
    }

    interface AnnotatedRun {
        @RequiresJitApproval(action = ACTION)
        void run(String order);
    }

    static class Private implements Run {
        @Override
        public void run(String order) {
            act();
        }

        @RequiresJitApproval(action = ACTION)
        private void act() {
            Runs.mark();
        }
    }

    static class PrivateAbove extends Private {}

    static class Static implements Run {
        @Override
        public void run(String order) {
            act();
        }

        @RequiresJitApproval(action = ACTION)
        static void act() {
            Runs.mark();
        }
    }

    interface StaticOfInterface {
        void run(String order);

        @RequiresJitApproval(action = ACTION)
        static void act() {
            Runs.mark();
        }
    }

    static class OfStatic implements StaticOfInterface {
        @Override
        public void run(String order) {
            StaticOfInterface.act();
        }
    }

    interface Greedy {
        void run(String order);

        @Override
        @RequiresJitApproval(action = ACTION)
        String toString();
    }

    static class OfGreedy implements Greedy {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class OtherAction implements AnnotatedRun {
        @Override
        @RequiresJitApproval(action = "shape.another")
        public void run(String order) {
            Runs.mark();
        }
    }

    interface OtherRun {
        @RequiresJitApproval(action = ACTION, resource = "order/{order}")
        void run(String order);
    }

    static class TwoInterfaces implements AnnotatedRun, OtherRun {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface GenericRun<T> {
        @RequiresJitApproval(action = "shape.generic")
        void run(T order);
    }

    static class TwoThroughGenerics implements AnnotatedRun, GenericRun<String> {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @RequiresJitApproval(action = "shape.class")
    static class AboveOnType {
        public void run(String order) {
            throw new AssertionError();
        }
    }

    @RequiresJitApproval(action = "shape.below")
    static class TwoTypes extends AboveOnType implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @MetaShapes.Meta
    static class MetaAgainstOwn implements Run {
        @Override
        @MetaShapes.Meta
        @RequiresJitApproval(action = "shape.own")
        public void run(String order) {
            Runs.mark();
        }
    }

    static List<Shape<?>> all() {
        return List.of(
                refused("JIT-A001", "CVE-2025-41232: private method", Run.class, Private::new, run -> run.run("1")),
                refused(
                        "JIT-A001",
                        "CVE-2025-41232: private, inherited",
                        Run.class,
                        PrivateAbove::new,
                        x -> x.run("1")),
                refused("JIT-A002", "static method", Run.class, Static::new, run -> run.run("1")),
                refused("JIT-A002", "static of the interface", StaticOfInterface.class, OfStatic::new, x -> x.run("1")),
                refused("JIT-A008", "method of every object", Greedy.class, OfGreedy::new, run -> run.run("1")),
                refused("JIT-A010", "class against interface", AnnotatedRun.class, OtherAction::new, x -> x.run("1")),
                refused("JIT-A010", "interface against interface", OtherRun.class, TwoInterfaces::new, x -> x.run("1")),
                refused(
                        "JIT-A010",
                        "interface against generic",
                        AnnotatedRun.class,
                        TwoThroughGenerics::new,
                        x -> x.run("1")),
                refused("JIT-A010", "type against type", Run.class, TwoTypes::new, run -> run.run("1")),
                refused("JIT-A010", "meta against own", Run.class, MetaAgainstOwn::new, run -> run.run("1")));
    }
}
