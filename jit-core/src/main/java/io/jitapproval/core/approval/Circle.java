package io.jitapproval.core.approval;

/**
 * The people around a request, found out before any lock is taken.
 *
 * @param electorate who may ever vote on it
 * @param tidings    says who is told of a change
 */
public record Circle(Electorate electorate, Tidings tidings) {}
