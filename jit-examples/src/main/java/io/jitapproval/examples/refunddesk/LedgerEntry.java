package io.jitapproval.examples.refunddesk;

/**
 * A line of the ledger.
 *
 * @param number the line's number, from 1
 */
record LedgerEntry(int number) {}
