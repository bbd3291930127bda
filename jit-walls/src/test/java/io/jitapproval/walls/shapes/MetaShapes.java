package io.jitapproval.walls.shapes;

import static io.jitapproval.walls.shapes.Shape.ACTION;
import static io.jitapproval.walls.shapes.Shape.guarded;
import static io.jitapproval.walls.shapes.Shape.guardedUnlessClass;

import io.jitapproval.RequiresJitApproval;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;

/** The annotation on other annotations. */
final class MetaShapes {

    private MetaShapes() {}

    @Retention(RetentionPolicy.RUNTIME)
    @RequiresJitApproval(action = ACTION)
    @interface Meta {}

    @Meta
    @Retention(RetentionPolicy.RUNTIME)
    @interface MetaMeta {}

    @MetaMeta
    @Retention(RetentionPolicy.RUNTIME)
    @interface MetaMetaMeta {}

    @Pong
    @Retention(RetentionPolicy.RUNTIME)
    @interface Ping {}

    @Ping
    @Meta
    @Retention(RetentionPolicy.RUNTIME)
    @interface Pong {}

    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @RequiresJitApproval(action = ACTION)
    @interface Handed {}

    @Repeatable(Tags.class)
    @Retention(RetentionPolicy.RUNTIME)
    @RequiresJitApproval(action = ACTION)
    @interface Tag {
        String value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Tags {
        Tag[] value();
    }

    interface Run {
        void run(String order);
    }

    static class OnMethod implements Run {
        @Override
        @Meta
        public void run(String order) {
            Runs.mark();
        }
    }

    static class TwoDeep implements Run {
        @Override
        @MetaMeta
        public void run(String order) {
            Runs.mark();
        }
    }

    static class ThreeDeep implements Run {
        @Override
        @MetaMetaMeta
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Cycle implements Run {
        @Override
        @Ping
        public void run(String order) {
            Runs.mark();
        }
    }

    static class Repeated implements Run {
        @Override
        @Tag("a")
        @Tag("b")
        public void run(String order) {
            Runs.mark();
        }
    }

    interface MetaRun<T> {
        @MetaMeta
        void run(T order);
    }

    interface MetaRunString extends MetaRun<String> {}

    static class OnGenericInterface implements MetaRunString {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @MetaMeta
    static class OnType implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    @Handed
    static class Ancestor {
        void other() {}
    }

    static class Heir extends Ancestor implements Run {
        @Override
        public void run(String order) {
            Runs.mark();
        }
    }

    static class HeirOfHeir extends Heir {}

    record Both(String name) implements MetaRunString {
        @Override
        @Meta
        public void run(String order) {
            Runs.mark();
        }
    }

    static List<Shape<?>> all() {
        return List.of(
                guarded("meta-annotation", Run.class, OnMethod::new, run -> run.run("1")),
                guarded("meta-meta-annotation", Run.class, TwoDeep::new, run -> run.run("1")),
                guarded("three annotations deep", Run.class, ThreeDeep::new, run -> run.run("1")),
                guarded("annotations in a circle", Run.class, Cycle::new, run -> run.run("1")),
                guarded("inside a container of repeated ones", Run.class, Repeated::new, run -> run.run("1")),
                guarded("meta on a generic interface", MetaRunString.class, OnGenericInterface::new, x -> x.run("1")),
                guarded("meta on the type", Run.class, OnType::new, run -> run.run("1")),
                guarded("inherited meta on the super-class", Run.class, Heir::new, run -> run.run("1")),
                guarded("inherited meta, nothing declared", Run.class, HeirOfHeir::new, run -> run.run("1")),
                guardedUnlessClass(
                        "two ways to an equal one", MetaRunString.class, () -> new Both("n"), x -> x.run("1")));
    }
}
