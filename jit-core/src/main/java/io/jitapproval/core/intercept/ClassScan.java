package io.jitapproval.core.intercept;

import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.MethodGroup.Member;
import io.jitapproval.spi.AsyncReturnType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One pass over one class. */
final class ClassScan {

    private final Class<?> target;
    private final Reach reach;
    private final Problems problems;
    private final MethodReader reader;
    private final Map<Method, GuardedMethod> methods = new HashMap<>();

    ClassScan(
            Class<?> target,
            Reach reach,
            Function<Type, List<String>> unsupported,
            List<AsyncReturnType> returnTypes,
            Problems problems) {
        this.target = target;
        this.reach = reach;
        this.problems = problems;
        this.reader = new MethodReader(reach, unsupported, returnTypes, problems);
    }

    Scan scan() {
        try {
            Hierarchy hierarchy = Hierarchy.of(target);
            for (Hierarchy.Level level : hierarchy.levels()) {
                checkUnreachable(level.type());
            }
            for (MethodGroup group : hierarchy.groups()) {
                read(group);
            }
        } catch (RuntimeException | LinkageError unreadable) {
            problems.add(
                    Problems.UNREADABLE,
                    Problems.where(target),
                    "cannot be read, so nobody knows what it guards: " + unreadable
                            + ". Put what it refers to on the class path");
        }
        return new Scan(methods, problems.toList());
    }

    private void read(MethodGroup group) {
        Carriers carriers = Carriers.of(group);
        if (carriers == null) {
            return;
        }
        if (group.isOfObject()) {
            if (carriers.onMethods()) {
                problems.add(
                        Problems.OBJECT_METHOD,
                        carriers.where(),
                        "is a method of every object, and no proxy guards those. Move the action to a method of its own");
            }
            return;
        }
        if (reach.reaches(carriers)) {
            GuardedMethod guarded = reader.read(carriers);
            if (guarded != null) {
                for (Member member : group.members()) {
                    methods.put(member.method(), guarded);
                }
            }
        }
    }

    /** Annotations where no proxy can ever see the call. */
    private void checkUnreachable(Class<?> type) {
        boolean covers = false;
        for (Method method : type.getDeclaredMethods()) {
            boolean isPrivate = Modifier.isPrivate(method.getModifiers());
            boolean isStatic = Modifier.isStatic(method.getModifiers());
            covers |= !isPrivate && !isStatic && !method.isSynthetic() && !MethodGroup.isOfObject(method);
            if (method.isSynthetic()
                    || !(isPrivate || isStatic)
                    || Annotations.on(method).isEmpty()) {
                continue;
            }
            problems.add(
                    isStatic ? Problems.STATIC : Problems.PRIVATE,
                    Problems.where(method),
                    "is annotated but " + (isStatic ? "static" : "private")
                            + ", so no proxy sees its calls. Annotate the instance method that callers use, or call "
                            + "JitGuard.attempt inside");
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (!Annotations.on(constructor).isEmpty()) {
                problems.add(
                        Problems.CONSTRUCTOR,
                        Problems.where(constructor),
                        "is annotated but a constructor, and no proxy sees those. Annotate the method that acts");
            }
        }
        if (!covers && !Annotations.declaredOn(type).isEmpty()) {
            problems.add(
                    Problems.COVERS_NOTHING,
                    Problems.where(type),
                    "is annotated but declares no instance method that it could cover; inherited ones are not covered. Annotate "
                            + "the type that declares them");
        }
    }
}
