package io.jitapproval.core;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An attribute with what it is compared with. Each method returns a condition with one operator more; all of them must hold.
 * Without operators it can stand where another attribute is compared with it:
 * {@code attribute("resource.owner").equalTo(attribute("subject.id"))}.
 *
 * <p>Each operator is the one of its name in a document; {@code equals} and {@code notEquals} are {@link #equalTo} and {@link
 * #notEqualTo}, because {@code equals} has another meaning in Java. Numbers are compared exactly: a {@code double} counts as
 * the decimal that it is printed as.
 *
 * <p>Immutable and thread-safe. Each method but {@link #ifAbsent} throws {@link IllegalArgumentException} for a value of a
 * class that no document can hold; whether the operator can compare with it is told by {@link PolicyBuilder#build}.
 */
public sealed class AttributeCondition extends PolicyCondition permits TimeCondition {

    private static final String ELEMENT = "element";

    private final String path;
    private final Map<String, Object> operators;

    AttributeCondition(String path, Map<String, Object> operators) {
        super(Map.of(path, operators));
        this.path = path;
        this.operators = operators;
    }

    /**
     * {@code equals}: is this value, of the same type.
     *
     * @param value text, a number, true or false or an enum constant; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition equalTo(Object value) {
        return plus("equals", Literals.operand("equals", value));
    }

    /**
     * {@code notEquals}: is another value.
     *
     * @param value text, a number, true or false or an enum constant; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition notEqualTo(Object value) {
        return plus("notEquals", Literals.operand("notEquals", value));
    }

    /**
     * {@code lessThan}: is less than this.
     *
     * @param bound a number, time, date or duration, as such or as ISO 8601 text; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition lessThan(Object bound) {
        return plus("lessThan", Literals.operand("lessThan", bound));
    }

    /**
     * {@code atMost}: is this or less.
     *
     * @param bound a number, time, date or duration, as such or as ISO 8601 text; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition atMost(Object bound) {
        return plus("atMost", Literals.operand("atMost", bound));
    }

    /**
     * {@code moreThan}: is more than this.
     *
     * @param bound a number, time, date or duration, as such or as ISO 8601 text; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition moreThan(Object bound) {
        return plus("moreThan", Literals.operand("moreThan", bound));
    }

    /**
     * {@code atLeast}: is this or more.
     *
     * @param bound a number, time, date or duration, as such or as ISO 8601 text; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition atLeast(Object bound) {
        return plus("atLeast", Literals.operand("atLeast", bound));
    }

    /**
     * {@code in}: is one of these values.
     *
     * @param values the values; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition in(Object... values) {
        return plus("in", Literals.operands("in", values));
    }

    /**
     * {@code notIn}: is none of these values.
     *
     * @param values the values; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition notIn(Object... values) {
        return plus("notIn", Literals.operands("notIn", values));
    }

    /**
     * {@code contains}: is a list with this element.
     *
     * @param element text, a number, true or false or an enum constant; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition contains(Object element) {
        return plus("contains", Literals.operand("contains", element));
    }

    /**
     * {@code containsAny}: is a list with at least one of these elements.
     *
     * @param values the values; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition containsAny(Object... values) {
        return plus("containsAny", Literals.operands("containsAny", values));
    }

    /**
     * {@code containsAll}: is a list with all of these elements.
     *
     * @param values the values; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition containsAll(Object... values) {
        return plus("containsAll", Literals.operands("containsAll", values));
    }

    /**
     * {@code containsNone}: is a list with none of these elements.
     *
     * @param values the values; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition containsNone(Object... values) {
        return plus("containsNone", Literals.operands("containsNone", values));
    }

    /**
     * {@code subsetOf}: is a list with no element besides these.
     *
     * @param values the values; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition subsetOf(Object... values) {
        return plus("subsetOf", Literals.operands("subsetOf", values));
    }

    /**
     * {@code startsWith}: is text that begins with this one.
     *
     * @param text the text, or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition startsWith(Object text) {
        return plus("startsWith", Literals.operand("startsWith", text));
    }

    /**
     * {@code endsWith}: is text that ends with this one.
     *
     * @param text the text, or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition endsWith(Object text) {
        return plus("endsWith", Literals.operand("endsWith", text));
    }

    /**
     * {@code containsText}: is text that has this one within it.
     *
     * @param text the text, or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition containsText(Object text) {
        return plus("containsText", Literals.operand("containsText", text));
    }

    /**
     * {@code glob}: is text that fits this pattern as a whole: {@code *} is any run of characters, {@code ?} one of them.
     *
     * @param pattern the pattern
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition glob(String pattern) {
        return plus("glob", pattern);
    }

    /**
     * {@code regex}: is text that fits this regular expression, in the syntax of RE2, as a whole.
     *
     * @param pattern the pattern
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition regex(String pattern) {
        return plus("regex", pattern);
    }

    /**
     * {@code inNetwork}: is an IP address in this network.
     *
     * @param addresses a network such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition inNetwork(String addresses) {
        return plus("inNetwork", addresses);
    }

    /**
     * {@code inNetwork}: is an IP address in one of these networks.
     *
     * @param networks as above
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition inNetwork(List<String> networks) {
        return plus("inNetwork", new ArrayList<Object>(networks));
    }

    /**
     * {@code notInNetwork}: is an IP address outside this network.
     *
     * @param addresses a network such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition notInNetwork(String addresses) {
        return plus("notInNetwork", addresses);
    }

    /**
     * {@code notInNetwork}: is an IP address in none of these networks.
     *
     * @param networks as above
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition notInNetwork(List<String> networks) {
        return plus("notInNetwork", new ArrayList<Object>(networks));
    }

    /**
     * {@code olderThan}: is a time or date whose age is more than this.
     *
     * @param age a duration, as such or as ISO 8601 text; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition olderThan(Object age) {
        return plus("olderThan", Literals.operand("olderThan", age));
    }

    /**
     * {@code newerThan}: is a time or date whose age is less than this.
     *
     * @param age a duration, as such or as ISO 8601 text; or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition newerThan(Object age) {
        return plus("newerThan", Literals.operand("newerThan", age));
    }

    /**
     * {@code sizeEquals}: is a list, map or text of this size.
     *
     * @param size elements, entries or characters; 0 or more
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition sizeEquals(int size) {
        return plus("sizeEquals", BigDecimal.valueOf(size));
    }

    /**
     * {@code sizeAtMost}: is a list, map or text of this size or smaller.
     *
     * @param size elements, entries or characters; 0 or more
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition sizeAtMost(int size) {
        return plus("sizeAtMost", BigDecimal.valueOf(size));
    }

    /**
     * {@code sizeAtLeast}: is a list, map or text of this size or larger.
     *
     * @param size elements, entries or characters; 0 or more
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition sizeAtLeast(int size) {
        return plus("sizeAtLeast", BigDecimal.valueOf(size));
    }

    /**
     * {@code every}: is a list of which every element fulfils all of these operators.
     *
     * @param element adds the operators to the element that it is given, as in {@code each -> each.endsWith("@bank.example")}
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition every(UnaryOperator<AttributeCondition> element) {
        return plus("every", elements(element));
    }

    /**
     * {@code some}: is a list of which at least one element fulfils all of these operators.
     *
     * @param element adds the operators to the element that it is given, as in {@code each -> each.endsWith("@bank.example")}
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition some(UnaryOperator<AttributeCondition> element) {
        return plus("some", elements(element));
    }

    /**
     * {@code exists}: is there, or is not.
     *
     * @param present whether it has to be there
     * @return the condition
     * @throws IllegalStateException if the operator was set before
     */
    public AttributeCondition exists(boolean present) {
        return plus("exists", present);
    }

    /**
     * {@code ifAbsent}: what the comparisons are where the request lacks the attribute. By default they are unknown then.
     *
     * @param holds whether they hold
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public AttributeCondition ifAbsent(boolean holds) {
        return plus("ifAbsent", holds);
    }

    final Map<String, Object> operators() {
        return operators;
    }

    /** What stands behind an operator that compares with this attribute. */
    final Object asOperand(String word) {
        if (!operators.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + word + "' compares with an attribute, but '" + path + "' has operators of its own: " + this);
        }
        return Map.of("attribute", path);
    }

    private static Object elements(UnaryOperator<AttributeCondition> element) {
        AttributeCondition asked = element.apply(new AttributeCondition(ELEMENT, Map.of()));
        if (!asked.path.equals(ELEMENT)) {
            throw new IllegalArgumentException(
                    "the operators belong to the element that is given, but were added to '" + asked.path + "'");
        }
        return asked.operators;
    }

    private AttributeCondition plus(String word, Object operand) {
        return new AttributeCondition(path, plus(path, operators, word, operand));
    }
}
