/** Their bugs, not ours: what leading products get wrong, one named test each. */
@NullMarked
package io.jitapproval.walls.theirs;

import org.jspecify.annotations.NullMarked;
