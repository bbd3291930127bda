/** Lets one call travel from question to outcome; composes policy, approval, grant and audit. */
@NullMarked
package io.jitapproval.core.guard;

import org.jspecify.annotations.NullMarked;
