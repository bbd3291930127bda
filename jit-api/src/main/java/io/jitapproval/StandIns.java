package io.jitapproval;

import java.time.Instant;
import java.util.List;

/**
 * Who votes in whose place while they are away. Each person has at most one stand-in at a time, now or to come. Who is calling must have
 * been authenticated by the caller: nobody names a stand-in for somebody else.
 *
 * <pre>{@code
 * guard.approvals().standIns().name(Ref.user("mia"), Ref.user("tom"), now, now.plus(Duration.ofDays(7)));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public interface StandIns {

    /**
     * Names a stand-in, in place of one whom the person named before.
     *
     * @param principal the authenticated identity of the person who will be away
     * @param standIn   an identity of the one who is to vote in their place
     * @param from      the first instant of it
     * @param until     from this instant on no more; after {@code from} and after now, at most {@link StandIn#LONGEST} later than both
     * @return {@link Reason#STAND_IN_NAMED}, or why not: one of the two is no known person, they are one, the stand-in would stand in for
     *         themselves over others, more than {@link StandIn#LONGEST_CHAIN} would stand in one for the other, or the time does not fit
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    Reason name(Ref principal, Ref standIn, Instant from, Instant until);

    /**
     * Ends it. Votes that the stand-in has cast stay.
     *
     * @param principal the authenticated identity of the person who is back
     * @return {@link Reason#STAND_IN_ENDED}, or why not
     * @throws GuardUnavailableException if store, sink or people directory fail; then nothing has changed
     */
    Reason end(Ref principal);

    /**
     * Those who stand in now or later.
     *
     * @return at most one for each principal, in the order of the principals' ids
     * @throws GuardUnavailableException if the store fails
     */
    List<StandIn> list();
}
