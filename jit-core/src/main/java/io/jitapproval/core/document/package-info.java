/**
 * Reads documents that people write, whatever they are about: a tree in which each value knows its place, and faults that show
 * the line with a mark under the value. Internal: nothing here is exported.
 */
@NullMarked
package io.jitapproval.core.document;

import org.jspecify.annotations.NullMarked;
