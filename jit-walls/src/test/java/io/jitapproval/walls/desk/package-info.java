/**
 * The walls about people, grants and time, each as a check that any approval desk must pass: ours does, and a small naive desk
 * fails exactly the check of the bug that is switched on in it.
 */
package io.jitapproval.walls.desk;
