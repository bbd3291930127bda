package io.jitapproval.core.cases;

import io.jitapproval.core.people.Crowd;
import io.jitapproval.core.policy.Policy;
import java.util.List;

/**
 * A file of tests, read.
 *
 * @param origin    its path as it was given
 * @param documents the origins of the policy's documents
 * @param policy    the policy that it tests
 * @param crowd     its people
 * @param cases     its cases, those of tables last; at least one
 */
record TestFile(String origin, List<String> documents, Policy policy, Crowd crowd, List<Case> cases) {}
