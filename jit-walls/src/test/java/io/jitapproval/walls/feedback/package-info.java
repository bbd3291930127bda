/** What becomes of the record. */
@NullMarked
package io.jitapproval.walls.feedback;

import org.jspecify.annotations.NullMarked;
