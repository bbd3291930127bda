package io.jitapproval.examples.refunddesk;

import io.jitapproval.EvaluationRequest;

/**
 * One request of the input.
 *
 * @param line    its line
 * @param request the question
 * @param why     why the requester wants it; may be empty
 * @param how     how it is made
 */
record Asked(int line, EvaluationRequest request, String why, How how) {}
