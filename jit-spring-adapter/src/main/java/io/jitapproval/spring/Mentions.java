package io.jitapproval.spring;

import io.jitapproval.core.MethodGuard;
import org.springframework.util.ClassUtils;

/** Whether a class has anything to do with the annotation, enforceable or not; asked for every bean, so remembered. */
final class Mentions {

    private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return MethodGuard.mentions(type);
        }
    };

    private Mentions() {}

    static boolean in(Class<?> type) {
        return KNOWN.get(ClassUtils.getUserClass(type));
    }
}
