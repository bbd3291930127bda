package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions that were held back, since some of their people were interrupted too often of late, and that go out together.
 *
 * @param id      the digest's id; the same notices have the same one
 * @param notices the questions, oldest first, each with those whom it is for; at least one, at most {@link #MOST_NOTICES}
 */
public record ApprovalDigest(String id, List<ApprovalNotice> notices) {

    /** No digest has more notices. */
    public static final int MOST_NOTICES = 100;

    /**
     * Checks that everything is there and copies the list.
     *
     * @param id      as above
     * @param notices as above
     * @throws IllegalArgumentException if there are no notices, or too many
     */
    public ApprovalDigest {
        requireNonNull(id, "id");
        notices = List.copyOf(notices);
        if (notices.isEmpty() || notices.size() > MOST_NOTICES) {
            throw new IllegalArgumentException(
                    "a digest has 1 to " + MOST_NOTICES + " notices, but there were " + notices.size());
        }
    }

    /** {@return everybody whom one of the notices is for, each once} */
    public List<Person> people() {
        Map<String, Person> people = new LinkedHashMap<>();
        notices.forEach(notice -> notice.people().forEach(person -> people.putIfAbsent(person.id(), person)));
        return List.copyOf(people.values());
    }
}
