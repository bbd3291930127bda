package io.jitapproval.core.policy;

import io.jitapproval.Explanation.Match;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads conditions. */
final class ConditionReader {

    static final String IF_ABSENT = "ifAbsent";
    static final List<String> LOGIC = List.of("all", "any", "not", "condition");

    /** What other languages call our operators. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("eq", "equals"),
            Map.entry("is", "equals"),
            Map.entry("==", "equals"),
            Map.entry("ne", "notEquals"),
            Map.entry("!=", "notEquals"),
            Map.entry("lt", "lessThan"),
            Map.entry("<", "lessThan"),
            Map.entry("before", "lessThan"),
            Map.entry("lte", "atMost"),
            Map.entry("<=", "atMost"),
            Map.entry("max", "atMost"),
            Map.entry("gt", "moreThan"),
            Map.entry(">", "moreThan"),
            Map.entry("after", "moreThan"),
            Map.entry("greaterthan", "moreThan"),
            Map.entry("gte", "atLeast"),
            Map.entry(">=", "atLeast"),
            Map.entry("min", "atLeast"),
            Map.entry("oneof", "in"),
            Map.entry("anyof", "containsAny"),
            Map.entry("allof", "containsAll"),
            Map.entry("has", "contains"),
            Map.entry("prefix", "startsWith"),
            Map.entry("beginswith", "startsWith"),
            Map.entry("suffix", "endsWith"),
            Map.entry("like", "glob"),
            Map.entry("matches", "regex"),
            Map.entry("pattern", "regex"),
            Map.entry("cidr", "inNetwork"),
            Map.entry("size", "sizeEquals"),
            Map.entry("length", "sizeEquals"));

    private final Problems problems;
    private final Map<String, Attribute> attributes = new HashMap<>();
    private final WindowReader windows;
    /** The names of the document's conditions; null while they are themselves read. */
    private @Nullable Set<String> names = Set.of();

    private Map<String, Condition.Named> named = Map.of();

    ConditionReader(Problems problems) {
        this.problems = problems;
        this.windows = new WindowReader(problems);
    }

    /** What the document defines: all names, and what could be read; no names of conditions while they are read. */
    void know(
            Set<String> calendarNames,
            Map<String, Calendar> calendars,
            @Nullable Set<String> conditionNames,
            Map<String, Condition.Named> conditions) {
        windows.know(calendarNames, calendars);
        names = conditionNames;
        named = conditions;
    }

    /** The condition; null, with a problem, if it cannot be read. */
    @Nullable
    Condition read(Node node, String owner) {
        if (!(node instanceof Node.Obj object)) {
            problems.wrongType(node, owner, "an object such as {\"action.amount\": {\"atMost\": 1000}}");
            return null;
        }
        if (object.fields().isEmpty()) {
            problems.add(Code.EMPTY, node, owner + " is empty: leave it out if the rule always counts");
            return null;
        }
        List<Condition> parts = new ArrayList<>();
        for (Map.Entry<String, Node.Field> field : object.fields().entrySet()) {
            entry(field.getKey(), field.getValue(), parts);
        }
        return parts.isEmpty() ? null : Condition.all(parts);
    }

    private void entry(String key, Node.Field field, List<Condition> parts) {
        switch (key) {
            case "all" -> list(key, field.value(), parts, false);
            case "any" -> list(key, field.value(), parts, true);
            case "not" -> {
                Condition part = read(field.value(), "'not'");
                if (part != null) {
                    parts.add(new Condition.Not(part));
                }
            }
            case "condition" -> named(field.value(), parts);
            case "subject" -> subject(field, parts);
            default -> attribute(key, field, parts);
        }
    }

    private void list(String key, Node node, List<Condition> parts, boolean any) {
        if (!(node instanceof Node.Arr array)) {
            problems.wrongType(node, "'" + key + "'", "a list of conditions");
            return;
        }
        if (array.items().isEmpty()) {
            problems.add(Code.EMPTY, node, "'" + key + "' is empty: name at least one condition");
            return;
        }
        List<Condition> some = new ArrayList<>();
        for (Node item : array.items()) {
            Condition part = read(item, "a condition in '" + key + "'");
            if (part != null) {
                some.add(part);
            }
        }
        parts.add(
                any
                        ? new Condition.Any(some.toArray(new Condition[0]))
                        : new Condition.All(some.toArray(new Condition[0])));
    }

    private void named(Node node, List<Condition> parts) {
        String name = Fields.text(node, "condition", problems);
        if (name == null) {
            return;
        }
        if (names == null) {
            problems.add(
                    Code.NAMED,
                    node,
                    "a named condition names another one, " + Words.quote(name) + ": write out what it says");
            return;
        }
        if (!names.contains(name)) {
            String hint = names.isEmpty() ? ": the document has no 'conditions'" : Words.hint(name, names);
            problems.add(Code.NAMED, node, "unknown condition " + Words.quote(name) + hint);
            return;
        }
        Condition.Named condition = named.get(name);
        if (condition != null) {
            parts.add(condition);
        }
    }

    /** {@code subject: {hasRole: X}} is short for {@code subject.roles: {contains: X}}. */
    private void subject(Node.Field field, List<Condition> parts) {
        Attribute roles = parse("subject.roles", field.key());
        if (roles != null) {
            comparisons("subject", roles, field.value(), Operators.onSubject(), parts);
        }
    }

    private void attribute(String key, Node.Field field, List<Condition> parts) {
        if (key.indexOf('.') < 0 && !Attribute.ROOTS.contains(key)) {
            List<String> known = new ArrayList<>(LOGIC);
            known.addAll(Attribute.ROOTS);
            problems.add(
                    Code.ATTRIBUTE,
                    field.key(),
                    "unknown attribute or condition " + Words.quote(key) + Words.hint(key, known));
            return;
        }
        Attribute attribute = parse(key, field.key());
        if (attribute == null) {
            return;
        }
        comparisons(key, attribute, field.value(), Operators.anywhere(), parts);
        if (key.equals("time") && field.value() instanceof Node.Obj object) {
            windows.read(object, field.key(), parts);
        }
    }

    /** One attribute for all that name it, of which large policies have many. */
    private @Nullable Attribute parse(String path, Node.Place place) {
        Attribute known = attributes.get(path);
        if (known == null) {
            known = Attribute.parse(path, place, problems);
            if (known != null) {
                attributes.put(path, known);
            }
        }
        return known;
    }

    private void comparisons(
            String key, Attribute attribute, Node node, Map<String, Operator> operators, List<Condition> parts) {
        if (!(node instanceof Node.Obj object)) {
            problems.add(Code.OPERAND, node, Words.quote(key) + " needs an operator: write " + example(key, node));
            return;
        }
        Match ifAbsent = ifAbsent(object);
        boolean compares = false;
        for (Map.Entry<String, Node.Field> field : object.fields().entrySet()) {
            String word = field.getKey();
            if (word.equals(IF_ABSENT)) {
                continue;
            }
            compares = true;
            Operator operator = operators.get(word);
            if (operator != null) {
                Object operand = operand(operator, word, field.getValue().value());
                if (operand != null) {
                    parts.add(new Comparison(attribute, operator, operand, ifAbsent));
                }
            } else if (!key.equals("time") || !WindowReader.WORDS.contains(word)) {
                unknownOperator(key, word, field.getValue(), operators);
            }
        }
        if (!compares) {
            problems.add(Code.EMPTY, node, Words.quote(key) + " is compared with nothing: name an operator");
        }
    }

    private void unknownOperator(String key, String word, Node.Field field, Map<String, Operator> operators) {
        String what = "the operator " + Words.quote(word) + " does not work on " + Words.quote(key);
        if (Operators.onSubject().containsKey(word)) {
            problems.add(Code.OPERATOR, field.key(), what + ": write \"subject\": {\"" + word + "\": …}");
        } else if (WindowReader.WORDS.contains(word)) {
            problems.add(Code.OPERATOR, field.key(), what + ": it works on 'time'");
        } else if (Operators.anywhere().containsKey(word)) {
            problems.add(Code.OPERATOR, field.key(), what + ": name an attribute of it, such as 'subject.roles'");
        } else {
            Set<String> known = new LinkedHashSet<>(operators.keySet());
            if (key.equals("time")) {
                known.addAll(WindowReader.WORDS);
            }
            problems.add(Code.OPERATOR, field.key(), "unknown operator " + Words.quote(word) + hint(word, known));
        }
    }

    /** A word that is nearly right, or what other languages call by this word. */
    private static String hint(String word, Set<String> known) {
        String ours = ELSEWHERE.get(word.toLowerCase(Locale.ROOT));
        if (ours != null && known.contains(ours) && Words.closest(word, known) == null) {
            return ": did you mean '" + ours + "'?";
        }
        return Words.hint(word, known);
    }

    private @Nullable Object operand(Operator operator, String word, Node node) {
        if (node instanceof Node.Obj object && object.fields().containsKey("attribute")) {
            return other(operator, word, node);
        }
        if (operator.operand().equals(Operand.ELEMENT) && node instanceof Node.Obj object) {
            return elements(word, object);
        }
        if (node instanceof Node.Arr array && array.items().isEmpty()) {
            problems.add(Code.EMPTY, node, "the list behind '" + word + "' is empty: name at least one value");
            return null;
        }
        Object operand = operator.operand().read().apply(node);
        if (operand instanceof Operand.Refused refused) {
            refused.refusals().forEach(each -> problems.add(each.code(), each.node(), each.what()));
            return null;
        }
        if (operand == null) {
            String or = operator.attributes() ? ", or {\"attribute\": \"…\"}" : "";
            String was = node instanceof Node.Str || node instanceof Node.Num || node instanceof Node.Bool
                    ? node.show()
                    : node.kind();
            problems.add(
                    Code.OPERAND,
                    node,
                    "'" + word + "' needs " + operator.operand().expects() + or + ", but was " + was);
        }
        return operand;
    }

    private @Nullable Attribute other(Operator operator, String word, Node node) {
        if (!operator.attributes()) {
            problems.add(
                    Code.OPERAND,
                    node,
                    "'" + word + "' cannot compare with another attribute: it needs "
                            + operator.operand().expects());
            return null;
        }
        Fields fields = Fields.of(node, problems, "an operand", List.of("attribute"));
        Node path = fields == null ? null : fields.get("attribute");
        String text = path == null ? null : Fields.text(path, "attribute", problems);
        return path == null || text == null ? null : parse(text, path.place());
    }

    private @Nullable Elements elements(String word, Node.Obj object) {
        List<Elements.Test> tests = new ArrayList<>();
        for (Map.Entry<String, Node.Field> field : object.fields().entrySet()) {
            Operator operator = Operators.onElements().get(field.getKey());
            Node node = field.getValue().value();
            if (operator == null) {
                unknownElementOperator(word, field.getKey(), field.getValue());
            } else if (node instanceof Node.Obj other && other.fields().containsKey("attribute")) {
                problems.add(
                        Code.OPERAND,
                        node,
                        "behind '" + word + "' elements are compared with constants alone: write one behind '"
                                + operator.word() + "'");
            } else {
                Object operand = operand(operator, operator.word(), node);
                if (operand != null) {
                    tests.add(new Elements.Test(operator, operand));
                }
            }
        }
        if (object.fields().isEmpty()) {
            problems.add(Code.EMPTY, object, "'" + word + "' asks nothing of the elements: name an operator");
        }
        return tests.isEmpty() ? null : new Elements(List.copyOf(tests));
    }

    private void unknownElementOperator(String word, String operator, Node.Field field) {
        boolean elsewhere = Operators.anywhere().containsKey(operator)
                || operator.equals(IF_ABSENT)
                || WindowReader.WORDS.contains(operator);
        problems.add(
                Code.OPERATOR,
                field.key(),
                elsewhere
                        ? "the operator '" + operator + "' does not work behind '" + word + "'"
                        : "unknown operator " + Words.quote(operator)
                                + hint(operator, Operators.onElements().keySet()));
    }

    private @Nullable Match ifAbsent(Node.Obj object) {
        Node.Field field = object.fields().get(IF_ABSENT);
        if (field == null) {
            return null;
        }
        if (!(field.value() instanceof Node.Bool bool)) {
            problems.wrongType(field.value(), "'" + IF_ABSENT + "'", "true or false");
            return null;
        }
        return Values.of(bool.value());
    }

    private static String example(String key, Node node) {
        if (key.equals("subject")) {
            return "{\"hasRole\": …}";
        }
        if (key.equals("time")) {
            return "{\"inside\": \"07:00-22:00\"}";
        }
        if (node instanceof Node.Str text) {
            return "{\"equals\": \"" + Words.clean(text.value(), 40) + "\"}";
        }
        return "{\"equals\": " + (node instanceof Node.Num || node instanceof Node.Bool ? node.show() : "…") + "}";
    }
}
