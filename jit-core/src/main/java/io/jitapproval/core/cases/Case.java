package io.jitapproval.core.cases;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.document.Node.Place;
import java.time.Instant;

/**
 * One question with the answer that is expected.
 *
 * @param name     unique in its file
 * @param place    where it begins
 * @param request  the question
 * @param time     the moment of the evaluation
 * @param answers  what resolvers say
 * @param expected the answer
 */
record Case(String name, Place place, EvaluationRequest request, Instant time, Answers answers, Expected expected) {}
