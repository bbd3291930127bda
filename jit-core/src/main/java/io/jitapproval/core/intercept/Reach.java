package io.jitapproval.core.intercept;

import io.jitapproval.core.intercept.MethodGroup.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;

/** Which methods a kind of proxy sees. */
sealed interface Reach permits Reach.OfInterface, Reach.OfClass {

    /**
     * Whether calls can be stopped. Reports a problem where they should and cannot.
     *
     * @return false where the method is left alone, rightly or with a problem
     */
    boolean reaches(Carriers carriers);

    /** The declarations through which callers reach a method. */
    List<Member> through(MethodGroup group);

    /** A JDK proxy of one interface. */
    record OfInterface(Class<?> type, Class<?> target, Problems problems) implements Reach {

        boolean isPossible() {
            String where = Problems.where(type);
            if (!type.isInterface() || type.isAnnotation()) {
                problems.add(
                        Problems.NOT_PROXIABLE,
                        where,
                        "is no interface, and only interfaces can be put in front of an object. Protect it through an interface "
                                + "that it implements");
            } else if (type.isSealed() || type.isHidden()) {
                problems.add(
                        Problems.NOT_PROXIABLE,
                        where,
                        "is a " + (type.isSealed() ? "sealed" : "hidden")
                                + " interface, which no proxy may implement. Protect "
                                + "it through another interface");
            } else if (!type.isAssignableFrom(target)) {
                problems.add(
                        Problems.NOT_AN_INSTANCE,
                        where,
                        "is not implemented by " + Problems.where(target) + ". Protect an object that implements it");
            } else {
                interfaceMethods().stream()
                        .filter(method -> !method.trySetAccessible())
                        .map(Method::getDeclaringClass)
                        .distinct()
                        .forEach(closed -> problems.add(
                                Problems.NOT_OPEN,
                                Problems.where(closed),
                                "cannot be called from the guard: its module does not open it. Add 'opens "
                                        + closed.getPackageName()
                                        + " to io.jitapproval.core' to its module-info.java"));
            }
            return problems.count() == 0;
        }

        /** Everything that a proxy of the interface may be asked to run. */
        List<Method> interfaceMethods() {
            return Hierarchy.of(type).groups().stream()
                    .flatMap(group -> group.members().stream())
                    .map(Member::method)
                    .toList();
        }

        @Override
        public boolean reaches(Carriers carriers) {
            if (!through(carriers.group()).isEmpty()) {
                return true;
            }
            for (Member member : carriers.members()) {
                boolean meant = carriers.onMethods() || member.is(Modifier.PUBLIC);
                if (meant && !member.isInterface()) {
                    problems.add(
                            Problems.NOT_IN_INTERFACE,
                            Problems.where(member.method()),
                            "is annotated but is no method of " + Problems.where(type)
                                    + ", so the proxy cannot guard it. Declare it there, or take the annotation away");
                }
            }
            return false;
        }

        @Override
        public List<Member> through(MethodGroup group) {
            return group.members().stream()
                    .filter(member ->
                            member.isInterface() && member.level().type().isAssignableFrom(type))
                    .toList();
        }
    }

    /** A proxy that extends the class. Lambdas and JDK proxies cannot be extended: there, one that has all interfaces. */
    record OfClass(Class<?> target, Problems problems) implements Reach {

        @Override
        public boolean reaches(Carriers carriers) {
            if (target.isInterface() || target.isHidden() || Proxy.isProxyClass(target)) {
                return true;
            }
            Method method = carriers.group().implementation().method();
            String where = Problems.where(method);
            int before = problems.count();
            if (Modifier.isFinal(target.getModifiers()) || target.isSealed()) {
                problems.add(
                        Problems.FINAL_CLASS,
                        Problems.where(target),
                        "has guarded methods but is " + (target.isSealed() ? "sealed" : "final")
                                + ", so no proxy can extend it. Open it, or protect it through an interface");
            }
            if (Modifier.isFinal(method.getModifiers())) {
                problems.add(
                        Problems.FINAL_METHOD,
                        where,
                        "is guarded but final, so a class proxy cannot override it. Take 'final' away, or protect the object "
                                + "through an interface");
            }
            if (isPackagePrivate(method) && !isNeighbour(method.getDeclaringClass())) {
                problems.add(
                        Problems.PACKAGE_PRIVATE,
                        where,
                        "is guarded but package-private in another package than " + Problems.where(target)
                                + ", so a class proxy cannot override it. Make it protected or public");
            }
            return problems.count() == before;
        }

        @Override
        public List<Member> through(MethodGroup group) {
            return group.members();
        }

        private boolean isNeighbour(Class<?> type) {
            return type.getPackageName().equals(target.getPackageName())
                    && type.getClassLoader() == target.getClassLoader();
        }

        private static boolean isPackagePrivate(Method method) {
            return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
        }
    }
}
