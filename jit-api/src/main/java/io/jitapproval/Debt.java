package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * An emergency that is to be reviewed.
 *
 * @param id       its id: that of the approval request that the emergency answered
 * @param person   the canonical id of the one whose emergency it was
 * @param subject  the identity under which they acted
 * @param action   the action's name
 * @param resource on what
 * @param reason   what the emergency was, in their words
 * @param barred   the canonical ids of people who may not review it: that person, and whoever acted for them
 * @param review   who has to review it: each way filled by its number of people, nobody in two places
 * @param since    when it was
 * @param due      from this instant on it is overdue
 * @param reviews  the reviews so far, in order
 */
public record Debt(
        String id,
        String person,
        Ref subject,
        String action,
        Ref resource,
        String reason,
        Set<String> barred,
        Set<Way> review,
        Instant since,
        Instant due,
        List<Review> reviews) {

    /** What a reviewer found. */
    public enum Finding {
        /** It was an emergency, and what was done was right. */
        OK,
        /** It was not, or was not. */
        OBJECTION;

        /** {@return the finding as a lower-case word} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One review.
     *
     * @param person  the canonical id of the reviewer
     * @param as      which selectors of the debt named the reviewer; not empty
     * @param finding what they found
     * @param text    what they said; may be empty
     * @param at      when
     */
    public record Review(String person, Set<ApproverSelector> as, Finding finding, String text, Instant at) {

        /**
         * Checks that everything is there and copies the set.
         *
         * @param person  as above
         * @param as      as above
         * @param finding as above
         * @param text    as above
         * @param at      as above
         */
        public Review {
            Text.requireNotBlank(person, "person");
            as = Collections.unmodifiableSet(new TreeSet<>(as));
            requireNonNull(finding, "finding");
            requireNonNull(text, "text");
            requireNonNull(at, "at");
        }
    }

    /**
     * Checks that everything is there and copies the collections.
     *
     * @param id       as above
     * @param person   as above
     * @param subject  as above
     * @param action   as above
     * @param resource as above
     * @param reason   as above
     * @param barred   as above
     * @param review   as above
     * @param since    as above
     * @param due      as above
     * @param reviews  as above
     */
    public Debt {
        Text.requireNotBlank(id, "id");
        Text.requireNotBlank(person, "person");
        requireNonNull(subject, "subject");
        Text.requireNotBlank(action, "action");
        requireNonNull(resource, "resource");
        requireNonNull(reason, "reason");
        barred = Collections.unmodifiableSet(new TreeSet<>(barred));
        review = Collections.unmodifiableSet(new TreeSet<>(review));
        requireNonNull(since, "since");
        requireNonNull(due, "due");
        reviews = List.copyOf(reviews);
    }

    /**
     * Whether it should have been reviewed by an instant.
     *
     * @param now the instant
     * @return true from {@code due} on
     */
    public boolean isOverdue(Instant now) {
        return !now.isBefore(due);
    }
}
