package io.jitapproval.examples.refunddesk;

import io.jitapproval.examples.refunddesk.Result.Answered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that happened to a request on its way.
 *
 * @param at    when
 * @param what  in a word
 * @param by    who did it; may be empty
 * @param text  in full; may be empty
 * @param vote  the vote, if it is one
 * @param stage which stage was open, from 1
 */
record Step(Instant at, String what, String by, String text, Optional<Answered> vote, int stage) {

    static final String STAGE = "stage";
    static final String ESCALATED = "escalated";
    static final String ALARM = "alarm";
    static final String REVIEWED = "reviewed";
    static final String MOVED_ON = "moved on";
    static final String REFUSED = "refused";
    static final List<String> SAID = List.of("question", "comment", "information");
    static final String WITHDRAWN = "withdrawn";

    static Step of(Instant at, String what, String by, String text, int stage) {
        return new Step(at, what, by, text, Optional.empty(), stage);
    }
}
