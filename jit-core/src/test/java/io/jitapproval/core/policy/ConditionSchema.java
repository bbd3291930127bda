package io.jitapproval.core.policy;

import static io.jitapproval.core.policy.Shapes.anyOf;
import static io.jitapproval.core.policy.Shapes.described;
import static io.jitapproval.core.policy.Shapes.list;
import static io.jitapproval.core.policy.Shapes.object;
import static io.jitapproval.core.policy.Shapes.oneOfFields;
import static io.jitapproval.core.policy.Shapes.ref;
import static io.jitapproval.core.policy.Shapes.shape;
import static io.jitapproval.core.policy.Shapes.text;
import static io.jitapproval.core.policy.Shapes.with;
import static io.jitapproval.core.policy.Shapes.words;

import io.jitapproval.core.document.LinearPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of the schema that is about conditions, from the operators that there are. */
final class ConditionSchema {

    private static final Map<Operand, String> OPERANDS = Map.ofEntries(
            Map.entry(Operand.SCALAR, "scalar"),
            Map.entry(Operand.LIST, "scalars"),
            Map.entry(Operand.BOOLEAN, "boolean"),
            Map.entry(Operand.ORDERED, "ordered"),
            Map.entry(Operand.DURATION, "duration"),
            Map.entry(Operand.TEXT, "piece"),
            Map.entry(Operand.GLOB, "glob"),
            Map.entry(Operand.REGEX, "regex"),
            Map.entry(Operand.NETWORKS, "networks"),
            Map.entry(Operand.SIZE, "size"),
            Map.entry(Operand.ELEMENT, "element"),
            Map.entry(Operand.WINDOW, "window"));

    private ConditionSchema() {}

    static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("condition", condition("condition", true));
        definitions.put("namedCondition", condition("namedCondition", false));
        definitions.put("comparison", compared(operators("The attribute", Operators.anywhere(), true)));
        definitions.put("subject", compared(operators("The list of roles", Operators.onSubject(), true)));
        definitions.put("time", time());
        definitions.put(
                "element", with(object(operators("The element", Operators.onElements(), false)), "minProperties", 1));
        definitions.put("path", text("^(time|" + Shapes.path() + ")$"));
        definitions.put(
                "attribute",
                object(shape("attribute", described(SchemaTexts.of("operand.attribute"), ref("path"))), "attribute"));
        definitions.put("scalar", shape("type", List.of("string", "number", "boolean")));
        definitions.put("scalars", list(ref("scalar")));
        definitions.put("boolean", shape("type", "boolean"));
        definitions.put("ordered", anyOf(shape("type", "number"), text(Shapes.ORDERED)));
        definitions.put("duration", with(text(Shapes.DURATION), "examples", List.of("PT30M", "PT8H", "P1D")));
        definitions.put("durationOrZero", with(text(Shapes.DURATION), "examples", List.of("PT5M", "PT0S")));
        definitions.put("piece", shape("type", "string", "minLength", 1));
        definitions.put("glob", with(text(Shapes.GLOB), "maxLength", Glob.LONGEST));
        definitions.put("regex", shape("type", "string", "maxLength", LinearPattern.LONGEST));
        definitions.put("network", text(Shapes.NETWORK));
        definitions.put("networks", anyOf(ref("network"), list(ref("network"))));
        definitions.put("size", shape("type", "integer", "minimum", 0, "maximum", Integer.MAX_VALUE));
        definitions.put("window", with(text(Shapes.WINDOW), "examples", List.of("07:00-22:00", "22:00-06:00")));
        return definitions;
    }

    private static Map<String, Object> condition(String self, boolean mayName) {
        Map<String, Object> shapes = new LinkedHashMap<>();
        shapes.put("all", list(ref(self)));
        shapes.put("any", list(ref(self)));
        shapes.put("not", ref(self));
        shapes.put("condition", ref("text"));
        Map<String, Object> properties = SchemaTexts.fields("condition", ConditionReader.LOGIC, shapes);
        if (!mayName) {
            properties.remove("condition");
        }
        properties.put("subject", described(SchemaTexts.of("condition.subject"), ref("subject")));
        properties.put("time", described(SchemaTexts.of("condition.time"), ref("time")));
        for (String path : Attribute.BUILT_IN) {
            properties.put(path, described(SchemaTexts.of("path." + path), ref("comparison")));
        }
        Map<String, Object> condition = with(object(properties), "minProperties", 1);
        condition.put(
                "patternProperties",
                shape("^" + Shapes.path() + "$", described(SchemaTexts.of("path"), ref("comparison"))));
        return condition;
    }

    private static Map<String, Object> time() {
        Map<String, Object> shapes = new LinkedHashMap<>();
        shapes.put("days", list(anyOf(words(WindowReader.DAYS), text(Shapes.anyCase(WindowReader.DAYS)))));
        shapes.put("on", ref("text"));
        shapes.put("except", ref("text"));
        shapes.put("zone", ref("text"));
        Operators.onTime().forEach((word, operator) -> shapes.put(word, ref(operand(operator))));
        Map<String, Object> properties = SchemaTexts.fields("time", WindowReader.WORDS, shapes);
        properties.putAll(operators("The time", Operators.anywhere(), true));
        Map<String, Object> time = compared(properties);
        time.put(
                "dependencies",
                with(
                        shape(ConditionReader.IF_ABSENT, shape("minProperties", 2)),
                        "zone",
                        oneOfFields(WindowReader.WORDS.stream().filter(word -> !word.equals("zone")))));
        return time;
    }

    /** Something is compared with something; what absence means comes on top. */
    private static Map<String, Object> compared(Map<String, Object> operators) {
        operators.put(
                ConditionReader.IF_ABSENT, described(SchemaTexts.of("comparison.ifAbsent"), shape("type", "boolean")));
        return with(
                object(operators),
                "minProperties",
                1,
                "dependencies",
                shape(ConditionReader.IF_ABSENT, shape("minProperties", 2)));
    }

    private static Map<String, Object> operators(String what, Map<String, Operator> operators, boolean attributes) {
        Map<String, Object> properties = new LinkedHashMap<>();
        operators.forEach((word, operator) -> {
            boolean other = attributes && operator.attributes();
            Map<String, Object> operand = ref(operand(operator));
            properties.put(
                    word,
                    described(
                            what + " " + operator.holds() + " …: "
                                    + operator.operand().expects() + (other ? ", or another attribute." : "."),
                            other ? anyOf(operand, ref("attribute")) : operand));
        });
        return properties;
    }

    private static String operand(Operator operator) {
        String definition = OPERANDS.get(operator.operand());
        if (definition == null) {
            throw new IllegalStateException("the operator '" + operator.word() + "' takes "
                    + operator.operand().expects()
                    + ", of which the schema knows nothing: define it in ConditionSchema");
        }
        return definition;
    }
}
