/**
 * Contract suites: what every grant store, audit sink and approval channel has to do, as JUnit 5 tests. An integrator extends
 * one of them, implements its two hooks, and has proved that the adapter keeps the promises on which the guard stands.
 */
@NullMarked
package io.jitapproval.test.contract;

import org.jspecify.annotations.NullMarked;
