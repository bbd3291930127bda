/** Networks and addresses of the Internet, for policies and for what we connect to. Internal: nothing here is exported. */
@NullMarked
package io.jitapproval.core.network;

import org.jspecify.annotations.NullMarked;
