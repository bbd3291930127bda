/**
 * A deterministic simulation: real guards on one store, with a scheduler that decides at every call that leaves their own code who goes on,
 * and a clock that is one actor more. See {@code docs/simulation.md}.
 */
package io.jitapproval.walls.simulation;
