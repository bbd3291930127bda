/** Grants: when they begin and end, what they cover, how they are taken away. */
package io.jitapproval.walls.grants;
