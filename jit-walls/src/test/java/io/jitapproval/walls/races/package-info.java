/** Races with a gate in the worst place, on real threads, and what a change of policy or a stranger's field must not do. */
package io.jitapproval.walls.races;
