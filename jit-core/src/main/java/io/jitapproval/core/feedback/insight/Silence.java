package io.jitapproval.core.feedback.insight;

import static java.util.Objects.requireNonNull;

/**
 * What was looked at and not judged.
 *
 * @param kind    the sort of finding that was not made
 * @param subject what it would have been about
 * @param why     what is missing
 */
public record Silence(Insight.Kind kind, String subject, String why) {

    /**
     * Checks that everything is there.
     *
     * @param kind    as above
     * @param subject as above
     * @param why     as above
     */
    public Silence {
        requireNonNull(kind, "kind");
        requireNonNull(subject, "subject");
        requireNonNull(why, "why");
    }
}
