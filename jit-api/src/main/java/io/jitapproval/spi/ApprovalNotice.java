package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApprovalRequest;
import java.util.List;
import java.util.Locale;

/**
 * What a channel tells people about an approval request.
 *
 * @param id      the notice's id; the same notice may be delivered twice under the same id
 * @param kind    what it is about
 * @param request the request as it stands
 * @param people  whom to tell; for a question, those of the people who may decide who were chosen to be told
 */
public record ApprovalNotice(String id, Kind kind, ApprovalRequest request, List<Person> people) {

    /** What a notice is about. */
    public enum Kind {
        /** A request waits for a decision. */
        ASKED,
        /** It still waits for a decision. */
        REMINDED,
        /** It has waited for too long, and others are asked. */
        ESCALATED,
        /** Something was said about it. */
        NOTED,
        /** The requester changed it, and it is to be decided anew. */
        CHANGED,
        /** Somebody ran it in an emergency, without approval. */
        ALARM,
        /** The call ran without being asked about, since its action is only observed: this is what would have been asked. */
        OBSERVED,
        /** A request has ended: whoever decided it, and where. */
        ENDED;

        /** {@return the kind as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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
