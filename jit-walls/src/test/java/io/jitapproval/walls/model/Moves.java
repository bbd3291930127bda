package io.jitapproval.walls.model;

import io.jitapproval.Reason;
import io.jitapproval.walls.model.Act.Inside;
import io.jitapproval.walls.model.Act.Wish;
import io.jitapproval.walls.model.World.Away;
import io.jitapproval.walls.model.World.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** What each deed leads to: what is said to whoever did it, and what is the case then. More than one answer only where docs leave it open. */
final class Moves {

    private static final Duration LONGEST_AWAY = Duration.ofDays(31);
    private static final Duration LONGEST_AHEAD = Duration.ofDays(31);

    /** One of the things that may come of a deed. */
    record Turnout(String outcome, World world) {}

    private final Rules rules;
    private final Requests requests;
    private final Grants grants;

    Moves(Rules rules, Requests requests, Grants grants) {
        this.rules = rules;
        this.requests = requests;
        this.grants = grants;
    }

    Moves() {
        this(new Rules());
    }

    Moves(Rules rules) {
        this(rules, new Requests(rules), new Grants(rules));
    }

    static String refused(Reason reason) {
        return "refused " + reason.word();
    }

    static String submitted(Request request) {
        return "#" + request.number + " " + request.state;
    }

    /** What may come of a deed during which something fails. */
    List<Turnout> allowed(World world, Act act, Fault fault, Fault.Hit hit) {
        World before = world.copy();
        before.silent = fault.kind() == Fault.Kind.SILENT_PEOPLE;
        List<Turnout> all = new ArrayList<>();
        if (hit != Fault.Hit.EARLY) {
            all.addAll(plain(before, act));
        } else {
            String unavailable = refused(
                    switch (fault.kind()) {
                        case STORE_BEFORE, STORE_AFTER -> Reason.STORE_UNAVAILABLE;
                        case SINK -> Reason.AUDIT_UNAVAILABLE;
                        default -> Reason.PEOPLE_UNAVAILABLE;
                    });
            for (World possible : halfWay(before, act, fault.kind())) {
                all.add(new Turnout(unavailable, possible));
            }
        }
        all.forEach(turnout -> turnout.world().silent = false);
        return all;
    }

    /** Where a deed that fails may leave the world: never where a part of a step has taken effect. */
    private List<World> halfWay(World world, Act act, Fault.Kind kind) {
        List<World> all = new ArrayList<>(List.of(world));
        boolean done = kind == Fault.Kind.STORE_AFTER;
        if (act instanceof Act.Call call) {
            for (Request request : next(world, call.wish(), world.now)) {
                if (done) {
                    World begun = world.copy();
                    grants.begin(begun, begun.requests.get(request.number).grant.orElseThrow());
                    all.add(begun);
                }
            }
        }
        boolean asks = act instanceof Act.Call || act instanceof Act.Submit;
        boolean revokesMany =
                act instanceof Act.RevokeOf || act instanceof Act.RevokeFor || act instanceof Act.RevokeEverything;
        if (asks || revokesMany || done) {
            for (World after :
                    plain(world, act).stream().map(Turnout::world).distinct().toList()) {
                if (after.ran.size() == world.ran.size()) {
                    after.unwritten += revokesMany ? active(world) : 0;
                    all.add(after);
                }
            }
        }
        return all;
    }

    private static int active(World world) {
        return (int) world.requests.stream()
                .filter(request -> request.grant.filter(World.Given::active).isPresent())
                .count();
    }

    /** What comes of it if nothing fails. */
    List<Turnout> plain(World world, Act act) {
        if (act instanceof Act.Call call) {
            return call(world, call.wish(), call.inside());
        } else if (act instanceof Act.Submit submit) {
            return submit(world, submit);
        } else if (act instanceof Act.RevokeOf of) {
            return revoked(
                    world, wish -> wish.by().equals(of.who()) || wish.through().equals(of.who()));
        } else if (act instanceof Act.RevokeFor action) {
            return revoked(world, wish -> wish.action().equals(action.action()));
        } else if (act instanceof Act.RevokeEverything) {
            return revoked(world, wish -> true);
        }
        return List.of(one(world, after -> simple(after, act)));
    }

    private List<Turnout> revoked(World world, Predicate<Wish> which) {
        World after = world.copy();
        return grants.revokeAll(after, which).stream()
                .map(said -> new Turnout(said, after))
                .toList();
    }

    private static Turnout one(World world, Function<World, String> change) {
        World after = world.copy();
        return new Turnout(change.apply(after), after);
    }

    private String simple(World world, Act act) {
        if (act instanceof Act.Cast cast) {
            return requests.cast(world, cast);
        } else if (act instanceof Act.TakeBack back) {
            return requests.takeBack(world, back);
        } else if (act instanceof Act.Withdraw withdraw) {
            return requests.withdraw(world, withdraw);
        } else if (act instanceof Act.Change change) {
            return requests.change(world, change);
        } else if (act instanceof Act.Inform inform) {
            return requests.inform(world, inform);
        } else if (act instanceof Act.StandIn standIn) {
            return standIn(world, standIn);
        } else if (act instanceof Act.Back back) {
            return back(world, back);
        } else if (act instanceof Act.GiveBack back) {
            return grants.giveBack(world, back);
        } else if (act instanceof Act.Revoke revoke) {
            return grants.revoke(world, revoke);
        } else if (act instanceof Act.Pass pass) {
            world.now = pass.to();
            world.requests.forEach(request -> {
                requests.catchUp(world, request);
                request.grant.ifPresent(grant -> grants.catchUp(world, grant));
            });
            return "";
        } else if (act instanceof Act.Roles roles) {
            Set<String> held = world.roles.getOrDefault(roles.person(), Set.of());
            boolean changed = roles.has() ? held.add(roles.role()) : held.remove(roles.role());
            return changed ? "" : "no change";
        } else if (act instanceof Act.Look look) {
            return "waiting " + waiting(world, look.by());
        }
        throw new IllegalArgumentException(act.toString());
    }

    private List<Integer> waiting(World world, String by) {
        return world.requests.stream()
                .filter(Request::pending)
                .filter(request -> rules.seat(world, request, by).free())
                .map(request -> request.number)
                .toList();
    }

    private List<Request> next(World world, Wish wish, Instant at) {
        return grants.next(grants.covering(world, wish).stream()
                .filter(request -> !at.isBefore(request.grant.orElseThrow().notBefore)
                        && !grants.over(request.grant.orElseThrow().lastsUntil(), at))
                .toList());
    }

    private List<Turnout> call(World world, Wish wish, Inside inside) {
        List<Turnout> all = new ArrayList<>();
        for (Request request : next(world, wish, world.now)) {
            World after = world.copy();
            grants.begin(after, after.requests.get(request.number).grant.orElseThrow());
            after.ran.add(wish.toString());
            switch (inside) {
                case NOTHING -> all.add(new Turnout("ran", after));
                case FAILS -> all.add(new Turnout("failed", after));
                case REVOKES_EVERYTHING ->
                    grants.revokeAll(after, any -> true)
                            .forEach(said -> all.add(new Turnout("ran [" + said + "]", after)));
                case CALLS_AGAIN ->
                    call(after, wish, Inside.NOTHING)
                            .forEach(inner -> all.add(new Turnout("ran [" + inner.outcome() + "]", inner.world())));
            }
        }
        if (!all.isEmpty()) {
            return all;
        }
        if (!grants.covering(world, wish).isEmpty()) {
            return List.of(new Turnout(refused(Reason.GRANT_NOT_YET_VALID), world.copy()));
        }
        return requests.ask(
                world, wish, Optional.empty(), request -> refused(Reason.APPROVAL_PENDING) + " #" + request.number);
    }

    private List<Turnout> submit(World world, Act.Submit submit) {
        boolean ahead = !submit.startsIn().equals(Duration.ZERO);
        Instant start = world.now.plus(submit.startsIn());
        if (start.isBefore(world.now) || start.isAfter(world.now.plus(LONGEST_AHEAD))) {
            return List.of(new Turnout(refused(Reason.START_UNFIT), world.copy()));
        }
        List<Turnout> all = new ArrayList<>();
        for (Request request : next(world, submit.wish(), start)) {
            all.add(new Turnout(submitted(request), world.copy()));
        }
        return !all.isEmpty()
                ? all
                : requests.ask(world, submit.wish(), ahead ? Optional.of(start) : Optional.empty(), Moves::submitted);
    }

    private String standIn(World world, Act.StandIn act) {
        Optional<String> principal = world.person(act.principal());
        Optional<String> other = world.person(act.other());
        if (principal.isEmpty() || other.isEmpty()) {
            return Reason.STAND_IN_UNRESOLVED.word();
        }
        Instant from = world.now.plus(act.from());
        Instant until = world.now.plus(act.until());
        Away wanted = new Away(principal.get(), other.get(), from, until);
        Reason chain = chain(world, wanted);
        if (chain != Reason.STAND_IN_NAMED) {
            return chain.word();
        }
        Instant begins = from.isBefore(world.now) ? world.now : from;
        if (!begins.isBefore(until) || until.isAfter(begins.plus(LONGEST_AWAY))) {
            return Reason.STAND_IN_PERIOD.word();
        }
        world.away.put(wanted.principal(), wanted);
        return Reason.STAND_IN_NAMED.word();
    }

    private static Reason chain(World world, Away wanted) {
        List<Away> others = world.away.values().stream()
                .filter(each -> each.until().isAfter(world.now))
                .filter(each -> !each.principal().equals(wanted.principal()))
                .filter(each ->
                        each.from().isBefore(wanted.until()) && wanted.from().isBefore(each.until()))
                .toList();
        int links = 1;
        Set<String> seen = new TreeSet<>();
        String last = wanted.other();
        while (seen.add(last) && !last.equals(wanted.principal())) {
            String from = last;
            Optional<Away> next = others.stream()
                    .filter(each -> each.principal().equals(from))
                    .findFirst();
            if (next.isPresent()) {
                links++;
                last = next.get().other();
            }
        }
        if (last.equals(wanted.principal())) {
            return links > 4 ? Reason.STAND_IN_CHAIN : Reason.STAND_IN_CIRCULAR;
        }
        return links + longestBefore(others, wanted.principal()) > 3 ? Reason.STAND_IN_CHAIN : Reason.STAND_IN_NAMED;
    }

    private static int longestBefore(List<Away> others, String person) {
        int longest = 0;
        for (Away each : others) {
            if (each.other().equals(person)) {
                List<Away> rest =
                        others.stream().filter(other -> !other.equals(each)).toList();
                longest = Math.max(longest, 1 + longestBefore(rest, each.principal()));
            }
        }
        return longest;
    }

    private static String back(World world, Act.Back act) {
        Optional<String> principal = world.person(act.principal());
        if (principal.isEmpty()) {
            return Reason.STAND_IN_UNRESOLVED.word();
        }
        Away away = world.away.remove(principal.get());
        return away == null || !away.until().isAfter(world.now)
                ? Reason.NO_STAND_IN.word()
                : Reason.STAND_IN_ENDED.word();
    }
}
