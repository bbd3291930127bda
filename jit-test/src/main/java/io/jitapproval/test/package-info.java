/**
 * For the tests of applications that use JIT Approval: approvers that answer from a script, a clock that moves by hand, a
 * JUnit extension that wires both to a real guard, and assertions whose failures say what was seen instead.
 *
 * <p>Nothing here belongs on the class path of a running application.
 *
 * @see io.jitapproval.test.JitTest
 */
@NullMarked
package io.jitapproval.test;

import org.jspecify.annotations.NullMarked;
