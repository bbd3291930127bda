/**
 * Just-in-time approval of sensitive actions: the annotation, the guard, the values and the errors.
 *
 * <p>The words are those of the OpenID AuthZEN Authorization API 1.0 (subject, action, resource, context, decision) and
 * of its Access Request and Approval Profile (approval request, grant). Every value is immutable and safe to share
 * between threads. No method returns null or takes null unless its type says {@code @Nullable}.
 */
@NullMarked
package io.jitapproval;

import org.jspecify.annotations.NullMarked;
