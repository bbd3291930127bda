/**
 * The feedback loop: what was decided, in one shape, and below it what is made of that. Reads records and writes suggestions;
 * nothing of the engine depends on it.
 */
@NullMarked
package io.jitapproval.core.feedback;

import org.jspecify.annotations.NullMarked;
