/** Policies that others wrote for their own systems, in our language, with the outcomes that their documentation tells. */
package io.jitapproval.test.elsewhere;
