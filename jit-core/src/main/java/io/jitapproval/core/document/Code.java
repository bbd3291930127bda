package io.jitapproval.core.document;

import java.util.Locale;

/** The stable codes of the faults that a policy document can have. {@code docs/policy.md} lists them; a test compares. */
public enum Code {
    SYNTAX("P001", "The document is empty or is not well-formed JSON or YAML."),
    DUPLICATE_KEY("P002", "An object has the same key twice."),
    LIMIT("P003", "The document is too large or too deep, or a number in it is too long."),
    TYPE("P004", "A value has the wrong type."),
    UNKNOWN_FIELD("P005", "A field has a name that nobody knows."),
    MISSING("P006", "A field that must be there is missing."),
    NAME("P007", "A name is blank or has control characters in it."),
    DUPLICATE_ID("P008", "Two rules have the same id."),
    DEFAULT("P009", "The document's `default` is neither `deny` nor a `require-approval`."),
    ACTION("P010", "An action pattern has its `*` elsewhere than at its end."),
    RESOURCE("P011", "A resource pattern does not read `type/id` or has its `*` elsewhere than at its end."),
    NOT_HERE("P012", "A field does not fit the rule's effect."),
    NUMBER("P013", "A number is not whole, too small or too large."),
    EFFECT("P014", "An effect has a name that nobody knows."),
    DURATION("P015", "A duration cannot be read, is not positive, too long, or counts in calendar units."),
    WORD("P016", "A setting has a value that nobody knows."),
    OPERATOR("P017", "An operator is unknown or does not work on this attribute."),
    OPERAND("P018", "An operand has a type that the operator cannot compare with."),
    ATTRIBUTE("P019", "An attribute does not begin with a known word or is not well-formed."),
    WINDOW("P020", "A time window is not well-formed."),
    ZONE("P021", "A time zone is unknown."),
    DAY("P022", "A day of the week is unknown."),
    EMPTY("P023", "A list or a condition is empty where that would surprise."),
    TOO_MANY("P024", "The document has more faults than are listed."),
    YAML("P025", "An anchor, alias, tag, merge key, directive or second document stands in YAML."),
    PLAIN("P026", "A plain YAML value means different things to different readers."),
    PATTERN("P027", "A pattern is empty, too long, cannot be read, or ignores case beyond ASCII."),
    NETWORK("P028", "A network or address cannot be read."),
    NAMED("P029", "A condition or calendar of that name is not in the document, or a named condition names another."),
    DATE("P030", "A day of a calendar is not a date."),
    UNIT("P031", "A quantity has its unit in its text."),
    APPROVERS("P035", "The document has no approvers of that name, or named approvers name others."),
    STAGES("P036", "An approval says both `by` and `stages`, or two of its stages have the same people."),
    FORM("P037", "The pattern of a reason or ticket cannot be read, repeats too much, or ignores case beyond ASCII."),
    MOMENT("P038", "A time is not ISO 8601 with an offset, or a rule ends before it begins."),
    DEFAULTS_DIFFER("P045", "Two documents of one policy have different defaults.");

    private final String number;
    private final String meaning;

    Code(String number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The code as people see it, such as {@code JIT-P014}. */
    public String code() {
        return "JIT-" + number;
    }

    /** One sentence for the reference. */
    public String meaning() {
        return meaning;
    }

    @Override
    public String toString() {
        return code() + " " + name().toLowerCase(Locale.ROOT);
    }
}
