/** Their bugs, not ours: what leading products get wrong, one named test each. */
package io.jitapproval.walls.theirs;
