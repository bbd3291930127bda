/**
 * Finds {@link io.jitapproval.RequiresJitApproval} wherever it may stand, refuses what cannot be enforced (wall 13), and puts
 * JDK proxies in front of plain objects. Internal: nothing here is exported.
 */
@NullMarked
package io.jitapproval.core.intercept;

import org.jspecify.annotations.NullMarked;
