/** Histories that nobody lived through, whose truth is known: to try the feedback loop on, and to test it. */
@NullMarked
package io.jitapproval.core.feedback.synthetic;

import org.jspecify.annotations.NullMarked;
