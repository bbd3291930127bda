/** Wall 11: a failed channel loses no request. */
package io.jitapproval.walls.outbox;
