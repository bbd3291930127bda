/** The {@code jit} command: evaluate, explain, check and format policies without writing Java. */
@NullMarked
package io.jitapproval.cli;

import org.jspecify.annotations.NullMarked;
