package io.jitapproval.core.analysis;

/** What lint looks for. The codes are stable; {@code docs/lint.md} lists them, and a test compares. */
public enum Check {
    /** Its conditions, resources and validity exclude each other. */
    NEVER_MATCHES("L001", Severity.ERROR, "A rule can never match."),
    /** Its time is over. */
    EXPIRED("L002", Severity.WARNING, "A rule has expired."),
    /** Its time is over within 30 days. */
    EXPIRES_SOON("L003", Severity.WARNING, "A rule expires within 30 days."),
    /** Taking it away changes no answer. */
    DECIDED_BY_OTHERS("L004", Severity.WARNING, "Every match of a rule is decided by other rules."),
    /** Where both match, the allow does nothing. */
    OVERLAP("L005", Severity.NOTE, "An `allow` and a `require-approval` match the same request."),
    /** Nobody has this role, group or id. */
    NOBODY("L006", Severity.ERROR, "Nobody is the approver that a rule names."),
    /** Nobody decides on their own request. */
    OWN_APPROVER("L007", Severity.ERROR, "The only approver of a rule is always the requester."),
    /** No request can ever be approved. */
    QUORUM("L008", Severity.ERROR, "A rule asks more people than there are."),
    /** The document declares its attributes, but not this one. */
    UNDECLARED("L009", Severity.WARNING, "A rule compares an attribute that the document does not declare."),
    /** The comparison is always unknown. */
    OTHER_TYPE("L010", Severity.ERROR, "A rule compares an attribute in a way that its declared type does not allow."),
    /** One of the comparisons is always unknown. */
    TWO_TYPES("L011", Severity.WARNING, "An attribute is compared as if it had two types."),
    /** What a machine may answer should end. */
    NO_END("L012", Severity.WARNING, "An `auto-approve` stands without an end."),
    /** What a machine gives should be short. */
    LONG_GRANT("L013", Severity.WARNING, "An `auto-approve` gives a grant of more than 30 days."),
    /** The default decides alone. */
    NO_RULE("L014", Severity.WARNING, "The code has an action for which there is no rule."),
    /** The rule can never be asked. */
    NO_CODE("L015", Severity.WARNING, "A rule names an action that the code does not have."),
    /** Nothing refers to it. */
    UNUSED("L016", Severity.WARNING, "A definition is not used."),
    /** All its days have passed. */
    OLD_CALENDAR("L017", Severity.WARNING, "A calendar is over."),
    /** People who are refused want to know why. */
    NO_BECAUSE("L018", Severity.NOTE, "A rule that refuses or asks does not say why."),
    /** A trial should end. */
    ENDLESS_SHADOW("L019", Severity.NOTE, "A rule in shadow mode stands without an end."),
    /** An argument of the call says who approves it. */
    CHOSEN_APPROVERS("L020", Severity.WARNING, "The requester chooses who approves.");

    private final String number;
    private final Severity severity;
    private final String meaning;

    Check(String number, Severity severity, String meaning) {
        this.number = number;
        this.severity = severity;
        this.meaning = meaning;
    }

    /** {@return the code as people see it, such as {@code JIT-L001}} */
    public String code() {
        return "JIT-" + number;
    }

    /** {@return how bad what it finds is} */
    public Severity severity() {
        return severity;
    }

    /** {@return one sentence for the reference} */
    public String meaning() {
        return meaning;
    }
}
