/**
 * The words in which decisions are explained, whoever shows them: the command, the tests of policies or a channel. Internal:
 * nothing here is exported to applications, which have {@link io.jitapproval.core.Explanations}.
 */
@NullMarked
package io.jitapproval.core.explain;

import org.jspecify.annotations.NullMarked;
