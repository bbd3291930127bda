package io.jitapproval.core.intercept;

import io.jitapproval.RequiresJitApproval;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the annotation on one element: directly, through annotations that carry it, and inside repeated ones. */
final class Annotations {

    private final Set<Class<?>> seen = new HashSet<>();
    private final Set<RequiresJitApproval> found = new LinkedHashSet<>();

    private Annotations() {}

    /** The different ones that stand on an element; more than one competes. */
    static Set<RequiresJitApproval> on(AnnotatedElement element) {
        Annotations search = new Annotations();
        search.look(element.getAnnotations());
        return search.found;
    }

    /** The same without those that a class inherits because their type is {@link java.lang.annotation.Inherited}. */
    static Set<RequiresJitApproval> declaredOn(AnnotatedElement element) {
        Annotations search = new Annotations();
        search.look(element.getDeclaredAnnotations());
        return search.found;
    }

    private void look(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof RequiresJitApproval approval) {
                found.add(approval);
            } else if (seen.add(annotation.annotationType())) {
                look(annotation.annotationType().getAnnotations());
                lookInside(annotation);
            }
        }
    }

    /** A repeated annotation is compiled to one container around all. */
    private void lookInside(Annotation container) {
        Class<? extends Annotation> type = container.annotationType();
        for (Method attribute : type.getDeclaredMethods()) {
            Class<?> component = attribute.getReturnType().getComponentType();
            if (!attribute.getName().equals("value") || component == null || !component.isAnnotation()) {
                continue;
            }
            Repeatable repeatable = component.getAnnotation(Repeatable.class);
            if (repeatable != null && repeatable.value() == type && seen.add(component)) {
                look(component.getAnnotations());
            }
        }
    }
}
