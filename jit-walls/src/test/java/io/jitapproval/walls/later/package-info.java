/** Outcomes that come later: what is captured when, what runs when, and what a wait costs. */
package io.jitapproval.walls.later;
