/** What a grant covers and what becomes of it, and the in-memory store. */
@NullMarked
package io.jitapproval.core.grant;

import org.jspecify.annotations.NullMarked;
