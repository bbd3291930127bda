package io.jitapproval.walls.shapes;

import static io.jitapproval.walls.shapes.Shape.ACTION;
import static io.jitapproval.walls.shapes.Shape.guarded;
import static io.jitapproval.walls.shapes.Shape.guardedUnlessClass;

import io.jitapproval.RequiresJitApproval;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Kinds of classes that may stand behind a proxy. */
final class KindShapes {

    private KindShapes() {}

    interface Run {
        @RequiresJitApproval(action = ACTION)
        void run(String order);
    }

    interface PlainRun {
        void run(String order);
    }

    enum Constant implements Run {
        ONE;

        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    enum Bodied implements PlainRun {
        ONE {
            @Override
            public void run(String order) {
                Runs.mark();
            }
        };

        @Override
        @RequiresJitApproval(action = ACTION)
        public abstract void run(String order);
    }

    record Value(String name) implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static final class Closed implements PlainRun {
        @Override
        @RequiresJitApproval(action = ACTION)
        public void run(String order) {
            Runs.mark();
        }
    }

    static class FinalMethod implements PlainRun {
        @Override
        @RequiresJitApproval(action = ACTION)
        public final void run(String order) {
            Runs.mark();
        }
    }

    static class FinalAbove {
        public final void run(String order) {
            Runs.mark();
        }
    }

    static class FinalInherited extends FinalAbove implements Run {}

    @SuppressWarnings("ClassCanBeStatic") // an inner class is the point
    class Inner implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class WithPrivateConstructor implements Run {
        private WithPrivateConstructor() {}

        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Synchronized implements PlainRun {
        @Override
        @RequiresJitApproval(action = ACTION)
        public synchronized void run(String order) {
            Runs.mark();
        }
    }

    interface Staged {
        @RequiresJitApproval(action = ACTION)
        CompletionStage<String> run(String order);
    }

    static class OfStaged implements Staged {
        @Override
        public CompletableFuture<String> run(String order) {
            Runs.mark();
            return CompletableFuture.completedFuture(order);
        }
    }

    static class InterfaceWithConstant implements WithStatic {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    interface WithStatic {
        static WithStatic create() {
            return new InterfaceWithConstant();
        }

        @RequiresJitApproval(action = ACTION)
        void run(String order);
    }

    private static Run proxied() {
        return (Run) Proxy.newProxyInstance(
                Run.class.getClassLoader(), new Class<?>[] {Run.class}, (proxy, method, args) -> {
                    Runs.mark();
                    return null;
                });
    }

    static List<Shape<?>> all() {
        Run lambda = order -> Runs.mark();
        Run anonymous = new Run() {
            @Override
            public void run(String order) {
                Runs.mark();
            }
        };
        return List.of(
                guardedUnlessClass("enum", Run.class, () -> Constant.ONE, run -> run.run("1")),
                guardedUnlessClass("enum constant with a body", PlainRun.class, () -> Bodied.ONE, run -> run.run("1")),
                guardedUnlessClass("record", Run.class, () -> new Value("n"), run -> run.run("1")),
                guardedUnlessClass("final class", PlainRun.class, Closed::new, run -> run.run("1")),
                guarded("final method", PlainRun.class, FinalMethod::new, run -> run.run("1"))
                        .throughClass(new Shape.Refused("JIT-A003")),
                guarded("final method, inherited", Run.class, FinalInherited::new, run -> run.run("1"))
                        .throughClass(new Shape.Refused("JIT-A003")),
                guarded("lambda", Run.class, () -> lambda, run -> run.run("1")),
                guarded("anonymous class", Run.class, () -> anonymous, run -> run.run("1")),
                guarded("inner class", Run.class, () -> new KindShapes().new Inner(), run -> run.run("1")),
                guarded("private constructor", Run.class, WithPrivateConstructor::new, run -> run.run("1")),
                guarded("synchronized method", PlainRun.class, Synchronized::new, run -> run.run("1")),
                guarded("proxy behind the proxy", Run.class, KindShapes::proxied, run -> run.run("1")),
                guarded("stage", Staged.class, OfStaged::new, run -> run.run("1")),
                guarded("interface with a factory", WithStatic.class, WithStatic::create, run -> run.run("1")));
    }
}
