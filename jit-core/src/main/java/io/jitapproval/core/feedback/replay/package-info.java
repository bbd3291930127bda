/** A policy that is proposed, over the decisions of the past: what it would have answered instead, and what nobody can tell. */
@NullMarked
package io.jitapproval.core.feedback.replay;

import org.jspecify.annotations.NullMarked;
