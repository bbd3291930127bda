package io.jitapproval.examples.refunddesk;

import java.time.Instant;
import java.util.Optional;

/**
 * How a request is made, where that is more than a call that waits for its answer.
 *
 * @param at        when it is made at the earliest, on a simulated clock
 * @param kept      whether the call is kept and runs on approval, without its caller
 * @param bundle    the title of the bundle that it is asked in, together with the lines next to it that name the same
 * @param emergency what the emergency is, for somebody who breaks the glass
 */
record How(Optional<Instant> at, boolean kept, Optional<String> bundle, Optional<String> emergency) {

    static final How PLAIN = new How(Optional.empty(), false, Optional.empty(), Optional.empty());

    /** Whether it is a call that waits for its answer. */
    boolean isPlain() {
        return !kept && bundle.isEmpty() && emergency.isEmpty();
    }
}
