package io.jitapproval.core.intercept;

import io.jitapproval.core.intercept.GuardedMethod.Parameter;
import io.jitapproval.core.intercept.Template.Path;
import io.jitapproval.core.intercept.Template.Piece;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the templates of one annotation against the parameters of one method, and follows paths as far as types tell. */
final class TemplateReader {

    private final List<Parameter> parameters;
    private final Problems problems;
    private final String where;

    TemplateReader(List<Parameter> parameters, Problems problems, String where) {
        this.parameters = parameters;
        this.problems = problems;
        this.where = where;
    }

    ResourceTemplate resource(String source) {
        if (source.isEmpty()) {
            return ResourceTemplate.NONE;
        }
        int slash = source.indexOf('/');
        String type = slash < 0 ? "" : source.substring(0, slash);
        if (type.isBlank()
                || type.indexOf('{') >= 0
                || type.indexOf('}') >= 0
                || source.substring(slash + 1).isBlank()) {
            problems.add(
                    Problems.RESOURCE_TYPE,
                    where,
                    "resource '" + source + "' is not type/id with a literal type. Write it like \"order/{orderId}\"");
            return ResourceTemplate.NONE;
        }
        Template id = read("resource", source, slash + 1);
        if (!ResourceTemplate.isReadable(id)) {
            problems.add(
                    Problems.TEMPLATE,
                    where,
                    "resource '" + source
                            + "' does not tell where one value ends and the next begins, so two resources could "
                            + "share an id. Put text between the two that begins with an ASCII character other than '%', "
                            + "like \"order/{bank}:{number}\"");
            return ResourceTemplate.NONE;
        }
        return new ResourceTemplate(type, id);
    }

    TextTemplate text(String attribute, String source) {
        return source.isEmpty() ? TextTemplate.NONE : new TextTemplate(read(attribute, source, 0));
    }

    private Template read(String attribute, String source, int from) {
        Template parsed;
        try {
            parsed = Template.parse(source, from);
        } catch (Template.MalformedException malformed) {
            problems.add(
                    Problems.TEMPLATE,
                    where,
                    attribute + " '" + source + "' " + malformed.getMessage()
                            + ". Write parameters like {orderId} or {order.id}");
            return Template.EMPTY;
        }
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : parsed.pieces()) {
            pieces.add(piece instanceof Path path ? follow(attribute, source, path) : piece);
        }
        return new Template(source, List.copyOf(pieces));
    }

    private Path follow(String attribute, String source, Path path) {
        String what = attribute + " '" + source + "' ";
        Optional<Parameter> parameter = parameters.stream()
                .filter(candidate -> candidate.name().equals(path.parameter()))
                .findFirst();
        if (parameter.isEmpty()) {
            problems.add(
                    Problems.UNKNOWN_PARAMETER,
                    where,
                    what + "names the parameter '" + path.parameter() + "', which does not exist. There are: "
                            + parameters.stream().map(Parameter::name).collect(Collectors.joining(", ", "[", "]")));
            return path;
        }
        if (parameter.get().sensitive()) {
            problems.add(
                    Problems.SENSITIVE_IN_TEMPLATE,
                    where,
                    what + "would show the parameter '" + path.parameter()
                            + "', which is @Sensitive. Name another one, or take the mark away");
        }
        List<Step> steps = new ArrayList<>(path.steps().subList(0, 1));
        Type type = bounded(parameter.get().type());
        for (Step step : path.steps().subList(1, path.steps().size())) {
            Next next = next(type, step.name());
            if (next == null) {
                problems.add(
                        Problems.UNKNOWN_PATH,
                        where,
                        what + "cannot follow '{" + path.text() + "}': " + type.getTypeName()
                                + " has no accessible record component, getter or String-keyed entry '" + step.name()
                                + "'. Name one that it has, or open its package to io.jitapproval.core");
                return path;
            }
            steps.add(next.step());
            type = bounded(next.type());
        }
        if (!mayBeText(Types.erase(type))) {
            problems.add(
                    Problems.NOT_TEXT,
                    where,
                    what + "ends '{" + path.text() + "}' at " + type.getTypeName()
                            + ", which is no String, number, UUID or enum. Name a property of it");
        }
        return new Path(path.text(), List.copyOf(steps));
    }

    private record Next(Step step, Type type) {}

    private static @Nullable Next next(Type type, String name) {
        Class<?> raw = Types.erase(type);
        if (raw == Object.class) {
            return new Next(new Step(name, null), Object.class);
        }
        if (Map.class.isAssignableFrom(raw)) {
            Class<?> key = Types.erase(argument(type, Map.class, 0));
            boolean named = key == String.class || key.isEnum() || key.isAssignableFrom(String.class);
            return named ? new Next(new Step(name, null), argument(type, Map.class, 1)) : null;
        }
        Method accessor = Step.accessor(raw, name);
        if (accessor == null || !accessor.trySetAccessible()) {
            return null;
        }
        for (Hierarchy.Level level : Hierarchy.of(type).levels()) {
            if (level.type() == accessor.getDeclaringClass()) {
                return new Next(
                        new Step(name, accessor), Types.resolve(accessor.getGenericReturnType(), level.bindings()));
            }
        }
        return new Next(new Step(name, accessor), accessor.getGenericReturnType());
    }

    /** What a variable of a super-type stands for; Object where it is raw. */
    private static Type argument(Type type, Class<?> generic, int index) {
        TypeVariable<?> variable = generic.getTypeParameters()[index];
        return Hierarchy.of(type).levels().stream()
                .filter(level -> level.type() == generic)
                .findFirst()
                .<Type>map(level -> level.bindings().getOrDefault(variable, Object.class))
                .orElse(Object.class);
    }

    /** Variables and wildcards stand for their bounds, an Optional for its value. */
    private static Type bounded(Type type) {
        Type at = type;
        while (at instanceof TypeVariable<?> || at instanceof WildcardType) {
            at = at instanceof TypeVariable<?> variable
                    ? variable.getBounds()[0]
                    : ((WildcardType) at).getUpperBounds()[0];
        }
        return Types.erase(at) == Optional.class ? bounded(argument(at, Optional.class, 0)) : at;
    }

    private static boolean mayBeText(Class<?> type) {
        boolean number = type.isPrimitive() && type != boolean.class && type != char.class && type != void.class;
        return number
                || Number.class.isAssignableFrom(type)
                || Enum.class.isAssignableFrom(type)
                || type.isAssignableFrom(String.class)
                || type.isAssignableFrom(Integer.class)
                || type.isAssignableFrom(UUID.class);
    }
}
