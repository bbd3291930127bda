package io.jitapproval;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How votes must come for them to count.
 *
 * @param channels  the names of the channels by which they may come, and which alone are told; empty if any may
 * @param assurance words for how a voter may have been authenticated, such as {@code mfa}: a vote must carry one of them;
 *                  empty if that does not matter. Where one of the two sets is there but has nothing in it, no vote can
 *                  count, and the approval is unreachable
 * @param denials   how many people's denials end the request; by default one is final; at least 1
 * @param noAuthors whether the owners of the rules that ask may not vote, as if they were the requester
 * @param recheck   whether those who approved must still be the ones to ask when the grant is used
 */
public record VoteTerms(
        Optional<Set<String>> channels,
        Optional<Set<String>> assurance,
        int denials,
        boolean noAuthors,
        boolean recheck) {

    /** Votes may come in any way, and one denial is final. */
    public static final VoteTerms ANY = new VoteTerms(Optional.empty(), Optional.empty());

    /**
     * Checks the number and copies the sets in the order of the alphabet.
     *
     * @param channels  as above
     * @param assurance as above
     * @param denials   as above
     * @param noAuthors as above
     * @param recheck   as above
     * @throws IllegalArgumentException if not even one denial would end the request
     */
    public VoteTerms {
        channels = channels.map(VoteTerms::sorted);
        assurance = assurance.map(VoteTerms::sorted);
        if (denials < 1) {
            throw new IllegalArgumentException("approval.denials must be at least 1, but was " + denials);
        }
    }

    /**
     * Terms where one denial is final, authors of rules may vote, and those who approved are not looked at again.
     *
     * @param channels  as above
     * @param assurance as above
     */
    public VoteTerms(Optional<Set<String>> channels, Optional<Set<String>> assurance) {
        this(channels, assurance, 1, false, false);
    }

    /**
     * Both terms together: what both allow.
     *
     * @param other the other terms
     * @return terms under which a vote counts only if it counts under both
     */
    public VoteTerms merge(VoteTerms other) {
        return new VoteTerms(
                both(channels, other.channels),
                both(assurance, other.assurance),
                Math.min(denials, other.denials),
                noAuthors || other.noAuthors,
                recheck || other.recheck);
    }

    /**
     * Whether a channel may be told, and votes may come by it.
     *
     * @param channel the channel's name; empty for a vote of which nobody knows how it came
     * @return true if it may
     */
    public boolean allowsChannel(String channel) {
        return channels.isEmpty() || channels.get().contains(channel);
    }

    /**
     * Whether a voter was authenticated well enough.
     *
     * @param carried the words that the vote carries
     * @return true if one of them is enough
     */
    public boolean allowsAssurance(Set<String> carried) {
        return assurance.isEmpty() || !Collections.disjoint(assurance.get(), carried);
    }

    /** {@return whether no vote at all can count} */
    public boolean unreachable() {
        return channels.filter(Set::isEmpty).isPresent()
                || assurance.filter(Set::isEmpty).isPresent();
    }

    private static Set<String> sorted(Set<String> words) {
        return Collections.unmodifiableSet(new TreeSet<>(words));
    }

    private static Optional<Set<String>> both(Optional<Set<String>> a, Optional<Set<String>> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        Set<String> common = new TreeSet<>(a.get());
        common.retainAll(b.get());
        return Optional.of(common);
    }
}
