/**
 * The statistics of the feedback loop: exact bounds for rates and quantiles, tests, control of false discoveries, and a bound that may
 * be looked at at any time. Each routine names the source of its formula. Pure functions; any number of threads may call them.
 */
@NullMarked
package io.jitapproval.core.feedback.stats;

import org.jspecify.annotations.NullMarked;
