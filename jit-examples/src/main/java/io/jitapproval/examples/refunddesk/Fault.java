package io.jitapproval.examples.refunddesk;

/**
 * One thing that is wrong with what the user handed over.
 *
 * @param where the option, the file, or {@code file:line:column}
 * @param code  a stable code
 * @param text  what is wrong, and what to do
 */
record Fault(String where, String code, String text) {

    static final String USAGE = "DESK-001";
    static final String FILE = "DESK-002";
    static final String ENCODING = "DESK-003";
    static final String EMPTY = "DESK-004";
    static final String SYNTAX = "DESK-005";
    static final String DUPLICATE = "DESK-006";
    static final String UNKNOWN_FIELD = "DESK-007";
    static final String MISSING_FIELD = "DESK-008";
    static final String WRONG_TYPE = "DESK-009";
    static final String BAD_VALUE = "DESK-010";
    static final String OUTPUT = "DESK-011";

    @Override
    public String toString() {
        return where + " " + code + " " + text;
    }
}
