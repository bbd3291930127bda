package io.jitapproval.core.intercept;

import io.jitapproval.ConfigurationProblem;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the faults of one scan; equal ones count once. */
final class Problems {

    static final String PRIVATE = "JIT-A001";
    static final String STATIC = "JIT-A002";
    static final String FINAL_METHOD = "JIT-A003";
    static final String FINAL_CLASS = "JIT-A004";
    static final String PACKAGE_PRIVATE = "JIT-A005";
    static final String NOT_IN_INTERFACE = "JIT-A006";
    static final String CONSTRUCTOR = "JIT-A007";
    static final String OBJECT_METHOD = "JIT-A008";
    static final String COVERS_NOTHING = "JIT-A009";
    static final String COMPETING = "JIT-A010";
    static final String NOT_PROXIABLE = "JIT-A011";
    static final String NOT_AN_INSTANCE = "JIT-A012";
    static final String NOT_OPEN = "JIT-A013";
    static final String UNREADABLE = "JIT-A014";
    static final String ACTION = "JIT-A020";
    static final String WAIT_AT_MOST = "JIT-A021";
    static final String TEMPLATE = "JIT-A022";
    static final String RESOURCE_TYPE = "JIT-A023";
    static final String UNKNOWN_PARAMETER = "JIT-A024";
    static final String UNKNOWN_PATH = "JIT-A025";
    static final String NOT_TEXT = "JIT-A026";
    static final String SENSITIVE_IN_TEMPLATE = "JIT-A027";
    static final String SEVERAL_APPROVALS = "JIT-A028";
    static final String NO_NAMES = "JIT-A030";
    static final String NAMES_DIFFER = "JIT-A031";
    static final String NOT_FREEZABLE = "JIT-A032";
    static final String NO_CEILING = "JIT-A033";
    static final String SENSITIVE_REPLAY = "JIT-A036";
    static final String LATER_REPLAY = "JIT-A037";
    static final String FUTURE = "JIT-A040";
    static final String REACTIVE = "JIT-A041";
    static final String COROUTINE = "JIT-A042";

    private final Set<ConfigurationProblem> found = new LinkedHashSet<>();

    void add(String code, String where, String what) {
        found.add(new ConfigurationProblem(code, where, what));
    }

    int count() {
        return found.size();
    }

    /** Sorted, because reflection lists methods in no order. */
    List<ConfigurationProblem> toList() {
        return found.stream()
                .sorted(Comparator.comparing(ConfigurationProblem::where)
                        .thenComparing(ConfigurationProblem::code)
                        .thenComparing(ConfigurationProblem::what))
                .toList();
    }

    static String where(Class<?> type) {
        String canonical = type.getCanonicalName();
        return canonical == null ? type.getName() : canonical;
    }

    static String where(Executable executable) {
        String name = executable instanceof java.lang.reflect.Method ? "." + executable.getName() : "";
        return where(executable.getDeclaringClass())
                + name
                + Arrays.stream(executable.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
