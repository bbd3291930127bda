package io.jitapproval.walls.model;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Verdict;
import io.jitapproval.walls.model.Act.Narrow;
import io.jitapproval.walls.model.Act.Wish;
import io.jitapproval.walls.model.Moves.Turnout;
import io.jitapproval.walls.model.Rules.Seat;
import io.jitapproval.walls.model.World.Ballot;
import io.jitapproval.walls.model.World.Given;
import io.jitapproval.walls.model.World.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of requests. Every method changes the world that it is given, and says what whoever did it is told. */
class Requests {

    final Rules rules;

    Requests(Rules rules) {
        this.rules = rules;
    }

    /** What may come of asking: a request that is joined, of equal ones any, or made; or why nobody is asked. */
    List<Turnout> ask(World world, Wish wish, Optional<Instant> startsAt, Function<Request, String> told) {
        Optional<Reason> refusal = refusal(world, wish);
        if (refusal.isPresent()) {
            return List.of(new Turnout(Moves.refused(refusal.get()), world.copy()));
        }
        List<Request> equal = equal(world, wish, startsAt);
        List<Turnout> all = new ArrayList<>();
        equal.forEach(request -> all.add(new Turnout(told.apply(request), world.copy())));
        if (equal.stream().anyMatch(request -> !request.doubled)) {
            return all;
        }
        World after = world.copy();
        Request made = new Request(
                after.requests.size(), wish, startsAt, after.now, after.now.plus(minutes(after.plan.decide())));
        after.requests.add(made);
        all.add(new Turnout(told.apply(made), after));
        return all;
    }

    private List<Request> equal(World world, Wish wish, Optional<Instant> startsAt) {
        return world.requests.stream()
                .filter(request -> request.pending() && joins(request, wish) && request.startsAt.equals(startsAt))
                .toList();
    }

    boolean joins(Request request, Wish wish) {
        return request.wish.equals(wish);
    }

    private Optional<Reason> refusal(World world, Wish wish) {
        if (cools(world, wish)) {
            return Optional.of(Reason.COOLING_DOWN);
        }
        if (rules.nameless(world, wish)) {
            return Optional.of(Reason.REQUESTER_UNRESOLVED);
        }
        return rules.reachable(world, wish) ? Optional.empty() : Optional.of(Reason.APPROVAL_UNREACHABLE);
    }

    private static boolean cools(World world, Wish wish) {
        return Optional.ofNullable(world.coolsUntil.get(wish))
                .filter(world.now::isBefore)
                .isPresent();
    }

    String cast(World world, Act.Cast cast) {
        Request request = world.requests.get(cast.request());
        boolean late = request.state.equals("approved") && cast.verdict() == Verdict.DENY;
        if (!request.pending() && !late) {
            return Reason.NOT_PENDING.word();
        }
        Seat seat = rules.seat(world, request, cast.by());
        if (!seat.free()) {
            return seat.reason().word();
        }
        if (cast.stale() && isStale(request)) {
            return Reason.SHOWN_DIFFERS.word();
        }
        if (cast.narrow() == Narrow.WIDER) {
            return Reason.WIDER_THAN_ASKED.word();
        }
        if (late) {
            return Grants.end(request.grant.orElseThrow(), "revoked", Reason.REVOKED);
        }
        request.votes.add(new Ballot(
                world.person(cast.by()).orElseThrow(),
                seat.standsFor(),
                seat.as(),
                cast.verdict(),
                narrowed(world.plan, cast.narrow()),
                world.now));
        tally(world, request);
        return Reason.VOTE_COUNTED.word();
    }

    boolean isStale(Request request) {
        return request.version != 1;
    }

    static Optional<GrantTerms> narrowed(Plan plan, Narrow narrow) {
        GrantTerms all = terms(plan);
        return switch (narrow) {
            case NOT -> Optional.empty();
            case HALF_AS_LONG ->
                Optional.of(new GrantTerms(all.scope(), all.within().dividedBy(2), all.uses(), all.clock()));
            case ONE_USE -> Optional.of(new GrantTerms(all.scope(), all.within(), 1, all.clock()));
            case EXACT -> Optional.of(new GrantTerms(GrantScope.EXACT, all.within(), all.uses(), all.clock()));
            case WIDER -> Optional.of(new GrantTerms(all.scope(), all.within(), all.uses() + 1, all.clock()));
        };
    }

    static GrantTerms terms(Plan plan) {
        return new GrantTerms(
                plan.give().scope(),
                minutes(plan.give().within()),
                plan.give().uses(),
                plan.give().clock());
    }

    private void tally(World world, Request request) {
        long denials = request.votes.stream()
                .filter(vote -> vote.verdict() == Verdict.DENY)
                .count();
        if (denials >= world.plan.denials()) {
            end(request, "denied", Reason.APPROVAL_DENIED);
            cool(world, request, world.now);
        } else if (rules.course(world.plan, request, request.votes).complete(world.plan)) {
            end(request, "approved", Reason.APPROVED);
            request.grant = Optional.of(given(world, request));
        } else if (!rules.canStillFill(world, request)) {
            end(request, "failed", Reason.APPROVAL_UNREACHABLE);
        }
    }

    static void end(Request request, String state, Reason why) {
        request.state = state;
        request.why = Optional.of(why);
    }

    static void cool(World world, Request request, Instant from) {
        if (world.plan.coolDown() > 0) {
            world.coolsUntil.put(request.wish, from.plus(minutes(world.plan.coolDown())));
        }
    }

    private Given given(World world, Request request) {
        GrantTerms terms = terms(world.plan);
        List<String> by = new ArrayList<>();
        for (Ballot vote : request.votes) {
            if (vote.verdict() == Verdict.APPROVE) {
                by.add(vote.person());
                GrantTerms all = terms;
                terms = vote.narrowed().map(less -> fewer(all, less)).orElse(all);
            }
        }
        Instant begins =
                request.startsAt.filter(start -> start.isAfter(world.now)).orElse(world.now);
        return new Given(
                terms,
                by,
                world.now,
                begins,
                begins.plus(minutes(world.plan.give().useWithin())),
                terms.clock() == GrantClock.APPROVAL ? Optional.of(begins.plus(terms.within())) : Optional.empty());
    }

    private static GrantTerms fewer(GrantTerms a, GrantTerms b) {
        return new GrantTerms(
                a.scope() == GrantScope.EXACT || b.scope() == GrantScope.EXACT ? GrantScope.EXACT : a.scope(),
                a.within().compareTo(b.within()) < 0 ? a.within() : b.within(),
                Math.min(a.uses(), b.uses()),
                a.clock());
    }

    String takeBack(World world, Act.TakeBack act) {
        Request request = world.requests.get(act.request());
        if (!request.pending()) {
            return Reason.NOT_PENDING.word();
        }
        Optional<String> person = world.person(act.by());
        if (person.isEmpty()) {
            return Reason.VOTER_UNRESOLVED.word();
        }
        if (!request.votes.removeIf(vote -> vote.person().equals(person.get()))) {
            return Reason.NO_VOTE.word();
        }
        if (!rules.canStillFill(world, request)) {
            end(request, "failed", Reason.APPROVAL_UNREACHABLE);
        }
        return Reason.VOTE_TAKEN_BACK.word();
    }

    String withdraw(World world, Act.Withdraw act) {
        Request request = world.requests.get(act.request());
        if (!request.pending()) {
            return Reason.NOT_PENDING.word();
        }
        if (!isHolder(world, request.wish, act.by())) {
            return Reason.NOT_THE_HOLDER.word();
        }
        end(request, "cancelled", Reason.APPROVAL_CANCELLED);
        return Reason.APPROVAL_CANCELLED.word();
    }

    /** By whatever account; somebody whom nobody knows, by the same one. */
    static boolean isHolder(World world, Wish wish, String by) {
        Optional<String> person = world.person(by);
        return List.of(wish.by(), wish.through()).stream()
                .anyMatch(identity -> identity.equals(by)
                        || (person.isPresent() && world.person(identity).equals(person)));
    }

    String inform(World world, Act.Inform act) {
        Request request = world.requests.get(act.request());
        if (!request.pending()) {
            return Reason.NOT_PENDING.word();
        }
        if (!isHolder(world, request.wish, act.by())) {
            return Reason.NOT_THE_HOLDER.word();
        }
        request.version++;
        return Reason.NOTED.word();
    }

    String change(World world, Act.Change act) {
        Request request = world.requests.get(act.request());
        Wish wish = act.wish();
        Optional<Reason> refusal = refusal(world, wish);
        if (refusal.isPresent()) {
            return Moves.refused(refusal.get());
        }
        if (!request.pending()) {
            return Moves.refused(Reason.NOT_PENDING);
        }
        Wish was = request.wish;
        if (!was.by().equals(wish.by()) || !was.through().equals(wish.through())) {
            return Moves.refused(Reason.NOT_THE_HOLDER);
        }
        if (!was.action().equals(wish.action()) || !was.item().equals(wish.item())) {
            return Moves.refused(Reason.CHANGE_UNFIT);
        }
        if (was.amount() != wish.amount()) {
            List<Request> others = equal(world, wish, request.startsAt);
            others.forEach(other -> other.doubled = true);
            request.doubled = !others.isEmpty();
            request.wish = wish;
            request.version++;
            request.votes.clear();
            request.begun = world.now;
            Instant newest = world.now.plus(minutes(world.plan.decide()));
            request.decideBy = newest.isBefore(request.decideBy) ? newest : request.decideBy;
        }
        return Moves.submitted(request);
    }

    /** What time brings to a request. */
    void catchUp(World world, Request request) {
        while (request.pending() && !world.now.isBefore(request.decideBy)) {
            Instant at = request.decideBy;
            if (world.plan.end() == AtDecideBy.ESCALATE && request.extended.isEmpty()) {
                request.extended = Optional.of(at);
                request.decideBy = at.plus(minutes(world.plan.decide()));
            } else if (world.plan.end() == AtDecideBy.DENY) {
                end(request, "denied", Reason.DENIED_BY_TIMEOUT);
                cool(world, request, at);
            } else {
                end(request, "expired", Reason.APPROVAL_EXPIRED);
            }
        }
    }

    static Duration minutes(int number) {
        return Duration.ofMinutes(number);
    }
}
