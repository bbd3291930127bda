/** What README and Javadoc show, compiled and run. */
@NullMarked
package io.jitapproval.examples.samples;

import org.jspecify.annotations.NullMarked;
