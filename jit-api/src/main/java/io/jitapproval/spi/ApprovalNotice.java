package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import java.util.List;

/**
 * What a channel tells people about an approval request.
 *
 * @param id      the notice's id; the same notice may be delivered twice under the same id
 * @param kind    whether it asks or tells the end
 * @param request the request as it stands
 * @param people  whom to tell; for a question, those who may decide
 */
public record ApprovalNotice(String id, Kind kind, ApprovalRequest request, List<Person> people) {

    /** What a notice is about. */
    public enum Kind {
        /** A request waits for a decision. */
        ASKED,
        /** A request has ended: whoever decided it, and where. */
        ENDED
    }

    /**
     * Checks that everything is there and copies the list.
     *
     * @param id      as above
     * @param kind    as above
     * @param request as above
     * @param people  as above
     */
    public ApprovalNotice {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(request, "request");
        people = List.copyOf(people);
    }
}
