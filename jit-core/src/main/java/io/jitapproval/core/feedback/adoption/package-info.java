/**
 * What becomes of a suggestion: filed, watched beside people, accepted by a person who does not profit, in force for a time, watched on, gone.
 * All state is in the store, so that every guard on it agrees.
 */
@NullMarked
package io.jitapproval.core.feedback.adoption;

import org.jspecify.annotations.NullMarked;
