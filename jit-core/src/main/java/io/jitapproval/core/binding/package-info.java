/**
 * Freezing of arguments, their one canonical form, and the digest that ties a request, its votes, its grant and its use
 * to the very same subject, action, resource and arguments (walls 2, 3 and 12). Internal: nothing here is exported.
 */
@NullMarked
package io.jitapproval.core.binding;

import org.jspecify.annotations.NullMarked;
