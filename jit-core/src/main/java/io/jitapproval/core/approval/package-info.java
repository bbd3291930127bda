/** What becomes of an approval request: who may vote, when a quorum is reached, how it ends. Pure functions. */
@NullMarked
package io.jitapproval.core.approval;

import org.jspecify.annotations.NullMarked;
