package io.jitapproval.core;

import java.util.Map;

/**
 * A condition about the subject's roles. Each method returns a condition with one operator more; all of them must hold.
 *
 * <p>Immutable and thread-safe.
 */
public final class SubjectCondition extends PolicyCondition {

    private static final String SUBJECT = "subject";

    private final Map<String, Object> operators;

    SubjectCondition(Map<String, Object> operators) {
        super(Map.of(SUBJECT, operators));
        this.operators = operators;
    }

    /**
     * {@code hasRole}: its roles contain this one.
     *
     * @param role the role, as text or an enum constant, or an attribute without operators
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public SubjectCondition hasRole(Object role) {
        return plus("hasRole", Literals.operand("hasRole", role));
    }

    /**
     * {@code hasAnyRole}: its roles contain at least one of these.
     *
     * @param roles the roles, as texts or enum constants; or one collection of them, or one attribute without operators
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public SubjectCondition hasAnyRole(Object... roles) {
        return plus("hasAnyRole", Literals.operands("hasAnyRole", roles));
    }

    /**
     * {@code ifAbsent}: what the comparisons are where the request has no roles. By default they are unknown then.
     *
     * @param holds whether they hold
     * @return the condition
     * @throws IllegalStateException if it was set before
     */
    public SubjectCondition ifAbsent(boolean holds) {
        return plus("ifAbsent", holds);
    }

    private SubjectCondition plus(String word, Object operand) {
        return new SubjectCondition(plus(SUBJECT, operators, word, operand));
    }
}
