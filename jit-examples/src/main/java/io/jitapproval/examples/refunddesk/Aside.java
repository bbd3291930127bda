package io.jitapproval.examples.refunddesk;

import java.time.Instant;

/**
 * What somebody tried, or learnt, that the record does not say.
 *
 * @param requestId the request that it is about
 * @param at        when
 * @param by        who
 * @param what      in a word
 * @param text      in full
 */
record Aside(String requestId, Instant at, String by, String what, String text) {}
