package io.jitapproval.spi;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Ref;
import java.util.Collection;
import java.util.Optional;

/**
 * Who is who: maps every identity (log-in name, mail address, chat account, service account of a person) to one person, and
 * knows who has which role and group. Separation of duties and "one person is one vote" rest on it.
 *
 * <p><b>Threads:</b> must be thread-safe. <b>Blocking:</b> may block shortly; called before and never under a lock of the
 * store. <b>Throwing:</b> anything thrown denies the guarded call, or leaves the vote uncounted. <b>Twice:</b> called
 * again at each vote and each request, so that a lost role counts at once; cache with care.
 */
public interface PeopleDirectory {

    /**
     * The person behind an identity. Two identities of one human must give the same {@link Person#id()}.
     *
     * @param identity an authenticated identity, such as {@code user/mia} or {@code slack/U0123}
     * @return the person; empty if unknown or ambiguous, and then not eligible for anything; a {@code user} who is unknown
     *         cannot ask people for approval either, since nobody could tell them from an approver
     * @throws Exception if it fails
     */
    Optional<Person> find(Ref identity) throws Exception;

    /**
     * The people whom a selector names at this moment.
     *
     * @param selector a role, a group or a person's canonical id; never an attribute, which the guard resolves itself
     * @return the people; empty if there are none or the name is unknown
     * @throws Exception if it fails
     */
    Collection<Person> named(ApproverSelector selector) throws Exception;
}
