/**
 * Where an application starts: {@link io.jitapproval.core.Jit#guard()} builds the guard, and the factories beside it make
 * the policy sources, channels, sinks, stores and directories that come with the library.
 */
@NullMarked
package io.jitapproval.core;

import org.jspecify.annotations.NullMarked;
