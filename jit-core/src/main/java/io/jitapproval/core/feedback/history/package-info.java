/** Reading decisions of the past: from lines of JSON, from our own record, and back into lines. */
@NullMarked
package io.jitapproval.core.feedback.history;

import org.jspecify.annotations.NullMarked;
