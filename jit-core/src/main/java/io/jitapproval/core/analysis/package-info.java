/**
 * Looks at policies without requests: finds what is suspicious in one and what differs between two. Every example that it
 * tells of was decided by the engine. Internal: nothing here is exported to applications.
 */
@NullMarked
package io.jitapproval.core.analysis;

import org.jspecify.annotations.NullMarked;
