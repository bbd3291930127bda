package io.jitapproval.core.analysis;

import io.jitapproval.ApproverSelector;
import io.jitapproval.core.analysis.Sources.Located;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.policy.ConditionView;
import io.jitapproval.core.policy.ConditionView.Compare;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares how rules use attributes with what the document declares of them, and with how other rules use them. */
final class TypeChecks {

    private static final Set<String> ANY =
            Set.of("text", "number", "boolean", "time", "date", "duration", "address", "list", "map");

    private final Lint lint;
    /** By document, the declared attributes; null for documents that declare none. */
    private final Map<String, Map<String, String>> declared = new HashMap<>();
    /** By document and attribute, what it can be by all comparisons so far, and where that was last narrowed. */
    private final Map<String, Use> uses = new HashMap<>();

    private final Set<String> told = new HashSet<>();

    private record Use(Set<String> types, String rule) {}

    private TypeChecks(Lint lint) {
        this.lint = lint;
    }

    static void look(Lint lint) {
        TypeChecks checks = new TypeChecks(lint);
        lint.sources().documents().forEach(checks::declarations);
        lint.policy().rules().forEach(checks::rule);
    }

    private void declarations(Located document) {
        Node.Field field = document.object().fields().get("attributes");
        if (field != null && field.value() instanceof Node.Obj object) {
            Map<String, String> types = new TreeMap<>();
            object.fields().forEach((path, type) -> {
                if (type.value() instanceof Node.Str text) {
                    types.put(path, text.value());
                }
            });
            declared.put(document.origin(), types);
        }
    }

    private void rule(RuleView rule) {
        if (rule.when() != null) {
            compares(rule.when(), compare -> {
                used(rule, "when", compare.path());
                if (compare.other() != null) {
                    used(rule, "when", compare.other());
                }
                typed(rule, compare);
            });
        }
        rule.requirement()
                .ifPresent(asked -> asked.stages().stream()
                        .flatMap(stage -> stage.by().stream())
                        .filter(selector -> selector.kind() == ApproverSelector.Kind.ATTRIBUTE)
                        .forEach(selector -> used(rule, "approval", selector.name())));
    }

    static void compares(ConditionView condition, Consumer<Compare> each) {
        if (condition instanceof ConditionView.All all) {
            all.parts().forEach(part -> compares(part, each));
        } else if (condition instanceof ConditionView.Any any) {
            any.parts().forEach(part -> compares(part, each));
        } else if (condition instanceof ConditionView.Not not) {
            compares(not.part(), each);
        } else if (condition instanceof Compare compare) {
            each.accept(compare);
        }
    }

    private void used(RuleView rule, String field, String path) {
        Map<String, String> types = declared.get(rule.origin());
        if (types == null || isBuiltIn(path) || isDeclared(path, types) || !told.add(rule.id() + " " + path)) {
            return;
        }
        String closest = Words.closest(path, types.keySet());
        lint.add(
                Check.UNDECLARED,
                rule,
                field,
                "the rule " + Words.quote(rule.id()) + " compares " + path + ", which 'attributes' does not declare",
                closest == null ? "declare it, or take it out" : "did you mean " + Words.quote(closest) + "?");
    }

    private static boolean isBuiltIn(String path) {
        return Assembly.BUILT_IN.contains(path) || path.equals("time") || evidence(path) != null;
    }

    /** The type of what a model says; null for everything else. */
    private static @Nullable String evidence(String path) {
        if (!path.startsWith("evidence.")) {
            return null;
        }
        return path.endsWith(".score") ? "number" : path.endsWith(".novel") ? "boolean" : "text";
    }

    /** What is within a declared list or map is declared with it. */
    private static boolean isDeclared(String path, Map<String, String> types) {
        if (types.containsKey(path)) {
            return true;
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            String type = types.getOrDefault(path.substring(0, dot), "");
            if (type.equals("list") || type.equals("map")) {
                return true;
            }
        }
        return false;
    }

    private void typed(RuleView rule, Compare compare) {
        Set<String> fits = types(compare);
        String path = compare.path();
        if (fits.containsAll(ANY)) {
            return;
        }
        String said = evidence(path);
        String type = said != null
                ? said
                : declared.getOrDefault(rule.origin(), Map.of()).get(path);
        if (type != null) {
            if (!fits.contains(type)) {
                lint.add(
                        Check.OTHER_TYPE,
                        rule,
                        "when",
                        "the rule " + Words.quote(rule.id()) + " compares " + path + " by '" + compare.word()
                                + "', which is for " + list(fits)
                                + (said == null ? ", but it is declared as " : ", but models say ") + type,
                        "compare it as " + type + (said == null ? ", or mend its type in 'attributes'" : ""));
            }
            return;
        }
        Use before = uses.get(rule.origin() + " " + path);
        Set<String> both = new TreeSet<>(fits);
        if (before != null) {
            both.retainAll(before.types());
        }
        if (!both.isEmpty()) {
            boolean asBefore = before != null && both.size() == before.types().size();
            uses.put(rule.origin() + " " + path, asBefore ? before : new Use(both, rule.id()));
        } else if (before != null && told.add("two " + rule.origin() + " " + path)) {
            lint.add(
                    Check.TWO_TYPES,
                    rule,
                    "when",
                    "the rule " + Words.quote(rule.id()) + " compares " + path + " as " + list(fits)
                            + (before.rule().equals(rule.id())
                                    ? " and as "
                                    : ", the rule " + Words.quote(before.rule()) + " as ")
                            + list(before.types()) + ": one of the comparisons is always unknown",
                    "compare it in one way, or declare its type in 'attributes'");
        }
    }

    private static String list(Set<String> types) {
        return String.join(" or ", new TreeSet<>(types));
    }

    /** The declared types of which a value can fulfil the comparison. */
    private static Set<String> types(Compare compare) {
        if (compare.other() != null) {
            return ANY;
        }
        return switch (compare.word()) {
            case "equals", "notEquals", "in", "notIn" -> scalars(compare.operand());
            case "lessThan", "atMost", "moreThan", "atLeast" -> ordered(compare.operand());
            case "contains", "containsAny", "containsAll", "containsNone", "subsetOf", "every", "some" ->
                Set.of("list");
            case "startsWith", "endsWith", "containsText", "glob", "regex", "inNetwork", "notInNetwork" ->
                Set.of("text", "address");
            case "olderThan", "newerThan" -> Set.of("time", "date");
            case "sizeEquals", "sizeAtMost", "sizeAtLeast" -> Set.of("list", "map", "text");
            default -> ANY;
        };
    }

    private static Set<String> scalars(Object operand) {
        Set<String> types = new LinkedHashSet<>();
        if (operand instanceof Collection<?> several) {
            several.forEach(each -> types.addAll(scalars(each)));
        } else if (operand instanceof String text) {
            types.addAll(Set.of("text", "address"));
            Object scaled = Pool.scaled(text);
            if (scaled != null) {
                types.addAll(ordered(scaled));
            }
        } else {
            types.add(operand instanceof Boolean ? "boolean" : "number");
        }
        return types;
    }

    private static Set<String> ordered(@Nullable Object operand) {
        if (operand instanceof BigDecimal) {
            return Set.of("number");
        }
        if (operand instanceof Instant) {
            return Set.of("time");
        }
        if (operand instanceof LocalDate) {
            return Set.of("date");
        }
        return operand instanceof Duration ? Set.of("duration") : ANY;
    }
}
