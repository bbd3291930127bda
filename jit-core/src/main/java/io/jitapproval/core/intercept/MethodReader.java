package io.jitapproval.core.intercept;

import io.jitapproval.Ceiling;
import io.jitapproval.Requirement;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Sensitive;
import io.jitapproval.Unbound;
import io.jitapproval.core.intercept.GuardedMethod.Parameter;
import io.jitapproval.core.intercept.GuardedMethod.Terms;
import io.jitapproval.spi.AsyncReturnType;
import io.jitapproval.spi.AsyncReturnType.Bridge;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an annotation into a {@link GuardedMethod}, or into problems. */
final class MethodReader {

    private static final String METHOD = "{method}";
    private static final Set<Class<?>> CAN_BE_LOWERED =
            Set.of(int.class, long.class, Integer.class, Long.class, BigInteger.class, BigDecimal.class);

    private final Reach reach;
    private final Function<Type, List<String>> unsupported;
    private final List<AsyncReturnType> returnTypes;
    private final Problems problems;

    MethodReader(
            Reach reach,
            Function<Type, List<String>> unsupported,
            List<AsyncReturnType> returnTypes,
            Problems problems) {
        this.reach = reach;
        this.unsupported = unsupported;
        this.returnTypes = returnTypes;
        this.problems = problems;
    }

    /** Null, with at least one problem, where the method cannot be guarded as the annotation says. */
    @Nullable
    GuardedMethod read(Carriers carriers) {
        int before = problems.count();
        MethodGroup group = carriers.group();
        String where = carriers.where();
        Bridge bridge = new ReturnTypes(returnTypes, problems, where).check(group, reach.through(group));
        boolean lastTakesOutcome = bridge != null && bridge.outcomeGoesToLastParameter();
        List<Parameter> parameters = parameters(carriers, group.parameterCount() - (lastTakesOutcome ? 1 : 0));
        RequiresJitApproval annotation = carriers.agreed(problems);
        if (annotation == null) {
            return null;
        }
        String action = action(annotation, carriers);
        Duration waitAtMost = waitAtMost(annotation, carriers);
        if (annotation.approval().length > 1) {
            problems.add(
                    Problems.SEVERAL_APPROVALS,
                    carriers.whereAnnotated(),
                    "has " + annotation.approval().length
                            + " inline requirements, of which only one can hold. Keep one, or write rules");
        }
        if (parameters == null) {
            return null;
        }
        TemplateReader templates = new TemplateReader(parameters, problems, where);
        ResourceTemplate resource = templates.resource(annotation.resource());
        TextTemplate reason = templates.text("reason", annotation.reason());
        TextTemplate ticket = templates.text("ticket", annotation.ticket());
        if (problems.count() > before || waitAtMost == null) {
            return null;
        }
        return new GuardedMethod(
                group.implementation().method(),
                where,
                new Terms(action, List.of(annotation.approval()), annotation.continuation(), waitAtMost),
                resource,
                reason,
                ticket,
                parameters,
                bridge);
    }

    private String action(RequiresJitApproval annotation, Carriers carriers) {
        String action =
                annotation.action().replace(METHOD, carriers.first().method().getName());
        if (action.isBlank() || action.indexOf('{') >= 0 || action.indexOf('}') >= 0) {
            problems.add(
                    Problems.ACTION,
                    carriers.whereAnnotated(),
                    "action '" + annotation.action()
                            + "' is no name. Write one like \"payment.refund\"; only {method} may stand in braces");
        }
        return action;
    }

    private @Nullable Duration waitAtMost(RequiresJitApproval annotation, Carriers carriers) {
        try {
            Duration limit = Duration.parse(annotation.waitAtMost());
            if (!limit.isNegative() && !limit.isZero() && limit.compareTo(Requirement.LONGEST_DECIDE_WITHIN) <= 0) {
                return limit;
            }
        } catch (DateTimeException | ArithmeticException noDuration) {
            // told below, like one that is not positive
        }
        problems.add(
                Problems.WAIT_AT_MOST,
                carriers.whereAnnotated(),
                "waitAtMost '" + annotation.waitAtMost()
                        + "' is no positive ISO-8601 duration of at most " + Requirement.LONGEST_DECIDE_WITHIN
                        + ". Write one like \"PT30S\"");
        return null;
    }

    private @Nullable List<Parameter> parameters(Carriers carriers, int count) {
        List<String> names = carriers.parameterNames(problems);
        MethodGroup group = carriers.group();
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Type type = group.parameterType(i);
            String name = names == null ? "argument " + (i + 1) : names.get(i);
            for (String reason : unsupported.apply(type)) {
                problems.add(
                        Problems.NOT_FREEZABLE,
                        carriers.where(),
                        "the parameter '" + name + "' cannot be frozen: " + reason
                                + ". Register an ArgumentCodec for it, or pass a value");
            }
            Parameter parameter = new Parameter(
                    name,
                    group.marksAnywhere(i, Sensitive.class),
                    carriers.allMark(i, Unbound.class),
                    type,
                    group.marksAnywhere(i, Ceiling.class));
            if (parameter.lowerable()) {
                checkCeiling(parameter, carriers);
            }
            parameters.add(parameter);
        }
        return names == null ? null : parameters;
    }

    private void checkCeiling(Parameter parameter, Carriers carriers) {
        if (!CAN_BE_LOWERED.contains(parameter.raw())) {
            problems.add(
                    Problems.NO_CEILING,
                    carriers.where(),
                    "the parameter '" + parameter.name() + "' cannot have a ceiling: its type is "
                            + parameter.raw().getSimpleName() + ", and only int, long, Integer, Long, BigInteger and"
                            + " BigDecimal can be lowered exactly");
        } else if (parameter.sensitive() || parameter.unbound()) {
            problems.add(
                    Problems.NO_CEILING,
                    carriers.where(),
                    "the parameter '" + parameter.name() + "' cannot have a ceiling and be @"
                            + (parameter.sensitive() ? "Sensitive" : "Unbound")
                            + ": approvers lower what they see and what they approve");
        }
    }
}
