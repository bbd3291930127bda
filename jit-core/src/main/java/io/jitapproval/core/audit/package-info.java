/** Gets records written in time or denies, and the sinks that come with the library. */
@NullMarked
package io.jitapproval.core.audit;

import org.jspecify.annotations.NullMarked;
