/** Wall 13: every way in which an annotation and the called method may be related, as one table for any kind of proxy. */
package io.jitapproval.walls.shapes;
