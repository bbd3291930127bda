/** The approval channels that come with the library. */
@NullMarked
package io.jitapproval.core.channel;

import org.jspecify.annotations.NullMarked;
