package io.jitapproval.core.feedback.adoption;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.SuggestionDesk.Answer;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who accepts nothing, whatever policy says: machines, strangers, and those whose own requests would be approved. */
final class Beneficiaries {

    private static final Logger LOG = LoggerFactory.getLogger(Beneficiaries.class);
    private static final Set<String> MACHINES = Set.of("system", "service", "agent");
    private static final String UNNAMED = "?";

    private final PeopleDirectory people;

    Beneficiaries(PeopleDirectory people) {
        this.people = people;
    }

    /** The canonical id of the person behind an identity; empty if that is no person. */
    Optional<String> person(Ref identity) {
        return MACHINES.contains(identity.type().toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : find(identity).map(Person::id);
    }

    private Optional<Person> find(Ref identity) {
        try {
            return people.find(identity);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new PeopleFailed(e);
        }
    }

    /** Why somebody may not accept; null if they may. */
    @Nullable
    Answer refusal(Ref by, Proposal proposal) {
        try {
            Optional<String> person = person(by);
            return person.isEmpty()
                    ? new Answer(Reason.ACCEPTER_NO_PERSON, by.toString())
                    : refusal(person.get(), proposal);
        } catch (PeopleFailed e) {
            return failed(e);
        }
    }

    /** The same for a canonical id. */
    @Nullable
    Answer refusal(String person, Proposal proposal) {
        Set<Ref> all = proposal.beneficiaries();
        if (all.isEmpty() || all.stream().anyMatch(each -> each.id().equals(UNNAMED))) {
            return new Answer(
                    Reason.BENEFICIARIES_UNKNOWN, "the history does not name everybody whose requests it covers");
        }
        try {
            for (Ref each : all) {
                if (each.id().equals(person)
                        || find(each).filter(one -> one.id().equals(person)).isPresent()) {
                    return new Answer(Reason.ACCEPTER_PROFITS, person + " made requests that it approves, as " + each);
                }
            }
            return null;
        } catch (PeopleFailed e) {
            return failed(e);
        }
    }

    private static Answer failed(PeopleFailed failure) {
        LOG.warn("Who profits cannot be told, so nobody accepts", failure);
        return new Answer(Reason.PEOPLE_UNAVAILABLE, "who profits cannot be told");
    }

    private static final class PeopleFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PeopleFailed(Exception cause) {
            super("the people directory failed", cause);
        }
    }
}
