package io.jitapproval.core.intercept;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

/** All declarations of what, called on one object, is one method. Those of classes come first, from near to far. */
record MethodGroup(List<Member> members) {

    /** One declaration. */
    record Member(Method method, Hierarchy.Level level) {

        boolean isInterface() {
            return level.type().isInterface();
        }

        boolean isBridge() {
            return method.isBridge();
        }

        boolean is(int modifier) {
            return (method.getModifiers() & modifier) != 0;
        }

        Type parameterType(int index) {
            return Types.resolve(method.getGenericParameterTypes()[index], level.bindings());
        }

        Class<?> returnType() {
            return Types.erase(method.getGenericReturnType(), level.bindings());
        }

        boolean marks(int index, Class<? extends Annotation> annotation) {
            for (Annotation mark : method.getParameterAnnotations()[index]) {
                if (mark.annotationType() == annotation) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a declaration overrides what every object has, so that a proxy answers without asking the guard. */
    boolean isOfObject() {
        return members.stream().anyMatch(member -> isOfObject(member.method()));
    }

    static boolean isOfObject(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return switch (method.getName()) {
            case "hashCode", "toString", "finalize" -> parameters.length == 0;
            case "equals" -> parameters.length == 1 && parameters[0] == Object.class;
            default -> false;
        };
    }

    int parameterCount() {
        return members.get(0).method().getParameterCount();
    }

    /** The declaration whose code runs; where there is none, the most specific one. */
    Member implementation() {
        for (Member member : members) {
            if (!member.isInterface() && !member.isBridge() && !member.is(Modifier.ABSTRACT)) {
                return member;
            }
        }
        return members.stream().filter(Member::isInterface).anyMatch(member -> !member.is(Modifier.ABSTRACT))
                ? mostSpecific(members.stream()
                        .filter(member -> !member.is(Modifier.ABSTRACT))
                        .toList())
                : mostSpecific(members);
    }

    private static Member mostSpecific(List<Member> candidates) {
        Member best = candidates.get(0);
        for (Member member : candidates) {
            boolean nearer = best.level().type().isAssignableFrom(member.level().type());
            if (nearer
                    && (best.isBridge() || best.level().type() != member.level().type())) {
                best = member;
            }
        }
        return best;
    }

    /** The narrowest type that any declaration gives a parameter; of equally narrow ones, one with type arguments. */
    Type parameterType(int index) {
        Type best = members.get(0).parameterType(index);
        for (Member member : members) {
            Type type = member.parameterType(index);
            Class<?> raw = Types.erase(type);
            Class<?> bestRaw = Types.erase(best);
            boolean tells = raw == bestRaw && !(best instanceof ParameterizedType) && type instanceof ParameterizedType;
            if (tells || (raw != bestRaw && bestRaw.isAssignableFrom(raw))) {
                best = type;
            }
        }
        return best;
    }

    boolean marksAnywhere(int index, Class<? extends Annotation> annotation) {
        return members.stream().anyMatch(member -> member.marks(index, annotation));
    }
}
