/**
 * The policy engine: reads a document, finds every fault in it, and decides requests with three-valued logic (design §3).
 * Internal: nothing here is exported.
 */
@NullMarked
package io.jitapproval.core.policy;

import org.jspecify.annotations.NullMarked;
