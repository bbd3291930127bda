package io.jitapproval.walls.model;

import io.jitapproval.Reason;
import io.jitapproval.walls.model.Act.Wish;
import io.jitapproval.walls.model.World.Ballot;
import io.jitapproval.walls.model.World.Given;
import io.jitapproval.walls.model.World.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What becomes of grants. */
class Grants {

    final Rules rules;

    Grants(Rules rules) {
        this.rules = rules;
    }

    /** The requests whose grants are for such a call, whether or not they can be used yet. */
    List<Request> covering(World world, Wish wish) {
        return world.requests.stream()
                .filter(request -> request.grant.filter(Given::active).isPresent())
                .filter(request -> covers(request, wish))
                .filter(request -> !world.plan.recheck() || stillApproved(world, request))
                .toList();
    }

    boolean covers(Request request, Wish wish) {
        Wish approved = request.wish;
        return approved.by().equals(wish.by())
                && approved.through().equals(wish.through())
                && approved.action().equals(wish.action())
                && switch (request.grant.orElseThrow().terms.scope()) {
                    case EXACT -> approved.equals(wish);
                    case RESOURCE -> approved.item().equals(wish.item());
                    case ACTION -> true;
                };
    }

    /** Those that are used next, of which any may be: none is narrower, ends earlier, has fewer uses left, or is older. */
    List<Request> next(List<Request> usable) {
        return usable.stream()
                .filter(one ->
                        usable.stream().noneMatch(other -> before(other.grant.orElseThrow(), one.grant.orElseThrow())))
                .toList();
    }

    boolean before(Given a, Given b) {
        int order = a.terms.scope().compareTo(b.terms.scope());
        if (order == 0) {
            order = a.lastsUntil().compareTo(b.lastsUntil());
        }
        if (order == 0) {
            order = Integer.compare(a.terms.uses() - a.used, b.terms.uses() - b.used);
        }
        return order == 0 ? a.at.isBefore(b.at) : order < 0;
    }

    /** Whether those who approved could fill every place as what they are now and were then. */
    private boolean stillApproved(World world, Request request) {
        List<Ballot> left = new ArrayList<>();
        for (Ballot vote : request.votes) {
            Set<String> as = new TreeSet<>(
                    rules.places(world, request.wish, vote.standsFor().orElse(vote.person())));
            as.retainAll(vote.as());
            if (!as.isEmpty() && !rules.excluded(world, request.wish).contains(vote.person())) {
                left.add(new Ballot(vote.person(), vote.standsFor(), as, vote.verdict(), vote.narrowed(), vote.at()));
            }
        }
        return rules.course(world.plan, request, left).complete(world.plan);
    }

    void begin(World world, Given grant) {
        grant.used++;
        if (grant.until.isEmpty()) {
            grant.until = Optional.of(world.now.plus(grant.terms.within()));
        }
        if (grant.used == grant.terms.uses()) {
            grant.state = "exhausted";
        }
    }

    /** Ends a grant, or says how it has ended before. */
    static String end(Given grant, String state, Reason now) {
        Reason reason = switch (grant.state) {
            case "exhausted" -> Reason.GRANT_EXHAUSTED;
            case "expired" -> Reason.GRANT_EXPIRED;
            case "revoked" -> Reason.GRANT_REVOKED;
            case "returned" -> Reason.GRANT_RETURNED;
            default -> now;
        };
        grant.state = grant.active() ? state : grant.state;
        return reason.word();
    }

    String giveBack(World world, Act.GiveBack act) {
        Request request = world.requests.get(act.request());
        return Requests.isHolder(world, request.wish, act.by())
                ? end(request.grant.orElseThrow(), "returned", Reason.GIVEN_BACK)
                : Reason.NOT_THE_HOLDER.word();
    }

    String revoke(World world, Act.Revoke act) {
        return end(world.requests.get(act.request()).grant.orElseThrow(), "revoked", Reason.REVOKED);
    }

    /** Revokes all of them; says how many that may be said to have been: those perhaps that were not written down before. */
    List<String> revokeAll(World world, Predicate<Wish> which) {
        int count = 0;
        for (Request request : world.requests) {
            if (which.test(request.wish) && request.grant.filter(Given::active).isPresent()) {
                request.grant.get().state = "revoked";
                count++;
            }
        }
        return IntStream.rangeClosed(count, count + world.unwritten)
                .mapToObj(number -> "revoked " + number)
                .toList();
    }

    void catchUp(World world, Given grant) {
        if (grant.active() && over(grant.lastsUntil(), world.now)) {
            grant.state = "expired";
        }
    }

    boolean over(Instant end, Instant now) {
        return !now.isBefore(end);
    }
}
