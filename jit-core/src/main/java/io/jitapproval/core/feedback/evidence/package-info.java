/**
 * Evidence: how often people said yes to requests that are like this one, a score made of that, and a bound on how often what it lets
 * through would have been denied.
 */
@NullMarked
package io.jitapproval.core.feedback.evidence;

import org.jspecify.annotations.NullMarked;
